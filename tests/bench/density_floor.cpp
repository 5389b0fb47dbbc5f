#include "tests/bench/density_floor.hpp"

#include "geo/density.hpp"
#include "geo/simd.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

namespace hotspots::bench {

namespace {

using geo::BngPoint;
using geo::GridSpec;
using geo::Raster;
using geo::VectorOf;

// A point as its offset from the centre of its cell, in bandwidths.
struct Offset {
    double x = 0;
    double y = 0;
};

// The raster with a border that every window fits into.
struct Frame {
    int reach = 0; // cells
    int columns = 0;
    int rows = 0;
    double cell = 0; // in bandwidths
    std::size_t stride() const { return static_cast<std::size_t>(columns + 2 * reach + 16); }
};

template <int lanes, int rows>
HOTSPOTS_INLINE void add_tile(const Frame& frame, std::span<const Offset> points, int first_row,
                              int first_column, double* values) {
    using V = typename VectorOf<lanes>::type;
    V sums[std::size_t{rows}][2];
    V east[2];
#pragma GCC unroll 8
    for (int v = 0; v < 2; ++v) {
        for (int lane = 0; lane < lanes; ++lane) {
            east[v][lane] = (first_column + v * lanes + lane) * frame.cell;
        }
    }
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row) {
        std::memcpy(&sums[row][0], values + static_cast<std::size_t>(row) * frame.stride(),
                    2 * sizeof(V));
    }
    for (const auto& point : points) {
        const V dx0 = east[0] - point.x;
        const V dx1 = east[1] - point.x;
        const V x0 = dx0 * dx0;
        const V x1 = dx1 * dx1;
#pragma GCC unroll 8
        for (int row = 0; row < rows; ++row) {
            const double dy = (first_row + row) * frame.cell - point.y;
            const double rest = 1 - dy * dy;
            const V r0 = rest - x0;
            const V r1 = rest - x1;
            const V t0 = r0 > 0 ? r0 : V{};
            const V t1 = r1 > 0 ? r1 : V{};
            sums[row][0] += t0 * t0;
            sums[row][1] += t1 * t1;
        }
    }
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row) {
        std::memcpy(values + static_cast<std::size_t>(row) * frame.stride(), &sums[row][0],
                    2 * sizeof(V));
    }
}

// `values` is the cell `reach` columns west of the points' cell, in its row.
template <int lanes>
HOTSPOTS_INLINE void add_cell(const Frame& frame, std::span<const Offset> points, int first_row,
                              int last_row, double* values) {
    for (int row = first_row; row < last_row;) {
        const bool four = row + 4 <= last_row;
        double* const at = values + row * static_cast<std::ptrdiff_t>(frame.stride());
        for (int column = 0; column < 2 * frame.reach + 1; column += 2 * lanes) {
            if (four) {
                add_tile<lanes, 4>(frame, points, row, column - frame.reach, at + column);
            } else {
                add_tile<lanes, 1>(frame, points, row, column - frame.reach, at + column);
            }
        }
        row += four ? 4 : 1;
    }
}

using AddCell = void (*)(const Frame&, std::span<const Offset>, int, int, double*);

void add_cell2(const Frame& frame, std::span<const Offset> points, int first_row, int last_row,
               double* values) {
    add_cell<2>(frame, points, first_row, last_row, values);
}
HOTSPOTS_TARGET("avx2")
void add_cell4(const Frame& frame, std::span<const Offset> points, int first_row, int last_row,
               double* values) {
    add_cell<4>(frame, points, first_row, last_row, values);
}
HOTSPOTS_TARGET("avx512f")
void add_cell8(const Frame& frame, std::span<const Offset> points, int first_row, int last_row,
               double* values) {
    add_cell<8>(frame, points, first_row, last_row, values);
}

AddCell widest() {
    const int lanes = geo::widest_lanes();
    return lanes == 8 ? add_cell8 : lanes == 4 ? add_cell4 : add_cell2;
}

struct Sorted {
    std::vector<std::uint32_t> ends; // of each cell's points
    std::unique_ptr<Offset[]> points;
};

