// How a lattice of cells changes over slices of time: where it has lately become hot, stays hot,
// cools, or is hot now and then. Gi* of each slice, then the trend test of Mann and Kendall over
// the slices.
#pragma once

#include "geo/cell_statistics.hpp"
#include "geo/cells.hpp"
#include "geo/coordinates.hpp"
#include "geo/mann_kendall.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

// A cell is hot in a slice where Gi* of the slice's counts is significant among all cells of the
// study area, under control of the false discovery rate, and the cell and its neighbours hold at
// least `least_points` in that slice.
struct SpaceTimeRule {
    double false_discovery_rate = 0.05; // of the cells of a slice, and of the trends
    std::uint32_t least_points = 3;
};

// The first that holds:
// new         hot in at least two slices, all of them in the newest quarter of the slices
// fading      hot in at least two slices and a quarter of all, its trend significantly down
// persistent  hot in at least three quarters of the slices
// sporadic    hot in at least two slices
// none        hot in one
enum class SpaceTimePattern { none, sporadic, fading, persistent, newly_hot };

struct SpaceTimeCell {
    std::uint32_t offset = 0; // in the lattice
    SpaceTimePattern pattern = SpaceTimePattern::none;
    std::vector<std::uint8_t> hot;     // 1 or 0 a slice, oldest first
    std::vector<std::uint32_t> counts; // a slice, of the cell alone
    std::vector<std::uint32_t> around; // a slice, of the cell and its neighbours
    // Of `around`. p is not adjusted; the flag is, over all cells that are hot in any slice. (Which
    // those are does not depend on the order of the slices, so the test holds for them.)
    Trend trend;
    bool trend_significant = false;
};

struct SpaceTime {
    std::vector<SpaceTimeCell> cells;     // hot in any slice; by offset
    std::vector<std::uint32_t> hot_cells; // a slice
    std::vector<std::uint32_t> in_slice;  // points a slice, in cells of the study area
    std::size_t beyond = 0;               // points in no cell of the study area
};

SpaceTimePattern pattern_of(std::span<const std::uint8_t> hot, bool falls);

// `slice[i]` is that of points[i], 0 the oldest. `in_area` as in count_in_cells. Throws
// std::invalid_argument for unequal lengths or a slice that is not below `slices`.
// O(slices x cells x runs of a neighbourhood + points).
SpaceTime space_time(const CellLattice& lattice, std::span<const std::uint8_t> in_area,
                     std::span<const BngPoint> points, std::span<const std::uint16_t> slice,
                     std::uint16_t slices, const Neighbourhood& neighbourhood,
                     const SpaceTimeRule& rule = {});

} // namespace hotspots::geo
