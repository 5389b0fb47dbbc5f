// Isobands: polygons between ascending levels of a density, and the levels to take. Smooth at the
// scale of a cell: marching squares between cell centres with linear interpolation, as hotspots
// are.
#pragma once

#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <optional>
#include <span>
#include <vector>

namespace hotspots::geo {

struct Isoband {
    double from_per_km2 = 0;          // density is above it
    std::optional<double> to_per_km2; // and not above this; the highest band is open upwards
    MultiPolygon<BngPoint> outline;   // valid
};

// The bands between the levels, one a level, ascending; empty ones included. Each is bounded by the
// same vertices as its neighbours, so that together they are the region above the lowest level and
// no two overlap; made without an overlay. Tolerance against the raster:
//  - a cell's centre lies in the band of its value, none on a boundary;
//  - a vertex lies on the line between two neighbouring centres where linear interpolation gives
//    the band's level, or 1/1000 cell further for each level that crosses there and for the centre;
//  - a band's area differs from that of the cells whose value it holds by at most half a cell times
//    the outlines' length of the cells above its lower level and of those above its upper one.
// Cells beyond the raster count as 0. Throws std::invalid_argument unless there are 1..64 levels,
// finite, above 0 and strictly ascending. O(levels x cells + vertices x log(vertices)).
std::vector<Isoband> isobands(const Raster& raster, std::span<const double> levels_per_km2);

// The same within the study area. Bands meet as before, but for the rounding where the study area's
// boundary cuts them. Precondition: the area is valid.
std::vector<Isoband> isobands_in(const MultiPolygon<BngPoint>& study_area, const Raster& raster,
                                 std::span<const double> levels_per_km2);

// Values above 0 of the cells whose centre lies in the study area, ascending.
std::vector<double> values_above_zero(const Raster& raster,
                                      const MultiPolygon<BngPoint>& study_area);

// For each share the lowest level that at least that share of the values are at or below (the
// inverse of their distribution function), with six significant figures, so that a level as printed
// is the level. Ascending; levels that coincide come once. Empty without values. Preconditions:
// values ascending and above 0, shares in (0, 1) and ascending.
std::vector<double> quantile_levels(std::span<const double> ascending_values,
                                    std::span<const double> shares);

// The `count` highest levels of the series 1, 2, 5, 10, 20, 50 ... (and 0.5, 0.2, ...) below the
// peak, ascending: they stay the same until the peak passes the next. Empty for a peak of 0.
// Precondition: the peak is finite, count >= 0.
std::vector<double> round_levels(double peak_per_km2, int count);

} // namespace hotspots::geo