Sorted sort_by_cell(std::span<const BngPoint> points, const GridSpec& grid, double bandwidth_m) {
    Sorted sorted{std::vector<std::uint32_t>(grid.size() + 1),
                  std::make_unique_for_overwrite<Offset[]>(points.size())};
    const double per_cell = 1 / grid.cell_m;
    const auto cell_of = [&](const BngPoint& p) {
        const auto column = static_cast<int>((p.easting_m - grid.south_west.easting_m) * per_cell);
        const auto row = static_cast<int>((p.northing_m - grid.south_west.northing_m) * per_cell);
        return geo::CellIndex{column, row};
    };
    for (const auto& point : points) {
        ++sorted.ends[grid.offset(cell_of(point)) + 1];
    }
    for (std::size_t i = 1; i < sorted.ends.size(); ++i) {
        sorted.ends[i] += sorted.ends[i - 1];
    }
    for (const auto& point : points) {
        const auto cell = cell_of(point);
        const auto centre = grid.centre(cell);
        sorted.points[sorted.ends[grid.offset(cell)]++] = {
            (point.easting_m - centre.easting_m) / bandwidth_m,
            (point.northing_m - centre.northing_m) / bandwidth_m};
    }
    return sorted;
}

Raster without_border(const Frame& frame, const std::vector<double>& values, const GridSpec& grid,
                      double bandwidth_m) {
    const double peak = geo::kernel_peak_per_km2(geo::Kernel::quartic, bandwidth_m);
    Raster raster{grid, std::vector<double>(grid.size())};
    for (int row = 0; row < frame.rows; ++row) {
        const double* const from =
            values.data() + static_cast<std::size_t>(row) * frame.stride() + frame.reach;
        double* const to = raster.values.data() + grid.offset({0, row});
        for (int column = 0; column < frame.columns; ++column) {
            to[column] = from[column] * peak;
        }
    }
    return raster;
}

} // namespace

Raster sorted_floor(std::span<const BngPoint> points, const GridSpec& grid, double bandwidth_m,
                    int threads) {
    const Frame frame{static_cast<int>(bandwidth_m / grid.cell_m + 0.5), grid.columns, grid.rows,
                      grid.cell_m / bandwidth_m};
    const Sorted sorted = sort_by_cell(points, grid, bandwidth_m);
    const AddCell add = widest();
    std::vector<double> values(frame.stride() * static_cast<std::size_t>(grid.rows) + 16);
    const auto band = [&](int low, int high) {
        for (int row = std::max(low - frame.reach, 0);
             row < std::min(high + frame.reach, grid.rows); ++row) {
            const int first = std::max(-frame.reach, low - row);
            const int last = std::min(frame.reach + 1, high - row);
            for (int column = 0; column < grid.columns; ++column) {
                const std::size_t cell = grid.offset({column, row});
                const std::size_t start = cell == 0 ? 0 : sorted.ends[cell - 1];
                if (sorted.ends[cell] > start) {
                    add(frame, {sorted.points.get() + start, sorted.ends[cell] - start}, first,
                        last,
                        values.data() + static_cast<std::size_t>(row) * frame.stride() + column);
                }
            }
        }
    };
    // Bands of about as many points each.
    std::vector<int> bounds{0};
    for (int thread = 1; thread < threads; ++thread) {
        const auto wanted =
            points.size() / static_cast<std::size_t>(threads) * static_cast<std::size_t>(thread);
        const auto found = std::ranges::lower_bound(sorted.ends, wanted) - sorted.ends.begin();
        bounds.push_back(static_cast<int>(found / grid.columns));
    }
    bounds.push_back(grid.rows);
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i + 1 < bounds.size(); ++i) {
            others.emplace_back(band, bounds[i], bounds[i + 1]);
        }
        band(bounds[0], bounds[1]);
    }
    return without_border(frame, values, grid, bandwidth_m);
}

Raster plain_floor(std::span<const BngPoint> points, const GridSpec& grid, double bandwidth_m) {
    const Frame frame{static_cast<int>(bandwidth_m / grid.cell_m + 0.5), grid.columns, grid.rows,
                      grid.cell_m / bandwidth_m};
    const AddCell add = widest();
    std::vector<double> values(frame.stride() * static_cast<std::size_t>(grid.rows) + 16);
    const double per_cell = 1 / grid.cell_m;
    for (const auto& point : points) {
        const auto column =
            static_cast<int>((point.easting_m - grid.south_west.easting_m) * per_cell);
        const auto row =
            static_cast<int>((point.northing_m - grid.south_west.northing_m) * per_cell);
        const auto centre = grid.centre({column, row});
        const Offset offset{(point.easting_m - centre.easting_m) / bandwidth_m,
                            (point.northing_m - centre.northing_m) / bandwidth_m};
        add(frame, {&offset, 1}, std::max(-frame.reach, -row),
            std::min(frame.reach + 1, grid.rows - row),
            values.data() + static_cast<std::size_t>(row) * frame.stride() + column);
    }
    return without_border(frame, values, grid, bandwidth_m);
}

} // namespace hotspots::bench
