// Counts on a lattice of cells and what they tell: Gi* by sums over runs of cells (no list of
// neighbours), the order of cells by count, and how few hold how much.
#pragma once

#include "geo/cells.hpp"
#include "geo/coordinates.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

struct CellCounts {
    std::vector<std::uint32_t> counts; // one a cell of the lattice, by offset
    std::size_t beyond = 0;            // points in no cell of the study area: counted nowhere else
};

// `in_area` is 1 for the cells that belong to the study area (cells_touching), else 0.
CellCounts count_in_cells(const CellLattice& lattice, std::span<const std::uint8_t> in_area,
                          std::span<const BngPoint> points);

// Which cells are neighbours of a cell, itself included: as runs of columns, both ends included,
// relative to the cell. Hexagons of even and odd rows have different ones.
struct Neighbourhood {
    struct Run {
        int row = 0;
        int first = 0;
        int last = 0;
        friend bool operator==(const Run&, const Run&) = default;
    };
    std::array<std::vector<Run>, 2> of_row; // even, odd
};

// Cells whose centres are at most `band_m` apart. Throws std::invalid_argument for a band that is
// negative, not finite or wider than 1000 cells.
Neighbourhood neighbours_within(CellShape shape, double cell_m, double band_m);

// The narrowest band that holds every cell that touches one: the usual choice for counts of crimes
// in cells (Chainey & Ratcliffe 2005). Squares: the eight around it, corners included, sqrt(2)
// sides. Hexagons: the ring of six.
double usual_band_m(CellShape shape, double cell_m);

// Gi* of each cell of the study area among all of them, empty ones included: Ord & Getis 1995 with
// binary weights. Cells outside the area have no part in it; their z is 0. Never NaN; 0 where all
// counts are equal. Throws std::invalid_argument for spans that are not one value a cell.
// O(cells x runs of a neighbourhood).
std::vector<double> gi_star(const CellLattice& lattice, std::span<const std::uint8_t> in_area,
                            std::span<const std::uint32_t> counts,
                            const Neighbourhood& neighbourhood);

// Offsets of the cells that hold anything: highest count first, then highest z, then from the
// south, then from the west.
std::vector<std::uint32_t> ranked_cells(std::span<const std::uint32_t> counts,
                                        std::span<const double> z);

struct CaptureStep {
    std::size_t cells = 0;    // the first so many by rank
    std::uint64_t points = 0; // hold so many
    friend bool operator==(const CaptureStep&, const CaptureStep&) = default;
};

// Steps of 1, 2, 5, 10, 20, ... cells up to all that are ranked. Empty where none is.
std::vector<CaptureStep> capture_curve(std::span<const std::uint32_t> ranked,
                                       std::span<const std::uint32_t> counts);

} // namespace hotspots::geo
