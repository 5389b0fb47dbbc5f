// What the density benchmark measures against: the least work known for the same sums, without the
// checks, the fixed order, the weights and the other kernels of geo/density. Quartic only.
#pragma once

#include "geo/grid.hpp"

#include <span>

namespace hotspots::bench {

// Points sorted by cell in one counting sort, then added cell by cell in vector registers.
geo::Raster sorted_floor(std::span<const geo::BngPoint> points, const geo::GridSpec& grid,
                         double bandwidth_m, int threads);

// Point by point in the order of the input, without branches; for few points.
geo::Raster plain_floor(std::span<const geo::BngPoint> points, const geo::GridSpec& grid,
                        double bandwidth_m);

} // namespace hotspots::bench
