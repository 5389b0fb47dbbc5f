#include "geo/delay_counts.hpp"

#include "geo/simd.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace hotspots::geo {

namespace {

template <int lanes>
struct ShortsOf;
template <>
struct ShortsOf<8> {
    using type [[gnu::vector_size(16)]] = std::int16_t;
};
template <>
struct ShortsOf<16> {
    using type [[gnu::vector_size(32)]] = std::int16_t;
};
template <>
struct ShortsOf<32> {
    using type [[gnu::vector_size(64)]] = std::int16_t;
};

// So many pairs can be added up in 16 bits.
constexpr std::uint32_t most_added = std::numeric_limits<std::int16_t>::max();
static_assert(most_in_run <= most_added);

template <int lanes, int limits>
HOTSPOTS_INLINE void count_runs(const PairRuns& pairs, const std::int16_t* code,
                                const std::int16_t* limit, std::uint32_t* counts) {
    using V = typename ShortsOf<lanes>::type;
    V within[std::size_t{limits}] = {};
    V most[std::size_t{limits}] = {};
    for (int k = 0; k < limits; ++k) {
        most[k] = V{} + limit[k];
    }
    const std::uint32_t* second = pairs.second.data();
    const std::size_t runs = pairs.runs.size();
    std::uint32_t added = 0;
    for (std::size_t run = 0; run < runs; ++run) {
        const auto [first, count] = pairs.runs[run];
        V from;
        std::memcpy(&from, code + std::size_t{first} * lanes, sizeof(V));
        for (std::uint32_t i = 0; i < count; ++i) {
            V to;
            std::memcpy(&to, code + std::size_t{second[i]} * lanes, sizeof(V));
            V delay = from - to;
            delay = delay > 0 ? delay : -delay;
#pragma GCC unroll 4
            for (int k = 0; k < limits; ++k) {
                within[k] -= delay <= most[k]; // -1 where it holds
            }
        }
        second += count;
        added += count;
        if (run + 1 == runs || added + pairs.runs[run + 1].count > most_added) {
            for (int k = 0; k < limits; ++k) {
                for (int lane = 0; lane < lanes; ++lane) {
                    counts[k * lanes + lane] += static_cast<std::uint32_t>(within[k][lane]);
                }
                within[k] = V{};
            }
            added = 0;
        }
    }
}

// Four limits at a time stay in registers.
template <int lanes>
HOTSPOTS_INLINE void count_all(const PairRuns& pairs, const std::int16_t* code,
                               std::span<const std::int16_t> limits, std::uint32_t* counts) {
    std::fill(counts, counts + limits.size() * lanes, 0U);
    std::size_t k = 0;
    for (; k + 4 <= limits.size(); k += 4) {
        count_runs<lanes, 4>(pairs, code, limits.data() + k, counts + k * lanes);
    }
    if (k + 3 == limits.size()) {
        count_runs<lanes, 3>(pairs, code, limits.data() + k, counts + k * lanes);
    } else if (k + 2 == limits.size()) {
        count_runs<lanes, 2>(pairs, code, limits.data() + k, counts + k * lanes);
    } else if (k + 1 == limits.size()) {
        count_runs<lanes, 1>(pairs, code, limits.data() + k, counts + k * lanes);
    }
}

void count8(const PairRuns& pairs, const std::int16_t* code, std::span<const std::int16_t> limits,
            std::uint32_t* counts) {
    count_all<8>(pairs, code, limits, counts);
}

HOTSPOTS_TARGET("avx2")
void count16(const PairRuns& pairs, const std::int16_t* code, std::span<const std::int16_t> limits,
             std::uint32_t* counts) {
    count_all<16>(pairs, code, limits, counts);
}

HOTSPOTS_TARGET("avx512bw")
void count32(const PairRuns& pairs, const std::int16_t* code, std::span<const std::int16_t> limits,
             std::uint32_t* counts) {
    count_all<32>(pairs, code, limits, counts);
}

} // namespace

CountDelays delay_counter(int lanes) {
    return lanes >= 32 ? count32 : lanes >= 16 ? count16 : count8;
}

int most_delay_lanes() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bw") ? 32 : __builtin_cpu_supports("avx2") ? 16 : 8;
#else
    return 8;
#endif
}

} // namespace hotspots::geo
