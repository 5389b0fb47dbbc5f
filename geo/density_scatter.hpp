// The inner part of geo/density: adds the kernels of the points of one source cell to the cells of
// a raster within reach, in vector registers. Every cell's sum is taken point by point in the order
// given, whatever the width of the registers, so that all widths give the same bits.
#pragma once

#include "geo/density.hpp"
#include "geo/grid.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace hotspots::geo {

// Windows are whole registers of the widest kind.
constexpr std::size_t whole_registers(int count) {
    return (static_cast<std::size_t>(count) + 7) / 8 * 8;
}

// What the kernels need to know of the grid and the bandwidth. Lengths are in metres x `unit`, a
// power of two that brings the bandwidth into [0.5, 1), so that no square overflows.
struct ScatterPlan {
    Kernel kernel = Kernel::quartic;
    GridSpec grid;
    double unit = 1;
    double bandwidth = 0;
    double reach = 0;
    double scale = 0;              // what one event's kernel is multiplied by
    int reach_cells = 0;           // columns and rows on each side of a source cell, at most
    std::vector<int> half_columns; // the same in the row that lies k rows away, k = 0...reach_cells
    int window_columns = 0;        // a multiple of 8, at most the stride
    std::size_t stride = 0;        // of the raster's rows, at least grid.columns
    std::vector<double> eastings;  // m; of the centres of `stride` columns
    std::vector<double> northings; // m
};

// `reach_m` and `peak_per_km2` are the kernel's.
ScatterPlan plan_scatter(const GridSpec& grid, Kernel kernel, double bandwidth_m);

// Points to be added together, in their order: up to most_source_points, all in the source cell, or
// beyond the grid next to it.
constexpr std::size_t most_source_points = 64;
struct SourcePoints {
    std::array<double, most_source_points> easting_m;
    std::array<double, most_source_points> northing_m;
    std::array<double, most_source_points> weight;
    std::size_t count = 0;
    CellIndex cell;
};

// Room for the squared distances of a handful of points; one for each thread.
struct ScatterTables {
    explicit ScatterTables(const ScatterPlan& plan);
    std::size_t
        most_points; // that one call may add; fewer than most_source_points for wide windows
    std::vector<double> dx2;
    std::vector<double> dy2;
    std::vector<double> weight; // scaled
    std::vector<double> ex;     // the Gaussian's factors
    std::vector<double> ey;
};

// The rows of the raster that a call may change: first...last - 1.
struct RowBand {
    int first = 0;
    int last = 0;
};

using Scatter = void (*)(const ScatterPlan&, const SourcePoints&, RowBand, ScatterTables&,
                         double* values);

// The function for a kernel; `lanes` 2, 4 or 8 doubles in a register, no more than widest_lanes().
Scatter scatter_function(Kernel kernel, int lanes);

} // namespace hotspots::geo
