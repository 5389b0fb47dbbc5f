#include "service/density_result.hpp"

#include "data/quality/traps.hpp"
#include "geo/density_estimate.hpp"
#include "service/app.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace hotspots::service {

namespace {

// 128 MB of doubles; at LLR's size, cells of about 20 m.
constexpr double most_grid_cells = 1 << 24;

void require_wards(const data::Snapshot& snapshot) {
    if (snapshot.study_area.empty()) {
        throw Problem(409, "No wards loaded",
                      "densities and hotspots are those of the study area, and no wards are "
                      "loaded; load them with: llr-hotspots reference wards FILE");
    }
}

double grid_side_m(const geo::Box<geo::BngPoint>& box, double padding_m) {
    const double width_m = box.max.easting_m - box.min.easting_m + 2 * padding_m;
    const double height_m = box.max.northing_m - box.min.northing_m + 2 * padding_m;
    return std::sqrt(width_m * height_m);
}

double cell_side_m(const AnalysisParameters& parameters, double least_m) {
    if (!parameters.cell_m) {
        return std::max(parameters.bandwidth_m / 6, least_m);
    }
    if (*parameters.cell_m < least_m) {
        throw bad_parameter("cell", "cell is " + number_text(*parameters.cell_m) +
                                        "; for a study area of this size it must be at least " +
                                        number_text(least_m));
    }
    return *parameters.cell_m;
}

void choose_points(DensityResult& result, const data::Snapshot& snapshot, double bandwidth_m) {
    result.points.reserve(result.selection.incidents.size());
    result.incident.reserve(result.selection.incidents.size());
    for (const auto i : result.selection.incidents) {
        if (static_cast<double>(snapshot.columns.uncertainty_m[i]) <= bandwidth_m) {
            result.points.push_back(snapshot.columns.point[i]);
            result.incident.push_back(i);
        }
    }
    result.too_uncertain =
        static_cast<std::int64_t>(result.selection.incidents.size() - result.points.size());
}

// Points beyond the study area that its edge correction may look at.
std::vector<geo::BngPoint> outside_points(const data::Snapshot& snapshot,
                                          const Selection& selection, double bandwidth_m) {
    std::vector<geo::BngPoint> points;
    for (const auto i : selection.outside_incidents) {
        const auto& location = snapshot.incidents[i].location;
        if (location.uncertainty_m.value_or(0) <= bandwidth_m) {
            points.push_back(*location.point);
        }
    }
    return points;
}

} // namespace

geo::GridSpec density_grid(const data::Snapshot& snapshot, const AnalysisParameters& parameters) {
    const auto box = geo::bounds(snapshot.study_area);
    const double reach_m = geo::kernel_reach_m(parameters.kernel, parameters.bandwidth_m);
    const double least_m =
        std::ceil(grid_side_m(box, reach_m) / std::sqrt(most_grid_cells) * 10) / 10;
    return geo::grid_covering(box, cell_side_m(parameters, least_m), reach_m);
}

DensityResult compute_density(const data::Snapshot& snapshot,
                              const AnalysisParameters& parameters) {
    require_wards(snapshot);
    const auto grid = density_grid(snapshot, parameters);
    DensityResult result;
    result.selection = select(snapshot, parameters);
    result.on_default_points =
        data::count_on_default_points(*data::traps_of(snapshot), result.selection.incidents);
    choose_points(result, snapshot, parameters.bandwidth_m);
    const geo::DensityRule rule{parameters.kernel, parameters.bandwidth_m, parameters.edge,
                                parameters.adaptive};
    result.outside = outside_points(snapshot, result.selection, parameters.bandwidth_m);
    result.raster =
        geo::estimate_density(result.points, result.outside, snapshot.study_area, grid, rule);
    return result;
}

std::shared_ptr<const DensityResult> shared_density(const AppContext& context,
                                                    const data::Snapshot& snapshot,
                                                    const AnalysisParameters& parameters) {
    auto of_density = parameters;
    of_density.top_percent = AnalysisParameters().top_percent;
    of_density.shape = AnalysisParameters().shape;
    of_density.levels_per_km2.clear();
    of_density.quantiles.clear();
    const auto key = std::to_string(snapshot.revision.number) + '?' + of_density.canonical_query();
    return context.densities->get(key, [&] {
        return std::make_shared<const DensityResult>(compute_density(snapshot, of_density));
    });
}

} // namespace hotspots::service
