// A random order, the same on every machine.
#pragma once

#include "geo/random.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace hotspots::geo {

// Puts a random choice of `first` of the values, in random order, at the front, all others behind
// (Fisher & Yates; Durstenfeld 1964). All of them where `first` is their number or more.
// Precondition: fewer than 2^32 values.
template <class Value, std::size_t extent>
constexpr void shuffle_first(std::span<Value, extent> values, std::size_t first, Random& random) {
    for (std::size_t i = 0; i < first && i + 1 < values.size(); ++i) {
        const auto left = static_cast<std::uint32_t>(values.size() - i);
        std::swap(values[i], values[i + random.below(left)]);
    }
}

} // namespace hotspots::geo
