// The period that another is compared with: the one before it, as long as it. Pure calendar.
#pragma once

#include "data/moment.hpp"

#include <optional>

namespace hotspots::data {

struct PeriodBefore {
    Period period; // ends where the other begins
    // Lengths, in days: months differ, so "equal" ones may differ by some days.
    double days = 0;
    double days_now = 0;
};

// Of whole London months: as many months. Of whole London days: as many days. Else as many seconds.
// Empty for a period that is open on a side or holds nothing, and where the one before would begin
// before 1583, where our calendar does (parse_moment).
std::optional<PeriodBefore> period_before(const Period& period);

} // namespace hotspots::data
