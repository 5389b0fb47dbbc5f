// Pairs of points that are close to each other, by bands of distance: the part of the near-repeat
// test (geo/near_repeat.hpp) that is done once.
#pragma once

#include "geo/coordinates.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

// The pairs of one band. Points go by their place in ClosePairs::order.
struct PairRuns {
    // The next `count` entries of `second` are paired with `first`.
    struct Run {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };
    std::vector<Run> runs;
    std::vector<std::uint32_t> second;
};

struct ClosePairs {
    std::vector<std::uint32_t> order; // points by cell, those without any close pair last
    std::size_t paired = 0;           // the first so many have a close pair
    std::vector<PairRuns> bands;      // as upper_ends_m
};

// A longer run is cut into several.
inline constexpr std::uint32_t most_in_run = 1024;

// Each pair of two points at most `upper_ends_m.back()` apart is in the first band whose upper end
// it does not pass. Points must be finite and within 1e9 m of the origin, the ends ascending and at
// least 0. O(n log n + pairs). Throws std::invalid_argument for other points, and where there are
// more than `most` pairs.
ClosePairs find_close_pairs(std::span<const BngPoint> points, std::span<const double> upper_ends_m,
                            std::int64_t most);

} // namespace hotspots::geo
