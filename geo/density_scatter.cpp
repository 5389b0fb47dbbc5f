#include "geo/density_scatter.hpp"

#include "geo/density_kernels.hpp"
#include "geo/simd.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hotspots::geo {

namespace {

constexpr int tile_rows = 4;

// A block of the raster in registers while all points are added to it.
struct Tile {
    const double* dx2;    // of the first point at the tile's first column; next point: + dx_stride
    const double* dy2;    // of the first point at the tile's first row; next point: + dy_stride
    const double* ex;     // laid out as dx2
    const double* ey;     // laid out as dy2
    const double* weight; // scaled
    std::size_t dx_stride;
    std::size_t dy_stride;
    std::size_t points;
    double* values; // of the tile's first cell
    std::size_t stride;
};

template <class Weight, int lanes, int rows, int vectors>
HOTSPOTS_INLINE void add_tile(const Tile& tile, const Scales& scales) {
    using V = typename VectorOf<lanes>::type;
    V sums[std::size_t{rows}][std::size_t{vectors}];
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row) {
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            std::memcpy(&sums[row][v],
                        tile.values + static_cast<std::size_t>(row) * tile.stride + v * lanes,
                        sizeof(V));
        }
    }
    for (std::size_t i = 0; i < tile.points; ++i) {
        V x[std::size_t{vectors}];
        V ex[std::size_t{vectors}];
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            std::memcpy(&x[v], tile.dx2 + i * tile.dx_stride + v * lanes, sizeof(V));
            if constexpr (Weight::product) {
                std::memcpy(&ex[v], tile.ex + i * tile.dx_stride + v * lanes, sizeof(V));
            } else {
                ex[v] = V{};
            }
        }
#pragma GCC unroll 8
        for (int row = 0; row < rows; ++row) {
            const double y = tile.dy2[i * tile.dy_stride + static_cast<std::size_t>(row)];
            const double factor = Weight::product
                                      ? tile.ey[i * tile.dy_stride + static_cast<std::size_t>(row)]
                                      : tile.weight[i];
#pragma GCC unroll 8
            for (int v = 0; v < vectors; ++v) {
                Weight::add(sums[row][v], x[v], y, ex[v], factor, scales);
            }
        }
    }
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row) {
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            std::memcpy(tile.values + static_cast<std::size_t>(row) * tile.stride + v * lanes,
                        &sums[row][v], sizeof(V));
        }
    }
}

// The tiles of `rows` rows from column vector `first` to `last`; tile.values etc. are those of
// column vector 0.
template <class Weight, int lanes, int rows>
HOTSPOTS_INLINE void add_rows(Tile tile, int first, int last, const Scales& scales) {
    tile.dx2 += first * lanes;
    tile.ex += first * lanes;
    tile.values += first * lanes;
    for (int v = first; v < last; v += 2) {
        if (v + 1 < last) {
            add_tile<Weight, lanes, rows, 2>(tile, scales);
        } else {
            add_tile<Weight, lanes, rows, 1>(tile, scales);
        }
        tile.dx2 += 2 * lanes;
        tile.ex += 2 * lanes;
        tile.values += 2 * lanes;
    }
}

// The squares of how far `centres` lie from `position`, in the plan's unit; or what they leave of
// `whole`.
template <int lanes, bool remaining>
HOTSPOTS_INLINE void fill_squares(const double* centres, double position, double unit,
                                  std::size_t count, double whole, double* squares) {
    using V = typename VectorOf<lanes>::type;
    for (std::size_t i = 0; i < count; i += lanes) {
        V d;
        std::memcpy(&d, centres + i, sizeof d);
        d = (d - position) * unit;
        d *= d;
        if constexpr (remaining) {
            d = whole - d;
        }
        std::memcpy(squares + i, &d, sizeof d);
    }
}

