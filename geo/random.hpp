// Random numbers that are the same on every machine, for permutations, bootstraps and simulations:
// the standard library's distributions differ between libraries. Seeds come from parameters alone.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace hotspots::geo {

// SplitMix64 (Steele, Lea & Flood 2014): one step of the state, and its number.
constexpr std::uint64_t split_mix(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

// xoshiro256** 1.0 (Blackman & Vigna 2021), its state filled by SplitMix64.
class Random {
public:
    // Streams of one seed are independent of each other: one a run, whichever thread it is on.
    explicit constexpr Random(std::uint64_t seed, std::uint64_t stream = 0) {
        std::uint64_t mixed = split_mix(stream) ^ seed;
        for (auto& part : m_state) {
            part = split_mix(mixed);
        }
    }
    // Not all zero.
    explicit constexpr Random(const std::array<std::uint64_t, 4>& state) : m_state(state) {}

    constexpr std::uint64_t operator()() {
        const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
        const std::uint64_t t = m_state[1] << 17U;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    // 0 <= result < bound, all equally likely (Lemire 2019). Precondition: bound > 0.
    constexpr std::uint32_t below(std::uint32_t bound) {
        std::uint64_t product = ((*this)() >> 32U) * bound;
        if (static_cast<std::uint32_t>(product) < bound) {
            const std::uint32_t uneven = (0U - bound) % bound;
            while (static_cast<std::uint32_t>(product) < uneven) {
                product = ((*this)() >> 32U) * bound;
            }
        }
        return static_cast<std::uint32_t>(product >> 32U);
    }

    // 0 <= result < 1, a multiple of 2^-53.
    constexpr double unit() { return static_cast<double>((*this)() >> 11U) * 0x1p-53; }

private:
    std::array<std::uint64_t, 4> m_state{};
};

} // namespace hotspots::geo
