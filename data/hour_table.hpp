// When incidents happened, as a table of weekdays by hours on London's clocks. A record that only
// says between when and when is spread over that window, not put at its start (aoristic analysis:
// Ratcliffe 2000, International Journal of Geographical Information Science 14(7)).
#pragma once

#include "data/record.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace hotspots::data {

// cells + hour_unknown + time_unknown add up to the incidents.
struct HourTable {
    // [weekday][hour], 0 = Monday, of calendar days: Saturday 01:00 is Saturday's.
    std::array<std::array<double, 24>, 7> cells{};
    std::array<double, 7> hour_unknown{}; // the day is known, the hour is not
    std::int64_t time_unknown = 0;        // neither: a month, or a window of a week or more
    std::int64_t spread = 0;              // of all: those that lie in more than one cell or day
};

// Each incident weighs 1. Where both ends of its window are exact, each hour of the clock gets the
// share of the window's time that lies in it: in the night when clocks go back the hour that comes
// twice gets both, in the night when they go forward the hour that does not come gets none. Where
// an end is known to the day alone, each weekday gets its share and the hour is unknown. `chosen`:
// indexes into `incidents`. O(hours of all windows).
HourTable make_hour_table(std::span<const Incident> incidents,
                          std::span<const std::uint32_t> chosen);

} // namespace hotspots::data
