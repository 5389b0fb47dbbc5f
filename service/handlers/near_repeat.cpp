// Near repeats: whether incidents close in space follow each other in time, band by band.
#include "geo/false_discovery.hpp"
#include "service/app.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/near_repeat_request.hpp"

#include <nlohmann/json.hpp>

#include <memory>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr double false_discovery_rate = 0.05;

constexpr std::string_view how_near_repeat_works =
    "Knox 1964. A pair is two incidents. A band holds its upper end and what is above the one "
    "before it. Expected: pairs of the distance band x pairs of the delay band / all pairs, which "
    "is the mean over all permutations of the days among the places. p: (1 + permutations with at "
    "least as many pairs) / (1 + permutations), one-sided; p_adjusted is controlled for the number "
    "of cells (Benjamini & Hochberg 1995).";

template <class Ends>
ordered_json bands_json(const Ends& ends, const std::vector<std::string>& labels,
                        const std::vector<std::int64_t>& pairs) {
    auto bands = ordered_json::array();
    for (std::size_t i = 0; i < ends.size(); ++i) {
        bands.push_back({{"label", labels[i]},
                         {"above", i == 0 ? ordered_json() : ordered_json(ends[i - 1])},
                         {"up_to", ends[i]},
                         {"pairs", pairs[i]}});
    }
    return bands;
}

ordered_json cells_json(const geo::NearRepeat& found, const std::vector<std::string>& distances,
                        const std::vector<std::string>& days) {
    std::vector<double> p;
    for (const auto& cell : found.cells) {
        p.push_back(cell.p);
    }
    const auto adjusted = geo::benjamini_hochberg(p);
    auto cells = ordered_json::array();
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto& cell = found.cells[i];
        const auto ratio = cell.ratio();
        cells.push_back({{"distance", distances[i / days.size()]},
                         {"delay", days[i % days.size()]},
                         {"observed", cell.observed},
                         {"expected", rounded(cell.expected, 4)},
                         {"ratio", ratio ? ordered_json(rounded(*ratio, 4)) : ordered_json()},
                         {"permutation_mean", rounded(cell.permutation_mean, 4)},
                         {"p", rounded(p[i], 6)},
                         {"p_adjusted", rounded(adjusted[i], 6)},
                         {"significant", adjusted[i] <= false_discovery_rate}});
    }
    return cells;
}

ordered_json document(const NearRepeatParameters& parameters, const NearRepeatEvents& events,
                      const geo::NearRepeat& found) {
    const auto distances = distance_labels(parameters.bands.distances_m);
    const auto days = day_labels(parameters.bands.days);
    auto json = counts_json(events.selection);
    append_members(
        json,
        {{"period", data::format_period(parameters.filters.period)},
         {"incidents", events.points.size()},
         {"time_too_coarse", events.time_too_coarse},
         {"place_too_coarse", events.place_too_coarse},
         {"less_certain_than_first_band", events.less_certain_than_first_band},
         {"on_default_points", events.on_default_points},
         {"pairs", found.pairs},
         {"permutations", parameters.permutations},
         {"seed", parameters.seed},
         {"method", how_near_repeat_works},
         {"false_discovery_rate", false_discovery_rate},
         {"distances_m", bands_json(parameters.bands.distances_m, distances, found.within_band)},
         {"delays_days", bands_json(parameters.bands.days, days, found.within_days)},
         {"cells", cells_json(found, distances, days)}});
    return json;
}

} // namespace

Response get_near_repeat(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_near_repeat(request.query, *snapshot);
    const auto own = parameters.own_query();
    const auto etag =
        revision_etag(context, *snapshot,
                      "/analysis/near-repeat?" + parameters.filters.canonical_query() + '&' + own);
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    auto events =
        std::make_shared<const NearRepeatEvents>(near_repeat_events(*snapshot, parameters));
    auto provenance = provenance_json(
        context, *snapshot, make_manifest(*snapshot, parameters.filters, context.version, own));
    BackgroundWork work;
    work.title = "Near repeats";
    work.etag = etag;
    work.compute = [parameters, events = std::move(events),
                    provenance = std::move(provenance)](const BackgroundJobs::Progress& progress) {
        geo::NearRepeatRun run;
        run.permutations = parameters.permutations;
        run.seed = static_cast<std::uint64_t>(parameters.seed);
        run.progress = [&](int done) {
            progress(static_cast<double>(done) / parameters.permutations);
        };
        const auto found = geo::near_repeat(events->points, events->day, parameters.bands, run);
        auto json = document(parameters, *events, found);
        append_members(json, provenance);
        return json_response(json).body;
    };
    return answer_in_background(context, request, std::move(work));
}

} // namespace hotspots::service
