// Hotspots as features.
#include "service/app.hpp"
#include "service/bounding_box.hpp"
#include "service/handlers/collection.hpp"
#include "service/hotspot_result.hpp"
#include "service/manifest.hpp"

namespace hotspots::service {

namespace {

struct Run {
    std::shared_ptr<const HotspotResult> result;
    std::string manifest_id;
    double top_percent = 0;
};

// The same for the same parameters, revision and version.
std::string id_of(const Run& run, std::uint32_t row) {
    return run.manifest_id + '-' + std::to_string(row + 1);
}

tiles::Feature to_feature(const Run& run, std::uint32_t row) {
    const auto& hotspot = run.result->hotspots[row];
    const auto& selection = run.result->selection;
    const auto incidents = static_cast<std::int64_t>(hotspot.incidents.size());
    const double share =
        static_cast<double>(incidents) / static_cast<double>(selection.incidents.size());
    return {id_of(run, row),
            &hotspot.outline,
            {{"rank", std::int64_t{row} + 1},
             {"label", hotspot.label},
             {"incidents", incidents},
             {"share", rounded(share, 6)},
             {"area_km2", rounded(hotspot.area_km2, 6)},
             {"peak_per_km2", rounded(hotspot.peak_per_km2, 3)},
             {"top_percent", run.top_percent},
             {"wards", hotspot.wards},
             {"hit_rate", number_or_null(selection.hit_rate())},
             {"manifest", run.manifest_id}}};
}

std::vector<tiles::Property> members(const HotspotResult& result,
                                     const AnalysisParameters& parameters) {
    auto members = count_members(result.selection);
    const std::vector<tiles::Property> own{{"too_uncertain", result.too_uncertain},
                                           {"on_default_points", result.on_default_points},
                                           {"level_per_km2", rounded(result.level_per_km2, 6)},
                                           {"floor_reached", result.floor_reached},
                                           {"not_drawn", result.not_drawn},
                                           {"not_drawn_incidents", result.not_drawn_incidents},
                                           {"period", data::format_period(parameters.period)},
                                           {"bandwidth_m", parameters.bandwidth_m},
                                           {"cell_m", rounded(result.cell_m, 6)}};
    members.insert(members.end(), own.begin(), own.end());
    return members;
}

} // namespace

FeatureSet find_hotspots(const AppContext& context, const FeatureQuery& query) {
    const Run run{shared_hotspots(context, *query.snapshot, query.parameters),
                  make_manifest(*query.snapshot, query.parameters, context.version).id,
                  query.parameters.top_percent};
    FeatureSet set;
    const auto& hotspots = run.result->hotspots;
    for (std::uint32_t row = 0; row < hotspots.size(); ++row) {
        if (!query.box || (query.box->may_touch(hotspots[row].bounds) &&
                           query.box->touches(hotspots[row].outline))) {
            set.rows.push_back(row);
        }
    }
    set.members = members(*run.result, query.parameters);
    set.feature = [run](std::uint32_t row) { return to_feature(run, row); };
    set.has_id = [run](std::uint32_t row, std::string_view id) { return id_of(run, row) == id; };
    return set;
}

} // namespace hotspots::service
