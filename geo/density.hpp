// Kernel density of points, exact at cell centres, in events per km2 over the chosen period.
// Bandwidth h is the kernel's support (the Gaussian's standard deviation; truncated at 4 h).
// Quartic: 3/(pi h^2) (1 - d^2/h^2)^2 for d < h (Silverman 1986, eq. 4.5).
#pragma once

#include "geo/coordinates.hpp"
#include "geo/grid.hpp"

#include <span>

namespace hotspots::geo {

enum class Kernel { quartic, epanechnikov, triangular, uniform, gaussian };

// Distance beyond which a single event adds exactly nothing.
double kernel_reach_m(Kernel kernel, double bandwidth_m);

// Density at the place of one event: 3/(pi h^2) x 1e6 for the quartic.
double kernel_peak_per_km2(Kernel kernel, double bandwidth_m);

// The density of `points` at every cell centre of `grid`. Points outside the grid count as far as
// they reach into it. Exactly zero beyond the reach of every point. Bandwidth > 0, finite.
// The order of the points does not matter, to the last bit. Throws std::invalid_argument for a bad
// bandwidth or a point that is not finite. O(points x (reach/cell)^2 + cells).
Raster density(std::span<const BngPoint> points, const GridSpec& grid, Kernel kernel,
               double bandwidth_m);

} // namespace hotspots::geo