// Squared distances of every point from the columns c0... and the rows of the band in reach.
template <class Weight, int lanes>
HOTSPOTS_INLINE void fill_tables(const ScatterPlan& plan, const SourcePoints& points, int c0,
                                 int first_row, std::size_t height, ScatterTables& tables) {
    const auto width = static_cast<std::size_t>(plan.window_columns);
    const double h2 = plan.bandwidth * plan.bandwidth;
    for (std::size_t i = 0; i < points.count; ++i) {
        fill_squares<lanes, false>(plan.eastings.data() + c0, points.easting_m[i], plan.unit, width,
                                   0, tables.dx2.data() + i * width);
        fill_squares<lanes, Weight::remaining>(plan.northings.data() + first_row,
                                               points.northing_m[i], plan.unit, height, h2,
                                               tables.dy2.data() + i * height);
        tables.weight[i] = points.weight[i] * plan.scale;
    }
    if constexpr (Weight::product) {
        const double per_2h2 = -0.5 / (plan.bandwidth * plan.bandwidth);
        for (std::size_t i = 0; i < points.count; ++i) {
            for (std::size_t j = i * width; j < (i + 1) * width; ++j) {
                tables.ex[j] = std::exp(tables.dx2[j] * per_2h2);
            }
            for (std::size_t k = i * height; k < (i + 1) * height; ++k) {
                tables.ey[k] = std::exp(tables.dy2[k] * per_2h2) * tables.weight[i];
            }
        }
    }
}

template <class Weight, int lanes>
HOTSPOTS_INLINE void scatter(const ScatterPlan& plan, const SourcePoints& points, RowBand band,
                             ScatterTables& tables, double* values) {
    const CellIndex cell = points.cell;
    const RowBand rows{std::max(cell.row - plan.reach_cells, band.first),
                       std::min(cell.row + plan.reach_cells + 1, band.last)};
    if (rows.first >= rows.last) {
        return;
    }
    const int last_start = static_cast<int>(plan.stride) - plan.window_columns;
    const int c0 = std::clamp(cell.column - plan.reach_cells, 0, last_start);
    const auto height = whole_registers(rows.last - rows.first);
    fill_tables<Weight, lanes>(plan, points, c0, rows.first, height, tables);
    const Scales scales{plan.bandwidth, plan.bandwidth * plan.bandwidth, plan.reach * plan.reach};
    Tile tile{tables.dx2.data(),
              tables.dy2.data(),
              tables.ex.data(),
              tables.ey.data(),
              tables.weight.data(),
              static_cast<std::size_t>(plan.window_columns),
              height,
              points.count,
              values + static_cast<std::size_t>(rows.first) * plan.stride + c0,
              plan.stride};
    for (int row = rows.first; row < rows.last; row += tile_rows) {
        const int count = std::min(tile_rows, rows.last - row);
        const int away = std::max({0, row - cell.row, cell.row - (row + count - 1)});
        const int half = plan.half_columns[static_cast<std::size_t>(away)];
        const int west = std::max(cell.column - half - c0, 0) / lanes;
        const int east =
            (std::min(cell.column + half + 1 - c0, plan.window_columns) + lanes - 1) / lanes;
        switch (count) {
        case 1:
            add_rows<Weight, lanes, 1>(tile, west, east, scales);
            break;
        case 2:
            add_rows<Weight, lanes, 2>(tile, west, east, scales);
            break;
        case 3:
            add_rows<Weight, lanes, 3>(tile, west, east, scales);
            break;
        default:
            add_rows<Weight, lanes, 4>(tile, west, east, scales);
            break;
        }
        tile.dy2 += count;
        tile.ey += count;
        tile.values += static_cast<std::size_t>(count) * tile.stride;
    }
}

template <class Weight>
void scatter2(const ScatterPlan& plan, const SourcePoints& points, RowBand band,
              ScatterTables& tables, double* values) {
    scatter<Weight, 2>(plan, points, band, tables, values);
}

template <class Weight>
HOTSPOTS_TARGET("avx2")
void scatter4(const ScatterPlan& plan, const SourcePoints& points, RowBand band,
              ScatterTables& tables, double* values) {
    scatter<Weight, 4>(plan, points, band, tables, values);
}

template <class Weight>
HOTSPOTS_TARGET("avx512f")
void scatter8(const ScatterPlan& plan, const SourcePoints& points, RowBand band,
              ScatterTables& tables, double* values) {
    scatter<Weight, 8>(plan, points, band, tables, values);
}

template <class Weight>
Scatter of_width(int lanes) {
    return lanes >= 8 ? scatter8<Weight> : lanes >= 4 ? scatter4<Weight> : scatter2<Weight>;
}

} // namespace

Scatter scatter_function(Kernel kernel, int lanes) {
    switch (kernel) {
    case Kernel::quartic:
        return of_width<Quartic>(lanes);
    case Kernel::epanechnikov:
        return of_width<Epanechnikov>(lanes);
    case Kernel::triangular:
        return of_width<Triangular>(lanes);
    case Kernel::uniform:
        return of_width<Uniform>(lanes);
    case Kernel::gaussian:
        return of_width<Gaussian>(lanes);
    }
    return of_width<Quartic>(lanes);
}

} // namespace hotspots::geo
