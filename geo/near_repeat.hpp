// Near-repeat: are events close in space also close in time more often than chance puts them so?
// The test of Knox 1964 in bands of distance and delay, with the permutation of times of Besag &
// Diggle 1977.
#pragma once

#include "geo/coordinates.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace hotspots::geo {

// Upper ends, ascending, included: {0, 100, 200} are the bands 0 m (the same place), above 0 to 100
// m, above 100 to 200 m; {7, 14} are 0 to 7 days and 8 to 14 days. The first band begins at 0.
struct NearRepeatBands {
    std::vector<double> distances_m;
    std::vector<int> days;
};

struct NearRepeatCell {
    std::int64_t observed = 0; // pairs of events in this band of distance and this of delay
    // The mean over all permutations of the times: pairs in the band of distance x pairs in the
    // band of delay / pairs.
    double expected = 0;
    double permutation_mean = 0; // of the permutations made; 0 where none was
    // (1 + permutations with at least `observed`) / (1 + permutations): one-sided, small where
    // there are more pairs than chance puts there. 1 where no permutation was made.
    double p = 1;

    std::optional<double> ratio() const; // observed / expected; empty where nothing is expected
};

struct NearRepeat {
    std::int64_t pairs = 0;                // n (n - 1) / 2
    std::vector<std::int64_t> within_band; // of distance, at any delay
    std::vector<std::int64_t> within_days; // at any distance
    std::vector<NearRepeatCell> cells;     // by band of distance, then of delay
};

struct NearRepeatRun {
    int permutations = 999;
    std::uint64_t seed = 1;
    int threads = 0; // 0: as many as the processor has; changes no figure
    int lanes = 0; // permutations made at once: 8, 16 or 32, no more than the processor has; 0: the
                   // most. Changes no figure
    // Told after each batch of permutations how many are done, one call at a time, from any thread.
    // What it throws ends the test. May be empty.
    std::function<void(int done)> progress = {};
};

// More pairs within the largest distance are refused: they are kept in memory.
inline constexpr std::int64_t most_close_pairs = std::int64_t{1} << 24;

// How many pairs of points are within the distance (finite, at least 0); stops counting beyond
// `most`.
std::int64_t count_close_pairs(std::span<const BngPoint> points, double distance_m,
                               std::int64_t most = most_close_pairs);

// `day[i]` counts whole days from any origin; a delay is the difference of two. Pairs are found
// once; a permutation looks at the times of their ends alone. Each permutation has a random stream
// of its own, so threads and lanes change nothing. Throws std::invalid_argument for unequal
// lengths, bands that are empty, not ascending or not finite, more than 3,650 days in the largest
// band, fewer than 0 permutations, a point that is not finite, more than most_close_pairs close
// pairs, or days so many and so far apart that they do not fit 32,767 (89 years without a
// gap longer than the largest band). O(n + close pairs x permutations).
NearRepeat near_repeat(std::span<const BngPoint> points, std::span<const std::int32_t> day,
                       const NearRepeatBands& bands, const NearRepeatRun& run = {});

} // namespace hotspots::geo
