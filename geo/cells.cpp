#include "geo/cells.hpp"

#include "geo/require.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace hotspots::geo {

namespace {

constexpr double most_cells = 1U << 24U;
constexpr double farthest_index = 1e15; // whole numbers up to here are exact

// Half the height of a hexagon's side, of which all its corners' northings are multiples.
double half_side_m(double cell_m) {
    return cell_m / (2 * std::numbers::sqrt3);
}

double spacing_of_rows(CellShape shape, double cell_m) {
    return shape == CellShape::square ? cell_m : 3 * half_side_m(cell_m);
}

// From a cell's centre to its northern end.
double half_height_of(CellShape shape, double cell_m) {
    return shape == CellShape::square ? cell_m / 2 : 2 * half_side_m(cell_m);
}

// How much further east an odd row of hexagons lies, in cells.
double shift_of(CellShape shape, std::int64_t row) {
    return shape == CellShape::hexagon && row % 2 != 0 ? 0.5 : 0;
}

// Rows or columns by number, both ends included.
struct Numbers {
    double first = 0;
    double last = 0;
    double count() const { return last - first + 1; }
};

// Where a row's or column's centre lies at (number + shift) * spacing, those that come within
// `reach` of low..high.
Numbers numbers_within(double low, double high, double reach, double spacing, double shift) {
    return {std::ceil((low - reach) / spacing - shift),
            std::floor((high + reach) / spacing - shift)};
}

} // namespace

double CellLattice::cell_area_km2() const {
    const double square = cell_m * cell_m / 1e6;
    return shape == CellShape::square ? square : square * std::numbers::sqrt3 / 2;
}

double CellLattice::row_spacing_m() const {
    return spacing_of_rows(shape, cell_m);
}

double CellLattice::half_height_m() const {
    return half_height_of(shape, cell_m);
}

BngPoint CellLattice::centre(CellIndex cell) const {
    const double column = static_cast<double>(first_column + cell.column);
    const auto row = first_row + cell.row;
    if (shape == CellShape::square) {
        return {(column + 0.5) * cell_m, (static_cast<double>(row) + 0.5) * cell_m};
    }
    return {(column + shift_of(shape, row)) * cell_m, static_cast<double>(row) * row_spacing_m()};
}

Ring<BngPoint> CellLattice::outline(CellIndex cell) const {
    const auto column = first_column + cell.column;
    const auto row = first_row + cell.row;
    const auto corner = [](std::int64_t x, double x_unit_m, std::int64_t y, double y_unit_m) {
        return BngPoint{static_cast<double>(x) * x_unit_m, static_cast<double>(y) * y_unit_m};
    };
    if (shape == CellShape::square) {
        const auto at = [&](std::int64_t x, std::int64_t y) {
            return corner(column + x, cell_m, row + y, cell_m);
        };
        return {at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)};
    }
    const std::int64_t odd = row % 2 != 0 ? 1 : 0;
    const auto at = [&](std::int64_t x, std::int64_t y) {
        return corner(2 * column + odd + x, cell_m / 2, 3 * row + y, half_side_m(cell_m));
    };
    return {at(0, -2), at(1, -1), at(1, 1), at(0, 2), at(-1, 1), at(-1, -1), at(0, -2)};
}

std::optional<CellIndex> CellLattice::find(const BngPoint& point) const {
    const double east = point.easting_m / cell_m - static_cast<double>(first_column);
    const double north = point.northing_m / row_spacing_m() - static_cast<double>(first_row);
    // Also false of NaN.
    if (!(east >= -1 && east <= columns + 1 && north >= -1 && north <= rows + 1)) {
        return std::nullopt;
    }
    CellIndex nearest{static_cast<int>(std::floor(east)), static_cast<int>(std::floor(north))};
    if (shape == CellShape::hexagon) {
        // The two rows around the point, in each the nearest centre.
        double least = std::numeric_limits<double>::infinity();
        const int south = nearest.row;
        for (const int row : {south, south + 1}) {
            const int column = static_cast<int>(std::floor(east - shift_of(shape, row) + 0.5));
            const auto middle = centre({column, row});
            const double distance = std::hypot(point.easting_m - middle.easting_m,
                                               point.northing_m - middle.northing_m);
            if (distance < least) {
                least = distance;
                nearest = {column, row};
            }
        }
    }
    const bool inside =
        nearest.column >= 0 && nearest.column < columns && nearest.row >= 0 && nearest.row < rows;
    return inside ? std::optional(nearest) : std::nullopt;
}

CellLattice lattice_covering(const Box<BngPoint>& extent, CellShape shape, double cell_m) {
    if (!(cell_m > 0) || !std::isfinite(cell_m)) {
        refuse("cells", "the cell", cell_m, "positive and finite (metres)");
    }
    if (extent.empty()) {
        throw std::invalid_argument("cells: the extent is empty, must hold at least one point");
    }
    const bool square = shape == CellShape::square;
    auto rows =
        numbers_within(extent.min.northing_m, extent.max.northing_m, half_height_of(shape, cell_m),
                       spacing_of_rows(shape, cell_m), square ? 0.5 : 0);
    auto columns = numbers_within(extent.min.easting_m, extent.max.easting_m, cell_m / 2, cell_m,
                                  square ? 0.5 : 0);
    if (!square) {
        rows.first = 2 * std::floor(rows.first / 2);
        columns.first -= 1; // odd rows begin half a cell further east
    }
    if (!(rows.count() * columns.count() <= most_cells)) { // also true of NaN
        refuse("cells", "the number of cells", rows.count() * columns.count(),
               "at most 2^24: take a larger cell or a smaller extent");
    }
    const double farthest = std::max(std::abs(rows.first), std::abs(columns.first));
    if (!(farthest <= farthest_index)) {
        refuse("cells", "the extent's distance from the origin in cells", farthest, "at most 1e15");
    }
    return {shape,
            cell_m,
            static_cast<std::int64_t>(columns.first),
            static_cast<std::int64_t>(rows.first),
            static_cast<int>(columns.count()),
            static_cast<int>(rows.count())};
}

} // namespace hotspots::geo
