// Random draws that are the same on every machine: std::mt19937_64 is laid down by the standard,
// the standard library's distributions and the C library's logarithms are not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace hotspots::data::demo {

class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}

    // 0 <= result < bound; bound > 0. Evenly: what would favour low numbers is drawn again.
    std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
        std::uint64_t value = m_engine();
        while (value >= limit) {
            value = m_engine();
        }
        return value % bound;
    }
    int between(int lowest, int highest) {
        return lowest + static_cast<int>(below(static_cast<std::uint64_t>(highest - lowest + 1)));
    }
    bool chance(int per_thousand) { return between(0, 999) < per_thousand; }

    // Bell-shaped around 0 with standard deviation 1: twelve even draws less six (Irwin-Hall).
    double bell() {
        std::uint64_t sum = 0;
        for (int i = 0; i < 12; ++i) {
            sum += below(1'000'001);
        }
        return static_cast<double>(sum) / 1e6 - 6;
    }

    template <class Item>
    const Item& pick(std::span<const Item> items) {
        return items[below(items.size())];
    }

    // Index i with a probability in proportion to weights[i]. Their sum is positive.
    std::size_t weighted(std::span<const int> weights) {
        std::uint64_t sum = 0;
        for (const int weight : weights) {
            sum += static_cast<std::uint64_t>(weight);
        }
        std::uint64_t left = below(sum);
        std::size_t index = 0;
        while (left >= static_cast<std::uint64_t>(weights[index])) {
            left -= static_cast<std::uint64_t>(weights[index]);
            ++index;
        }
        return index;
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace hotspots::data::demo
