// What is shown of a count, and what whoever sees that knows of the count.
#pragma once

#include "data/release/release.hpp"

#include <cstdint>
#include <limits>

namespace hotspots::data {

inline constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max() / 4;

// Both ends included; `upper` may be no_limit.
struct CountRange {
    std::int64_t lower = 0;
    std::int64_t upper = no_limit;
    bool holds(std::int64_t count) const { return lower <= count && count <= upper; }
    friend bool operator==(const CountRange&, const CountRange&) = default;
};

// 0 stays 0, 1 to the threshold are hidden, others rounded to the nearest multiple, halves up: by
// the usual rule 8 to 12 are shown as 10, so that no 5 is ever shown.
Figure figure_of(std::int64_t count, const DisclosureRule& rule);

// The counts that such a figure may stand for.
CountRange range_of(const Figure& figure, const DisclosureRule& rule);

// Whether a hidden count that may be any of this range is hidden well enough.
bool is_safe(const CountRange& range, const DisclosureRule& rule);

} // namespace hotspots::data
