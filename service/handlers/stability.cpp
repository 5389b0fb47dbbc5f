// Stability: the share of runs that each hotspot survives.
#include "service/app.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/json_values.hpp"
#include "service/hotspot_result.hpp"
#include "service/stability_result.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <memory>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view how_stability_works =
    "Hotspots are found again in runs that change one thing each: the bandwidth by 25 % less and "
    "more; the grid by half a cell south, west and both; every point, each by itself, by a "
    "Gaussian whose 68 % circle has its uncertainty as radius (jitter); the incidents by a sample "
    "of as many drawn with replacement (bootstrap, Efron 1979). The level is set anew in each run. "
    "A hotspot survives a run if at least half of its area lies in hotspots of that run, measured "
    "on cells a quarter of the density's. Survival is the share of runs survived, of all kinds "
    "together. Snapped points (police.uk) stay in heaps in the bootstrap: detail below their "
    "spacing is an artefact, which jitter alone shows.";

constexpr std::array<std::string_view, geo::run_kinds> kinds{"bandwidth", "shift", "jitter",
                                                             "bootstrap"};

ordered_json runs_json(int runs) {
    constexpr int bandwidths = 2;
    constexpr int shifts = 3;
    return {{"bandwidth", bandwidths},
            {"shift", shifts},
            {"jitter", runs},
            {"bootstrap", runs},
            {"all", bandwidths + shifts + 2 * runs}};
}

ordered_json hotspots_json(const HotspotResult& hotspots, const StabilityResult& stability,
                           const std::string& manifest_id) {
    auto all = ordered_json::array();
    for (std::size_t i = 0; i < hotspots.hotspots.size(); ++i) {
        const auto& survival = stability.survival[i];
        const auto overall = survival.overall();
        ordered_json one{{"id", manifest_id + '-' + std::to_string(i + 1)},
                         {"rank", i + 1},
                         {"label", hotspots.hotspots[i].label},
                         {"incidents", hotspots.hotspots[i].incidents.size()},
                         {"survival", rounded(overall.share(), 6)},
                         {"survived", overall.survived},
                         {"runs", overall.runs}};
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            one[std::string(kinds[kind])] = rounded(survival.of_kind[kind].share(), 6);
        }
        all.push_back(std::move(one));
    }
    return all;
}

ordered_json document(const StabilityParameters& parameters, const HotspotResult& hotspots,
                      const StabilityResult& stability, const std::string& manifest_id) {
    const auto& median = stability.median_uncertainty_m;
    auto json = counts_json(hotspots.selection);
    append_members(json, {{"too_uncertain", hotspots.too_uncertain},
                          {"on_default_points", hotspots.on_default_points},
                          {"period", data::format_period(parameters.analysis.period)},
                          {"bandwidth_m", parameters.analysis.bandwidth_m},
                          {"cell_m", rounded(hotspots.cell_m, 6)},
                          {"median_uncertainty_m",
                           median ? ordered_json(rounded(*median, 1)) : ordered_json()},
                          {"seed", parameters.seed},
                          {"runs", runs_json(parameters.runs)},
                          {"method", how_stability_works},
                          {"hotspots", hotspots_json(hotspots, stability, manifest_id)}});
    return json;
}

} // namespace

Response get_stability(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_stability(request.query, *snapshot);
    const auto own = parameters.own_query();
    const auto etag =
        revision_etag(context, *snapshot,
                      "/analysis/stability?" + parameters.analysis.canonical_query() + '&' + own);
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    // What the map shows: as quick, and what is wrong with it is told at once.
    auto hotspots = shared_hotspots(context, *snapshot, parameters.analysis);
    auto provenance = provenance_json(
        context, *snapshot, make_manifest(*snapshot, parameters.analysis, context.version, own));
    BackgroundWork work;
    work.title = "Stability of the hotspots";
    work.etag = etag;
    work.compute = [own_context = context_of_work(context), snapshot, parameters,
                    hotspots = std::move(hotspots),
                    provenance = std::move(provenance)](const BackgroundJobs::Progress& progress) {
        const auto stability = shared_stability(own_context, *snapshot, parameters, progress);
        // The ids that the collection of hotspots gives them.
        const auto manifest = make_manifest(*snapshot, parameters.analysis, own_context.version);
        auto json = document(parameters, *hotspots, *stability, manifest.id);
        append_members(json, provenance);
        return json_response(json).body;
    };
    return answer_in_background(context, request, std::move(work));
}

} // namespace hotspots::service
