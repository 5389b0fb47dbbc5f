#include "service/area_hit_rate.hpp"

#include "data/geocode/named_area.hpp"
#include "data/quality/hit_rate.hpp"
#include "service/app.hpp"

#include <algorithm>
#include <unordered_map>

namespace hotspots::service {

namespace {

const std::string& code_of(const data::Ward& ward) {
    return ward.authority_code.empty() ? ward.authority : ward.authority_code;
}

// The ward that stands for the authority of most incidents; null where none is in a ward.
const data::Ward* main_authority(const data::Snapshot& snapshot,
                                 const std::vector<std::uint32_t>& incidents) {
    std::map<std::string, std::pair<std::int64_t, const data::Ward*>> counts;
    for (const auto i : incidents) {
        if (const auto ward = snapshot.columns.ward[i]; ward >= 0) {
            const auto& of = snapshot.wards[static_cast<std::size_t>(ward)];
            auto& [count, first] = counts[code_of(of)];
            ++count;
            first = first ? first : &of;
        }
    }
    const auto most =
        std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
            return a.second.first < b.second.first;
        });
    return most == counts.end() || most->first.empty() ? nullptr : most->second.second;
}

PlacedByAuthority count_by_authority(const data::Snapshot& snapshot,
                                     const AnalysisParameters& parameters) {
    PlacedByAuthority result;
    if (!snapshot.gazetteer) {
        return result;
    }
    const auto& decisions = scope_column(snapshot, parameters.scope).decisions;
    std::unordered_map<std::string_view, std::string> read; // texts are the snapshot's
    for (const auto i : select_all(snapshot, parameters)) {
        const auto& incident = snapshot.incidents[i];
        if (decisions[i].decision != data::Decision::in ||
            incident.location.status == data::GeocodeStatus::outside) {
            continue;
        }
        const std::string_view text = incident.record.location_text;
        const auto [at, added] = read.try_emplace(text);
        if (added) {
            at->second = data::named_area(*snapshot.gazetteer, text).authority_code;
        }
        if (!at->second.empty()) {
            auto& count = result.counts[at->second];
            ++(snapshot.columns.mapped[i] != 0 ? count.placed : count.missed);
        }
    }
    return result;
}

// The filters alone, without what the density is made with.
AnalysisParameters filters_of(const AnalysisParameters& parameters) {
    AnalysisParameters filters;
    filters.scope = parameters.scope;
    filters.period = parameters.period;
    filters.group = parameters.group;
    filters.weapon = parameters.weapon;
    filters.under_25 = parameters.under_25;
    filters.source = parameters.source;
    filters.hours = parameters.hours;
    filters.days = parameters.days;
    return filters;
}

} // namespace

AreaHitRate hit_rate_around(const AppContext& context, const data::Snapshot& snapshot,
                            const AnalysisParameters& parameters, const Selection& selection,
                            const std::vector<std::uint32_t>& incidents) {
    if (const auto* ward = main_authority(snapshot, incidents)) {
        const auto filters = filters_of(parameters);
        const auto counts = context.placed_by_authority->get(
            std::to_string(snapshot.revision.number) + '?' + filters.canonical_query(), [&] {
                return std::make_shared<const PlacedByAuthority>(
                    count_by_authority(snapshot, filters));
            });
        const auto found = counts->counts.find(code_of(*ward));
        if (found != counts->counts.end() &&
            found->second.placed + found->second.missed >= least_naming) {
            const auto [placed, missed] = found->second;
            return {data::hit_rate(placed, missed), placed, missed,
                    "records whose text names " + ward->authority};
        }
    }
    return {selection.hit_rate(), static_cast<std::int64_t>(selection.incidents.size()),
            selection.unmapped,
            "all chosen records: too few texts name an authority to tell by area"};
}

} // namespace hotspots::service
