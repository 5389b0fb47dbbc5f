#include "service/handlers/relative_risk_answer.hpp"

#include "data/export/geotiff.hpp"
#include "geo/crs.hpp"
#include "geo/geos.hpp"
#include "service/app.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/comparison_json.hpp"
#include "service/handlers/json_values.hpp"
#include "service/relative_risk_result.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view risk_method =
    "Relative risk: the first selection's density over the other's, of one kernel and bandwidth, "
    "each divided by its own number of incidents (Kelsall & Diggle 1995); 1 where both are spread "
    "alike. kind ratio: bands of it, of the inverse where the direction is lower. kind tolerance: "
    "contours of p: inside, the log of the ratio is further from 0 than its standard error under "
    "one common distribution lets it be with a chance of p, one-sided, at each place by itself "
    "(asymptotic tolerance, Hazelton & Davies 2009): where nothing differs, a share of p of the "
    "area is inside by chance. as=shares tests the map as a whole. Cells with fewer than 5 "
    "incidents of either selection within the bandwidth are masked: the tolerance does not hold "
    "there. Contours that hold fewer than 5 incidents are counted, not drawn. f=tif gives the "
    "natural logarithm of the ratio for each cell; masked cells, and those without an incident of "
    "the first selection, hold no data.";

void append_contours(std::string& out, const RelativeRiskResult& result) {
    for (const auto& region : result.regions) {
        const auto log_ratio = region.log_ratio;
        append_json_feature(
            out, geo::to_lon_lat(region.outline),
            {{"kind", "tolerance"},
             {"direction", direction(region.higher)},
             {"p", region.p},
             {"label", region.label},
             {"wards", region.wards},
             {"incidents", region.incidents},
             {"with_incidents", region.with_incidents},
             {"share", share_json(region.incidents, *result.cases)},
             {"with_share", share_json(region.with_incidents, *result.controls)},
             {"ratio", log_ratio ? ordered_json(rounded(std::exp(*log_ratio), 6)) : ordered_json()},
             {"log_ratio", log_ratio ? ordered_json(rounded(*log_ratio, 6)) : ordered_json()},
             {"z", region.z ? ordered_json(rounded(*region.z, 6)) : ordered_json()},
             {"area_km2", rounded(region.area_km2, 6)}});
    }
}

void append_ratio_bands(std::string& out, const RelativeRiskResult& result) {
    for (const auto& [higher, band] : result.bands) {
        append_json_feature(
            out, geo::to_lon_lat(band.outline),
            {{"kind", "ratio"},
             {"direction", direction(higher)},
             {"from", band.from_per_km2},
             {"to", band.to_per_km2 ? ordered_json(*band.to_per_km2) : ordered_json()},
             {"area_km2", rounded(geo::area_km2(band.outline), 6)}});
    }
}

std::string risk_json(const ComparisonParameters& parameters, const RelativeRiskResult& result,
                      const ordered_json& provenance) {
    const auto features = result.regions.size() + result.bands.size();
    ordered_json json{{"type", "FeatureCollection"},
                      {"numberMatched", features},
                      {"numberReturned", features},
                      {"as", "ratio"},
                      {"unit", "first selection's share over the other's"},
                      {"first", side_json(parameters.a, *result.cases)},
                      {"with", side_json(parameters.b, *result.controls)},
                      {"in_both", result.in_both},
                      {"bandwidth_m", parameters.a.bandwidth_m},
                      {"cell_m", rounded(result.risk.grid.cell_m, 6)},
                      {"levels", result.levels},
                      {"tolerance", parameters.tolerance},
                      {"compared_cells", result.compared_cells},
                      {"no_case_cells", result.no_case_cells},
                      {"masked_cells", result.masked_cells},
                      {"not_drawn", result.not_drawn},
                      {"method", risk_method}};
    append_members(json, provenance);
    auto out = json.dump();
    out.pop_back(); // the features are written as text
    out.append(",\"features\":[");
    append_contours(out, result);
    append_ratio_bands(out, result);
    return out.append("\n]}\n");
}

// The members of the answer as metadata, lists and objects as JSON.
std::string risk_tif(const AppContext& context, const data::Snapshot& snapshot,
                     const ComparisonParameters& parameters, const RelativeRiskResult& result,
                     const ordered_json& provenance) {
    data::GeotiffText text{"natural logarithm of the relative risk", "ln(ratio)", {}};
    const auto add = [&](const std::string& name, const ordered_json& value) {
        if (!value.is_null()) {
            text.items.emplace_back(name,
                                    value.is_string() ? value.get<std::string>() : value.dump());
        }
    };
    for (const auto& [name, value] : provenance.items()) {
        add(name, value);
    }
    add("first", side_json(parameters.a, *result.cases));
    add("with", side_json(parameters.b, *result.controls));
    add("bandwidth_m", parameters.a.bandwidth_m);
    add("masked_cells", result.masked_cells);
    add("no_case_cells", result.no_case_cells);
    add("TIFFTAG_IMAGEDESCRIPTION",
        std::string(snapshot.demo ? "DEMO: relative risk of synthetic incidents, "
                                  : "Relative risk of incidents, ") +
            data::format_period(parameters.a.period));
    add("TIFFTAG_SOFTWARE", "LLR Hotspots " + context.version);
    return data::geotiff(log_ratio_raster(result), snapshot.study_area, text);
}

} // namespace

std::string relative_risk_answer(const AppContext& context, const data::Snapshot& snapshot,
                                 const ComparisonParameters& parameters,
                                 std::string_view content_type, const ordered_json& provenance,
                                 const std::function<void(double)>& progress) {
    const auto result = compare_risk(context, snapshot, parameters, progress);
    return content_type == risk_tif_type
               ? risk_tif(context, snapshot, parameters, result, provenance)
               : risk_json(parameters, result, provenance);
}

} // namespace hotspots::service
