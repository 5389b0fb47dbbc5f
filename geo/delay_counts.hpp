// The innermost loop of the near-repeat test (geo/near_repeat.hpp): how many pairs are at most so
// many days apart, for several permutations of the days at once, one in each lane of a register.
#pragma once

#include "geo/close_pairs.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace hotspots::geo {

// Days by place and lane: code[place * lanes + lane], 0...32767. For each of the limits (days, at
// least 0) and each lane, counts[limit * lanes + lane] becomes the number of pairs of the band at
// most so many days apart.
using CountDelays = void (*)(const PairRuns& pairs, const std::int16_t* code,
                             std::span<const std::int16_t> limits, std::uint32_t* counts);

// `lanes` is 8, 16 or 32, no more than most_delay_lanes(). All give the same counts.
CountDelays delay_counter(int lanes);

// As many as a register of this processor holds: 8, 16 (AVX2) or 32 (AVX-512).
int most_delay_lanes();

} // namespace hotspots::geo
