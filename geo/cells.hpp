// Lattices of equal cells in British National Grid, squares or hexagons: where a point lies, what a
// cell looks like, which cells touch an area. Anchored to the grid's origin, so that equal cells
// lie in equal places whatever the extent.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hotspots::geo {

// Hexagons stand on a corner ('pointy-top'): rows run west-east, odd ones half a cell further east.
enum class CellShape { square, hexagon };

struct CellLattice {
    CellShape shape = CellShape::square;
    // Side of a square; of a hexagon the distance between opposite sides, which is also that
    // between the centres of neighbours. > 0.
    double cell_m = 0;
    // Of cell (0, 0), counted from the grid's origin: squares have a corner there, hexagons a
    // centre. The first row of hexagons is even, so a row is odd here where it is odd at all.
    std::int64_t first_column = 0;
    std::int64_t first_row = 0;
    int columns = 0;
    int rows = 0;

    std::size_t size() const {
        return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    }
    // Row-major from the south-west, and back.
    std::size_t offset(CellIndex cell) const {
        return static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(cell.column);
    }
    CellIndex cell(std::size_t offset) const {
        const auto width = static_cast<std::size_t>(columns);
        return {static_cast<int>(offset % width), static_cast<int>(offset / width)};
    }
    double cell_area_km2() const;
    double row_spacing_m() const;
    double half_height_m() const; // from a cell's centre to its northern end
    BngPoint centre(CellIndex cell) const;
    // Closed, anticlockwise. Neighbours' common corners are equal to the last bit.
    Ring<BngPoint> outline(CellIndex cell) const;
    // The cell that holds the point: on a border exactly one of those that share it, of squares the
    // one to the north or east. Empty outside the lattice and for a point that is not finite.
    std::optional<CellIndex> find(const BngPoint& point) const;

    friend bool operator==(const CellLattice&, const CellLattice&) = default;
};

// The lattice whose cells cover the extent. Throws std::invalid_argument for a cell that is not
// positive and finite, an empty extent or one that is not finite, or more than 2^24 cells.
CellLattice lattice_covering(const Box<BngPoint>& extent, CellShape shape, double cell_m);

// 1 for each cell that shares a point with the area, borders included, else 0; by offset. Exact but
// for rounding. Precondition: the polygons do not overlap. O(cells + vertices + cells crossed).
std::vector<std::uint8_t> cells_touching(const CellLattice& lattice,
                                         const MultiPolygon<BngPoint>& area);

} // namespace hotspots::geo
