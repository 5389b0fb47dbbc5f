// A period cut into slices of equal kind: calendar months or quarters, or weeks, on London's days.
#pragma once

#include "data/moment.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

enum class SliceLength { week, month, quarter };
std::string_view to_text(SliceLength length);

struct TimeSlice {
    data::Instant begin; // half-open
    data::Instant end;
    std::string label; // "2025-03", "2025-Q1", "2025-03-03/2025-03-09"
};

// The whole slices within [begin, end), oldest first; weeks are counted back from the last day that
// ends within it. No more than `most`: the newest.
std::vector<TimeSlice> make_slices(data::Instant begin, data::Instant end, SliceLength length,
                                   std::size_t most);

// The slice that holds all of [begin, end); or whether it touches one or several at all. Slices are
// ascending and may have gaps between them.
struct SlicePlace {
    std::optional<std::size_t> slice;
    bool touches = false;
};
SlicePlace place_in(const std::vector<TimeSlice>& slices, data::Instant begin, data::Instant end);

} // namespace hotspots::service
