// Two selections compared: the difference of their densities, where it is significant, and places
// hot in health records alone.
#include "geo/crs.hpp"
#include "geo/geos.hpp"
#include "geo/rates.hpp"
#include "service/app.hpp"
#include "service/comparison_result.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/comparison_json.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/json_values.hpp"
#include "service/handlers/relative_risk_answer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view how_comparison_works =
    "Both densities have one kernel and bandwidth. kind difference: bands of the first less the "
    "other, on one scale. kind significant: where it is more than chance. Every incident that only "
    "one of them has is labelled anew, by the lengths of the periods (counts) or keeping each "
    "side's number (shares); z is the deviation of the first side's density over its standard "
    "deviation under such labels, in cells where at least 5 incidents weigh in. critical_z is the "
    "size that the largest z of a whole map passes by chance in 5 % of the labellings: so any "
    "region at all is shown by chance in at most 5 % of comparisons without a difference "
    "(Westfall & Young 1993). Regions of fewer than 5 incidents of both sides are counted, not "
    "drawn. only_in_health: hotspots of the health records that overlap no "
    "hotspot of police records; sources are never added together.";

// Numbers are compared where they are of one kind alone.
ordered_json totals_json(const ComparisonParameters& parameters, const ComparisonResult& result) {
    if (parameters.shares) {
        return nullptr;
    }
    const auto mapped = [](const DensityResult& density) {
        return static_cast<std::int64_t>(density.selection.incidents.size());
    };
    const auto change =
        geo::compare_rates(mapped(*result.a), mapped(*result.b), parameters.length_ratio(), 1);
    const auto number = [](const std::optional<double>& value) {
        return value ? ordered_json(rounded(*value, 6)) : ordered_json();
    };
    return {{"incidents", change.now},
            {"with_incidents", change.before},
            {"with_scaled", rounded(change.scaled_before, 6)},
            {"ratio", number(change.ratio)},
            {"ratio_low", rounded(change.ratio_low, 6)},
            {"ratio_high", number(change.ratio_high)},
            {"confidence", geo::usual_confidence},
            {"z", rounded(change.z, 6)},
            {"alarm", std::abs(change.z) > 3}};
}

ordered_json test_json(const ComparisonParameters& parameters, const ComparisonResult& result) {
    const auto& test = result.test;
    const auto significant = [&](bool higher) {
        return std::ranges::count(result.regions, higher, &DifferenceRegion::higher);
    };
    return {{"null_hypothesis",
             parameters.shares ? "equal shares everywhere" : "equal rates everywhere"},
            {"error_rate", comparison_error_rate},
            {"permutations", parameters.permutations},
            {"seed", parameters.seed},
            {"tested_cells", test.tested_cells},
            {"largest_z", rounded(test.largest_z, 6)},
            {"critical_z",
             test.critical_z ? ordered_json(rounded(*test.critical_z, 6)) : ordered_json()},
            {"p", rounded(test.p, 6)},
            {"regions_higher", significant(true)},
            {"regions_lower", significant(false)},
            {"not_drawn", result.not_drawn}};
}

void append_regions(std::string& out, const ComparisonResult& result) {
    for (const auto& region : result.regions) {
        append_json_feature(out, geo::to_lon_lat(region.outline),
                            {{"kind", "significant"},
                             {"direction", direction(region.higher)},
                             {"label", region.label},
                             {"wards", region.wards},
                             {"incidents", region.incidents},
                             {"with_incidents", region.with_incidents},
                             {"share", share_json(region.incidents, *result.a)},
                             {"with_share", share_json(region.with_incidents, *result.b)},
                             {"z", rounded(region.largest_z, 6)},
                             {"area_km2", rounded(region.area_km2, 6)}});
    }
}

void append_bands(std::string& out, const ComparisonResult& result) {
    for (const auto& [higher, band] : result.bands) {
        append_json_feature(
            out, geo::to_lon_lat(band.outline),
            {{"kind", "difference"},
             {"direction", direction(higher)},
             {"from", band.from_per_km2},
             {"to", band.to_per_km2 ? ordered_json(*band.to_per_km2) : ordered_json()},
             {"area_km2", rounded(geo::area_km2(band.outline), 6)}});
    }
}

