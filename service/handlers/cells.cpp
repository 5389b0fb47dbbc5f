// Cells with their counts and Gi* as features.
#include "service/app.hpp"
#include "service/bounding_box.hpp"
#include "service/cell_result.hpp"
#include "service/handlers/collection.hpp"
#include "tiles/geojson.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::service {

namespace {

// Four significant figures: p spans hundreds of orders of magnitude.
double four_figures(double p) {
    if (p <= 0) {
        return 0;
    }
    return p < 1e-290 ? p : rounded(p, 3 - static_cast<int>(std::floor(std::log10(p))));
}

tiles::Feature to_feature(const CellResult& result, std::uint32_t row) {
    const auto& cell = result.ranked[row];
    return {cell.id,
            &cell.outline,
            {{"rank", std::int64_t{row} + 1},
             {"incidents", cell.incidents},
             {"gi_star_z", rounded(cell.gi_star_z, 6)},
             {"p", four_figures(cell.p)},
             {"fdr_significant", cell.fdr_significant},
             {"easting", rounded(cell.centre.easting_m, 3)},
             {"northing", rounded(cell.centre.northing_m, 3)}}};
}

// "20 cells, 0.02 % of the area, hold 9 % of incidents": whole cells, also where they stick out
// over the study area's boundary.
std::string capture_json(const CellResult& result, double study_area_km2) {
    const auto all = static_cast<double>(result.selection.incidents.size());
    std::string out = "[";
    for (const auto& step : result.capture) {
        const double area_km2 = static_cast<double>(step.cells) * result.cell_area_km2;
        const auto number = [&out](std::string_view name, double value) {
            out.append(name);
            tiles::append_json_number(out, value);
        };
        number(out.size() > 1 ? ",{\"cells\":" : "{\"cells\":", static_cast<double>(step.cells));
        number(",\"area_km2\":", rounded(area_km2, 6));
        number(",\"area_share\":", rounded(std::min(area_km2 / study_area_km2, 1.0), 9));
        number(",\"incidents\":", static_cast<double>(step.points));
        number(",\"share\":", rounded(static_cast<double>(step.points) / all, 6));
        out.push_back('}');
    }
    return out.append("]");
}

std::vector<tiles::Property> members(const CellResult& result,
                                     const AnalysisParameters& parameters) {
    auto members = count_members(result.selection);
    const bool square = parameters.shape == geo::CellShape::square;
    const std::vector<tiles::Property> own{
        {"less_certain_than_cell", result.less_certain_than_cell},
        {"on_default_points", result.on_default_points},
        {"in_no_cell", result.in_no_cell},
        {"cells", result.cells},
        {"fdr_significant", result.fdr_significant},
        {"false_discovery_rate", false_discovery_rate},
        {"period", data::format_period(parameters.period)},
        {"shape", std::string(square ? "square" : "hexagon")},
        {"cell_m", rounded(result.cell_m, 6)},
        {"neighbour_band_m", rounded(result.neighbour_band_m, 3)}};
    members.insert(members.end(), own.begin(), own.end());
    return members;
}

} // namespace

FeatureSet find_cells(const AppContext& context, const FeatureQuery& query) {
    const auto result = shared_cells(context, *query.snapshot, query.parameters);
    FeatureSet set;
    for (std::uint32_t row = 0; row < result->ranked.size(); ++row) {
        const auto& cell = result->ranked[row];
        if (!query.box || (query.box->may_touch(cell.bounds) && query.box->touches(cell.outline))) {
            set.rows.push_back(row);
        }
    }
    set.members = members(*result, query.parameters);
    set.documents = {{"capture", capture_json(*result, query.snapshot->study_area_km2)}};
    set.feature = [result](std::uint32_t row) { return to_feature(*result, row); };
    set.has_id = [result](std::uint32_t row, std::string_view id) {
        return result->ranked[row].id == id;
    };
    return set;
}

} // namespace hotspots::service
