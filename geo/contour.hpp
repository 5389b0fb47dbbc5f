// The region where a raster lies above a level, by marching squares between cell centres with
// linear interpolation. Cells beyond the raster count as 0.
#pragma once

#include "geo/geometry.hpp"
#include "geo/grid.hpp"

namespace hotspots::geo {

// Valid polygons, holes assigned, disjoint; sorted by (south, west) of their bounds, so that equal
// input gives equal bytes. Exteriors run counterclockwise, holes clockwise. A saddle is joined or
// cut by the mean of its four corners. Vertices keep 1/1000 cell away from cell centres, so that
// values exactly at the level give no rings that touch. The polygons' area differs from that of the
// cells above the level by at most half a cell times the length of those cells' outline. Values
// must be finite. Throws std::invalid_argument unless level > 0. Empty where no value exceeds the
// level. O(cells + vertices x log(vertices)), and holes x exteriors tests of bounds.
MultiPolygon<BngPoint> region_above(const Raster& raster, double level);

} // namespace hotspots::geo
