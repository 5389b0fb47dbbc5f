// Kernel density where every place has a bandwidth of its own, narrow where points are dense and
// wide where they are few: Abramson 1982, 'On bandwidth variation in kernel estimates - a square
// root law'.
#pragma once

#include "geo/density.hpp"
#include "geo/grid.hpp"
#include "geo/places.hpp"

#include <span>
#include <vector>

namespace hotspots::geo {

// Local bandwidths are kept within these multiples of the given one.
inline constexpr double narrowest_bandwidth = 1.0 / 3;
inline constexpr double widest_bandwidth = 3;

// h sqrt(g / pilot), within the bounds above.
double local_bandwidth_m(double bandwidth_m, double pilot_per_km2, double mean_per_km2);

// The geometric mean g of the pilot over all points, a place counted as often as it has points.
// 0 without places. Precondition: pilot > 0, one for each place.
double geometric_mean(std::span<const Place> places, std::span<const double> pilot_per_km2);

// The bandwidth of each place. The pilot is the density at the places, their own points included,
// with the same kernel and the fixed bandwidth given: one value a place, such as
// PlaceSums::at_places has, edge-corrected or not.
std::vector<double> abramson_bandwidths_m(std::span<const Place> places,
                                          std::span<const double> pilot_per_km2,
                                          double bandwidth_m);

// Events per km2 at the centres of the cells, where place i counts weights[i] events with a kernel
// of bandwidth bandwidths_m[i]. Exact, never negative, and exactly zero beyond all reach; the mass
// over a grid padded by the widest reach is the sum of the weights, to within 0.1 % where the
// narrowest bandwidth is 5 cells or more. Places are added in the order given, for any number of
// threads (0: as many as there are). Throws std::invalid_argument for spans of other lengths than
// the places', or a bandwidth or a weight as geo/density does.
Raster adaptive_density(std::span<const Place> places, std::span<const double> weights,
                        std::span<const double> bandwidths_m, const GridSpec& grid, Kernel kernel,
                        int threads = 0);

} // namespace hotspots::geo
