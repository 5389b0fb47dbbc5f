// Getis and Ord's statistics of local and overall clustering with binary weights, for values at any
// places. Gi* and Gi as standard deviates, Getis & Ord 1992 and Ord & Getis 1995 (eqs. 5 and 6).
// For counts on a full lattice, without a list of neighbours, see geo/cell_statistics.hpp.
#pragma once

#include "geo/coordinates.hpp"

#include <span>
#include <vector>

namespace hotspots::geo {

// All three take one value a place, and as neighbours the places at most `threshold_m` apart. No
// result is NaN: a deviate that is not defined (a constant field, no neighbour at all, all places
// neighbours) is 0, as nothing then speaks for a cluster. Throw std::invalid_argument for unequal
// lengths, a threshold that is not above 0 and finite, a point that is not finite, or a value that
// is not within +-1e300. O(places x places within the threshold's band of northings), Gi
// O(places^2).

// z of each place's neighbourhood with the place itself.
std::vector<double> gi_star(std::span<const BngPoint> places, std::span<const double> values,
                            double threshold_m);

// z of each place's neighbourhood without it, against the mean and deviation of all others.
std::vector<double> gi(std::span<const BngPoint> places, std::span<const double> values,
                       double threshold_m);

// General G: the share of the products of all pairs that pairs of neighbours hold; 0 where the
// products add up to 0. Meant for values of at least 0.
double general_g(std::span<const BngPoint> places, std::span<const double> values,
                 double threshold_m);

// The deviate of a neighbourhood of `weight` among `count` places, of which the sum of values less
// `weight` means is `excess` and the standard deviation (divisor `count`) `deviation`. 0 where it
// is not defined.
double getis_ord_z(double excess, double weight, double count, double deviation);

// The chance of a standard normal deviate of at least z: one-sided, small where values are high.
double upper_tail_p(double z);

} // namespace hotspots::geo
