// The region where a raster lies above a level, by marching squares between cell centres with
// linear interpolation. Cells beyond the raster count as 0.
#pragma once

#include "geo/geometry.hpp"
#include "geo/grid.hpp"

namespace hotspots::geo {

// Valid polygons, holes assigned, disjoint; sorted by (south, west) of their bounds, so that equal
// input gives equal bytes. A saddle is joined or cut by the mean of its four corners.
// Precondition: level > 0. Empty where no value exceeds the level.
MultiPolygon<BngPoint> region_above(const Raster& raster, double level);

} // namespace hotspots::geo
