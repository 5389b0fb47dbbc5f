#include "geo/density_scatter.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::geo {

namespace {

std::vector<double> centres(double origin_m, double cell_m, std::size_t count) {
    std::vector<double> result(count);
    for (std::size_t i = 0; i < count; ++i) { // as GridSpec::centre has them
        result[i] = origin_m + (static_cast<double>(i) + 0.5) * cell_m;
    }
    return result;
}

// Columns within `reach` cells of a point anywhere in its cell; never too few for rounding.
int cells_reached(double reach, int most) {
    return static_cast<int>(std::clamp(reach + 0.5 + 1e-6, 0.0, static_cast<double>(most)));
}

// What geo/density_kernels.hpp leaves to the scale: a factor h to this power.
int power_of(Kernel kernel) {
    switch (kernel) {
    case Kernel::quartic:
        return 4;
    case Kernel::epanechnikov:
        return 2;
    case Kernel::triangular:
        return 1;
    case Kernel::uniform:
    case Kernel::gaussian:
        return 0;
    }
    return 0;
}

} // namespace

ScatterPlan plan_scatter(const GridSpec& grid, Kernel kernel, double bandwidth_m) {
    ScatterPlan plan;
    plan.kernel = kernel;
    plan.grid = grid;
    int exponent = 0;
    plan.bandwidth = std::frexp(bandwidth_m, &exponent);
    plan.unit = std::ldexp(1.0, -exponent);
    plan.reach = kernel_reach_m(kernel, plan.bandwidth);
    plan.scale = kernel_peak_per_km2(kernel, bandwidth_m) /
                 std::pow(plan.bandwidth, static_cast<double>(power_of(kernel)));
    const double reach = kernel_reach_m(kernel, bandwidth_m) / grid.cell_m;
    plan.reach_cells = cells_reached(reach, std::max(grid.columns, grid.rows));
    for (int away = 0; away <= plan.reach_cells; ++away) {
        const double dy = std::max(0.0, away - 0.5 - 1e-6);
        plan.half_columns.push_back(
            cells_reached(std::sqrt(std::max(0.0, reach * reach - dy * dy)), plan.reach_cells));
    }
    const int columns = std::min(2 * plan.reach_cells + 1, grid.columns);
    plan.window_columns = static_cast<int>(whole_registers(columns));
    plan.stride = static_cast<std::size_t>(std::max(grid.columns, plan.window_columns));
    plan.eastings = centres(grid.south_west.easting_m, grid.cell_m, plan.stride);
    plan.northings =
        centres(grid.south_west.northing_m, grid.cell_m, static_cast<std::size_t>(grid.rows) + 8);
    return plan;
}

ScatterTables::ScatterTables(const ScatterPlan& plan) {
    const auto width = static_cast<std::size_t>(plan.window_columns);
    const auto height = whole_registers(std::min(2 * plan.reach_cells + 1, plan.grid.rows));
    constexpr std::size_t numbers = 1 << 15; // what a processor's second cache holds with ease
    most_points = std::clamp<std::size_t>(numbers / (width + height), 4, most_source_points);
    dx2.resize(most_points * width);
    dy2.resize(most_points * height);
    weight.resize(most_points);
    if (plan.kernel == Kernel::gaussian) {
        ex.resize(dx2.size());
        ey.resize(dy2.size());
    }
}

} // namespace hotspots::geo
