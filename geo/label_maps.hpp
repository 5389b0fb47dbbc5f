// The inner part of geo/density_difference: maps of deviations for many labellings of the same
// events at once, one in each lane of a register, reduced to the largest deviation on each.
#pragma once

#include "geo/density.hpp"
#include "geo/grid.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

inline constexpr std::size_t label_lanes = 16;

// Events at one place.
struct LabelledPlace {
    BngPoint at;
    std::uint32_t events = 0;
    std::uint32_t of_a = 0;
};

// The places of the events, from south to north, then from west to east.
struct LabelledPlaces {
    std::vector<LabelledPlace> places;
    std::size_t a = 0; // points
    std::size_t all = 0;
};
LabelledPlaces labelled_places(std::span<const BngPoint> a, std::span<const BngPoint> b);

// The cells of a row that are looked at, and the places within reach of it.
struct LabelledRow {
    int row = 0;
    std::size_t first_place = 0;
    std::size_t last_place = 0; // exclusive
    std::vector<int> columns;
    std::vector<double> inverse_deviation; // of each of the columns
    std::vector<std::int32_t> slot; // of each column of the grid: its place in `columns`, or -1
};

// For each lane the largest |sum of kernel x excess| x inverse_deviation of any cell of the rows.
// excess[place * label_lanes + lane] is what A has at the place beyond its share.
std::array<double, label_lanes> largest_deviations(const std::vector<LabelledRow>& rows,
                                                   const LabelledPlaces& places,
                                                   const GridSpec& grid, Kernel kernel,
                                                   double bandwidth_m,
                                                   std::span<const double> excess);

// Columns of the grid whose centres are within `half_m` of an easting: first...last, none where
// last < first.
struct ColumnRange {
    int first = 0;
    int last = -1;
};
ColumnRange columns_within(const GridSpec& grid, double easting_m, double half_m);

} // namespace hotspots::geo
