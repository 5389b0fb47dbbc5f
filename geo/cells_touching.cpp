#include "geo/cells.hpp"
#include "geo/point_in_region.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>

namespace hotspots::geo {

namespace {

// Indexes of rows or columns, both ends included.
struct Indexes {
    int first = 0;
    int last = -1;
};

// Those of `count` whose centres, every `spacing` from `centre`, come within `reach` of low..high;
// a little wider, as it is rounded.
Indexes near(double low, double high, double reach, double centre, double spacing, int count) {
    constexpr double slack = 1e-6;
    const double first = std::ceil((low - reach - centre) / spacing - slack);
    const double last = std::floor((high + reach - centre) / spacing + slack);
    return {static_cast<int>(std::clamp<double>(first, 0, count)),
            static_cast<int>(std::clamp<double>(last, -1, count - 1))};
}

struct Offset {
    double x_m = 0;
    double y_m = 0;
};

// Unit normals of a cell's pairs of opposite sides, which are `cell_m` apart.
std::span<const Offset> normals_of(CellShape shape) {
    static constexpr double half_root_3 = std::numbers::sqrt3 / 2;
    static constexpr std::array<Offset, 2> square{{{1, 0}, {0, 1}}};
    static constexpr std::array<Offset, 3> hexagon{
        {{1, 0}, {0.5, half_root_3}, {-0.5, half_root_3}}};
    return shape == CellShape::square ? std::span<const Offset>(square) : hexagon;
}

// Whether a segment and the closed cell share a point: what of the segment lies between each pair
// of sides (Cyrus & Beck 1978).
bool touches(const BngPoint& from, const BngPoint& to, const BngPoint& centre, CellShape shape,
             double cell_m) {
    double begin = 0;
    double end = 1;
    for (const auto& normal : normals_of(shape)) {
        const double at = normal.x_m * (from.easting_m - centre.easting_m) +
                          normal.y_m * (from.northing_m - centre.northing_m);
        const double along = normal.x_m * (to.easting_m - from.easting_m) +
                             normal.y_m * (to.northing_m - from.northing_m);
        if (along == 0) {
            if (std::abs(at) > cell_m / 2) {
                return false;
            }
            continue;
        }
        const double a = (-cell_m / 2 - at) / along;
        const double b = (cell_m / 2 - at) / along;
        begin = std::max(begin, std::min(a, b));
        end = std::min(end, std::max(a, b));
    }
    return begin <= end;
}

// The eastings of a segment between two northings; of its ends where it lies along a row.
std::pair<double, double> eastings_between(const BngPoint& from, const BngPoint& to, double south_m,
                                           double north_m) {
    const double rise = to.northing_m - from.northing_m;
    const auto at = [&](double northing_m) {
        const double t = std::clamp((northing_m - from.northing_m) / rise, 0.0, 1.0);
        return from.easting_m + t * (to.easting_m - from.easting_m);
    };
    const double a = rise == 0 ? from.easting_m : at(south_m);
    const double b = rise == 0 ? to.easting_m : at(north_m);
    return {std::min(a, b), std::max(a, b)};
}

void mark_crossed(const CellLattice& lattice, const BngPoint& from, const BngPoint& to,
                  std::vector<std::uint8_t>& marks) {
    const auto [south_m, north_m] = std::minmax(from.northing_m, to.northing_m);
    const double reach_m = lattice.half_height_m();
    const auto rows = near(south_m, north_m, reach_m, lattice.centre({0, 0}).northing_m,
                           lattice.row_spacing_m(), lattice.rows);
    for (int row = rows.first; row <= rows.last; ++row) {
        const auto first = lattice.centre({0, row});
        const auto [west_m, east_m] =
            eastings_between(from, to, first.northing_m - reach_m, first.northing_m + reach_m);
        const auto columns = near(west_m, east_m, lattice.cell_m / 2, first.easting_m,
                                  lattice.cell_m, lattice.columns);
        for (int column = columns.first; column <= columns.last; ++column) {
            auto& mark = marks[lattice.offset({column, row})];
            if (mark == 0 &&
                touches(from, to, lattice.centre({column, row}), lattice.shape, lattice.cell_m)) {
                mark = 1;
            }
        }
    }
}

void mark_crossed(const CellLattice& lattice, const Ring<BngPoint>& ring,
                  std::vector<std::uint8_t>& marks) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
        mark_crossed(lattice, ring[i - 1], ring[i], marks);
    }
}

// Every second row from `first`, as a grid: squares as they are (one grid), hexagons compressed
// from south to north by the square root of 3, which makes each parity's centres those of squares.
void mark_centres(const CellLattice& lattice, const MultiPolygon<BngPoint>& area, int first,
                  int step, std::vector<std::uint8_t>& marks) {
    if (first >= lattice.rows) {
        return;
    }
    const double flat = step == 2 ? std::numbers::sqrt3 : 1;
    const auto centre = lattice.centre({0, first});
    const GridSpec grid{
        {centre.easting_m - lattice.cell_m / 2, centre.northing_m / flat - lattice.cell_m / 2},
        lattice.cell_m,
        lattice.columns,
        (lattice.rows - first + step - 1) / step};
    for (const auto& run : cells_in(area, grid)) {
        const auto row = lattice.offset({0, first + step * run.row});
        std::fill(marks.begin() + static_cast<std::ptrdiff_t>(row) + run.first,
                  marks.begin() + static_cast<std::ptrdiff_t>(row) + run.last, std::uint8_t{1});
    }
}

MultiPolygon<BngPoint> compressed(MultiPolygon<BngPoint> area) {
    const auto compress = [](Ring<BngPoint>& ring) {
        for (auto& point : ring) {
            point.northing_m /= std::numbers::sqrt3;
        }
    };
    for (auto& polygon : area) {
        compress(polygon.exterior);
        std::ranges::for_each(polygon.holes, compress);
    }
    return area;
}

} // namespace

std::vector<std::uint8_t> cells_touching(const CellLattice& lattice,
                                         const MultiPolygon<BngPoint>& area) {
    std::vector<std::uint8_t> marks(lattice.size());
    if (lattice.shape == CellShape::square) {
        mark_centres(lattice, area, 0, 1, marks);
    } else {
        const auto flat = compressed(area);
        mark_centres(lattice, flat, 0, 2, marks);
        mark_centres(lattice, flat, 1, 2, marks);
    }
    for (const auto& polygon : area) {
        mark_crossed(lattice, polygon.exterior, marks);
        for (const auto& hole : polygon.holes) {
            mark_crossed(lattice, hole, marks);
        }
    }
    return marks;
}

} // namespace hotspots::geo
