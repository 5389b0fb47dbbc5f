// Does a series rise or fall? The rank test of Mann 1945 and Kendall 1975, with ties.
#pragma once

#include <cstdint>
#include <span>

namespace hotspots::geo {

struct Trend {
    std::int64_t s = 0; // pairs that rise less pairs that fall
    double tau = 0;     // Kendall's tau-b, -1..1
    double z = 0;       // (|s| - 1) over the standard deviation of s, signed: continuity corrected
    double p = 1;       // two-sided, from the normal distribution
};

// The trend of values in the order of time. Its p holds where values of different times do not lean
// on each other, and for about eight values or more. A constant series, and one of fewer than two
// values, has no trend: 0, p 1. Throws std::invalid_argument for a value that is not finite.
// O(n^2).
Trend mann_kendall(std::span<const double> values);

} // namespace hotspots::geo
