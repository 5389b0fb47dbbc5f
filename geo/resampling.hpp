// Data as they might have been: points moved within their uncertainty, or drawn anew.
#pragma once

#include "geo/coordinates.hpp"

#include <cstdint>
#include <span>

namespace hotspots::geo {

class Random; // geo/random.hpp

// The point moved by a Gaussian whose circle of 68 % has the radius `uncertainty_m`.
BngPoint jittered(const BngPoint& point, double uncertainty_m, Random& random);

// weights[i]: how often point i is in a bootstrap sample of all of them.
void draw_bootstrap(std::span<std::uint32_t> weights, Random& random);

} // namespace hotspots::geo