// Null where police records are not compared with health records.
std::string health_json(const ComparisonResult& result) {
    if (!result.health) {
        return "null";
    }
    const auto& health = *result.health;
    const ordered_json members{{"type", "FeatureCollection"},
                               {"source", to_text(health.source)},
                               {"hotspots", health.hotspots->hotspots.size()},
                               {"police_level_per_km2", rounded(health.police_level_per_km2, 6)}};
    auto out = members.dump();
    out.pop_back();
    out.append(",\"features\":[");
    for (const auto& only : health.only) {
        const auto& hotspot = *only.hotspot;
        append_json_feature(out, hotspot.outline,
                            {{"rank", only.rank},
                             {"label", hotspot.label},
                             {"wards", hotspot.wards},
                             {"incidents", hotspot.incidents.size()},
                             {"police_incidents", only.police_incidents},
                             {"peak_per_km2", rounded(hotspot.peak_per_km2, 3)},
                             {"police_peak_per_km2", rounded(only.police_peak_per_km2, 3)},
                             {"area_km2", rounded(hotspot.area_km2, 6)}});
    }
    return out.append("]}");
}

std::string body_of(const ComparisonParameters& parameters, const ComparisonResult& result,
                    const ordered_json& provenance) {
    const auto features = result.regions.size() + result.bands.size();
    ordered_json json{{"type", "FeatureCollection"},
                      {"numberMatched", features},
                      {"numberReturned", features},
                      {"as", parameters.shares ? "shares" : "counts"},
                      {"unit", parameters.shares
                                   ? "% of the incidents per km2"
                                   : "incidents per km2 in the first period's length"},
                      {"first", side_json(parameters.a, *result.a)},
                      {"with", side_json(parameters.b, *result.b)},
                      {"in_both", result.in_both},
                      {"totals", totals_json(parameters, result)},
                      {"bandwidth_m", parameters.a.bandwidth_m},
                      {"cell_m", rounded(result.a->raster.grid.cell_m, 6)},
                      {"levels", result.levels},
                      {"test", test_json(parameters, result)},
                      {"method", how_comparison_works}};
    append_members(json, provenance);
    auto out = json.dump();
    out.pop_back(); // what follows is written as text
    out.append(",\"only_in_health\":").append(health_json(result)).append(",\"features\":[");
    append_regions(out, result);
    append_bands(out, result);
    return out.append("\n]}\n");
}

std::string content_type_of(const Request& request) {
    const auto format = std::ranges::find(request.query, "f", &QueryParameter::name);
    if (format == request.query.end() || format->value == "geojson") {
        return "application/geo+json";
    }
    return format->value == "json" ? "application/json" : std::string(risk_tif_type);
}

} // namespace

Response get_comparison(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_comparison(request.query, *snapshot);
    const auto own = parameters.own_query();
    BackgroundWork work;
    work.title = "Comparison of two selections";
    work.content_type = content_type_of(request);
    work.etag = revision_etag(context, *snapshot,
                              work.content_type + " /analysis/compare?" +
                                  parameters.a.canonical_query() + '&' + own);
    if (is_known(request, work.etag)) {
        return not_modified(work.etag);
    }
    // As quick as a map, and what is wrong with it is told at once.
    check_covered(*snapshot, parameters);
    shared_density(context, *snapshot, parameters.a);
    auto provenance = provenance_json(context, *snapshot,
                                      make_manifest(*snapshot, parameters.a, context.version, own));
    work.compute = [own_context = context_of_work(context), snapshot, parameters,
                    content_type = work.content_type,
                    provenance = std::move(provenance)](const BackgroundJobs::Progress& progress) {
        if (parameters.ratio) {
            return relative_risk_answer(own_context, *snapshot, parameters, content_type,
                                        provenance, progress);
        }
        const auto result = compare(own_context, *snapshot, parameters, progress);
        return body_of(parameters, result, provenance);
    };
    return answer_in_background(context, request, std::move(work));
}

} // namespace hotspots::service
