#include "service/street_result.hpp"

#include "service/app.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

namespace hotspots::service {

namespace {

std::vector<StreetCapture> capture_of(const data::StreetCounts& counts, std::size_t streets) {
    std::vector<std::uint64_t> descending;
    for (const auto& street : counts.streets) {
        descending.push_back(static_cast<std::uint64_t>(street.incidents));
    }
    const auto incidents = static_cast<std::uint64_t>(counts.on_streets);
    std::vector<StreetCapture> capture;
    for (const double share : capture_shares) {
        if (incidents > 0) {
            capture.push_back({share, geo::fewest_holding(descending, share),
                               geo::members_holding_by_chance(incidents, streets, share)});
        }
    }
    return capture;
}

} // namespace

std::shared_ptr<const data::NamedStreets> shared_streets(const AppContext& context,
                                                         const data::Snapshot& snapshot) {
    if (!snapshot.gazetteer) {
        return nullptr;
    }
    auto streets = context.streets->get(std::to_string(snapshot.reference_revision), [&] {
        return std::make_shared<const data::NamedStreets>(snapshot.gazetteer);
    });
    return streets->size() > 0 ? streets : nullptr;
}

std::string street_rule() {
    return "a record is on the street that the geocoder matched or its text names, if that is "
           "within " +
           number_text(data::named_street_reach_m) +
           " m, of several the first; else on the nearest named street within " +
           number_text(data::nearest_street_reach_m) +
           " m, if its point is certain to that; else on none. A street is what bears one name "
           "without a gap of more than 1 km; roads known by a number alone are none";
}

StreetResult find_streets(const AppContext& context, const data::Snapshot& snapshot,
                          const AnalysisParameters& parameters) {
    StreetResult result;
    result.streets = shared_streets(context, snapshot);
    if (!result.streets) {
        throw Problem(409, "No streets loaded",
                      "incidents are counted on the named streets of the gazetteer, and it has "
                      "none; load them with: llr-hotspots reference streets FILE, or osm FILE");
    }
    result.selection = select(snapshot, parameters);
    result.counts = data::count_on_streets(*result.streets, snapshot, result.selection.incidents);
    result.capture = capture_of(result.counts, result.streets->size());
    return result;
}

} // namespace hotspots::service
