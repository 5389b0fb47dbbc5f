// Bandwidths that rules of the literature suggest for a set of points, each as the support h of the
// kernel that is asked for: two of one standard deviation are taken as equal, so that h is the
// Gaussian's sigma, and sigma x sqrt(8) for the quartic (as in R's spatstat). Suggestions only: on
// clustered points they differ by a factor of ten and more, as they seek other things.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/density.hpp"
#include "geo/places.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hotspots::geo {

// A rule of thumb made for points of one normal distribution; empty where there are fewer than two
// points or they have no spread.
struct AxisRule {
    std::optional<double> easting_m; // from that axis alone
    std::optional<double> northing_m;
    std::optional<double> both_m;
};

// Scott 1992, eq. 6.42: the standard deviation of each axis x n^(-1/6); `both_m` is their geometric
// mean, empty where an axis has no spread (points on one line from west to east, say).
// spatstat's bw.scott, isotropic or not.
AxisRule scott_bandwidth(std::span<const BngPoint> points, Kernel kernel);

// Silverman 1986, eq. 4.14 and 3.28: in the plane the same n^(-1/6), from the smaller of the
// standard deviation and the interquartile range / 1.34 of each axis (the standard deviation where
// that range is 0); `both_m` from the mean of their squares.
AxisRule silverman_bandwidth(std::span<const BngPoint> points, Kernel kernel);

// The mean, over all points, of the log of the density that the points at other places give there,
// as a probability density per km2: likelihood cross-validation (Silverman 1986, 3.4.4), exact at
// the points. Points in the same place count as often as there are, but none gives density to
// another of its place: else snapped points would make the likelihood of h = 0 infinite.
// `share_even` of the density is instead spread evenly over `area_km2`, so that a point with no
// other in reach does not rule a bandwidth out. Empty where the density at a point is 0, or there
// are fewer than two places.
std::optional<double> leave_one_out_log_likelihood(std::span<const Place> places,
                                                   const PlaceSums& sums, Kernel kernel,
                                                   double bandwidth_m, double share_even = 0,
                                                   double area_km2 = 1, int threads = 0);

struct LikelihoodBandwidth {
    double bandwidth_m = 0;
    double log_likelihood = 0; // of one point, on average
    bool at_limit = false;     // the best is the search's least or most
};

// The bandwidth of the highest likelihood, where 1/n is spread evenly over the area: by steps of a
// twelfth of a decade from `least_m` up to `most_m`, ending early where six in a row (a factor of
// 3.2) were lower than the best; then by golden section to 1 %. Empty for fewer than two places.
// The same for any order of the points and any number of threads (0: as many as there are).
// O(pairs within reach), a few nanoseconds each.
std::optional<LikelihoodBandwidth> likelihood_bandwidth(std::span<const Place> places,
                                                        Kernel kernel, double least_m,
                                                        double most_m, double area_km2,
                                                        int threads = 0);

} // namespace hotspots::geo
