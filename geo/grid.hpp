// A regular grid of square cells in British National Grid, and values on it.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstddef>
#include <vector>

namespace hotspots::geo {

struct CellIndex {
    int column = 0; // from the west
    int row = 0;    // from the south
    friend bool operator==(const CellIndex&, const CellIndex&) = default;
};

struct GridSpec {
    BngPoint south_west; // outer corner of cell (0, 0)
    double cell_m = 0;   // > 0
    int columns = 0;
    int rows = 0;

    std::size_t size() const {
        return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    }
    double cell_area_km2() const { return cell_m * cell_m / 1e6; }
    BngPoint centre(CellIndex cell) const {
        return {south_west.easting_m + (cell.column + 0.5) * cell_m,
                south_west.northing_m + (cell.row + 0.5) * cell_m};
    }
    std::size_t offset(CellIndex cell) const {
        return static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(cell.column);
    }
    friend bool operator==(const GridSpec&, const GridSpec&) = default;
};

// The grid over `extent` padded by `padding_m` on each side. Its corners are multiples of `cell_m`,
// so that equal cells lie in equal places whatever the extent. Throws std::invalid_argument for a
// cell that is not positive and finite, an empty extent, or more than 2^28 cells.
GridSpec grid_covering(const Box<BngPoint>& extent, double cell_m, double padding_m);

// Row-major from the south-west; values.size() == grid.size().
struct Raster {
    GridSpec grid;
    std::vector<double> values;
};

} // namespace hotspots::geo
