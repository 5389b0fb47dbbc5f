// Closed contour lines of a raster by marching squares between cell centres, with linear
// interpolation, and the polygons that such lines bound: what geo/contour.hpp and geo/isobands.hpp
// are made of. Cells beyond the raster count as 0.
#pragma once

#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

// Names the line between two neighbouring cell centres that a contour crosses: 2 x the number of
// its western or southern one, row-major, + (1 if the line runs north). Lines that run east come in
// order from the south, then from the west.
using CrossingKey = std::uint64_t;

struct ContourRing {
    Ring<BngPoint> ring;           // closed; the higher side on its left
    std::vector<CrossingKey> keys; // one a vertex, without the last
    Box<BngPoint> box;
    double twice_area_m2 = 0; // > 0 where it runs counterclockwise
};

// A crossing keeps this share of a cell away from the cell centres and from crossings of other
// levels. Else values exactly at a level, or steep ones, would put several crossings in one place,
// and rings would touch.
inline constexpr double crossing_clearance = 1e-3;

inline constexpr std::size_t most_contour_levels = 64;

// The contour of levels[index]: rings around what is above it and, clockwise, around what is not.
// No two rings touch, neither of one level nor of several of the same `levels`: each crossing lies
// where linear interpolation puts it, moved by at most as many clearances as levels cross there. A
// saddle is joined or cut by the mean of its four corners, as the level is below it or not.
// Preconditions: levels above 0, strictly ascending, at most most_contour_levels; finite values.
// O(cells + vertices x (log(vertices) + levels)).
std::vector<ContourRing> contour_rings(const Raster& raster, std::span<const double> levels,
                                       std::size_t index);

// The same line the other way round: what was on its left is on its right.
ContourRing reversed(ContourRing ring);

// The polygons that have the area left of the rings inside: counterclockwise rings become
// exteriors, clockwise ones holes of the polygon around them. Valid; sorted by (south, west) of
// their bounds, holes likewise. Precondition: rings of contours of one raster that do not touch,
// and between any two that follow each other on a line lies area that is left of both or of none.
// O(vertices x log(vertices)).
MultiPolygon<BngPoint> polygons_within(std::vector<ContourRing> rings);

} // namespace hotspots::geo
