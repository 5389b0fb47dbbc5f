// When something happened, at the precision that it was recorded with: a month, a day or an exact
// time. Europe/London local time unless the text has an offset; never made more precise than it is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::data {

using Instant = std::chrono::sys_seconds;

enum class TimePrecision { month, day, exact };

// Half-open interval of instants [begin, end) that the text stands for. For an exact time
// end == begin: an instant.
struct Moment {
    Instant begin{};
    Instant end{};
    TimePrecision precision = TimePrecision::exact;
    friend bool operator==(const Moment&, const Moment&) = default;
};

// ISO 8601: 2025-03 | 2025-03-01 | 2025-03-01T22:15[:30[.5]][Z|+01:00] (a space for T is accepted).
// Fractions of a second are dropped. Local times that a clock change skips or repeats are taken as
// the earlier of the two readings (ECMAScript Temporal's `earlier`): 2025-03-30T01:30, which no
// clock showed, is 00:30 UTC; 2025-10-26T01:30, shown twice, is 00:30 UTC. Empty if the text is
// none of these, no such day or time, or not in the years 1583 to 9999 (ISO 8601's range).
std::optional<Moment> parse_moment(std::string_view text);

// 2025-03, 2025-03-01 (London) or 2025-03-01T22:15:00Z (UTC), by precision.
std::string format_moment(const Moment& moment);

std::string format_utc(Instant instant); // 2025-03-01T22:15:00Z

// Calendar fields of an instant on London's clocks.
struct LondonTime {
    std::chrono::year_month_day day{};
    unsigned hour = 0;    // 0..23
    unsigned weekday = 0; // 0 = Monday .. 6 = Sunday
};
LondonTime london_time(Instant instant);

// The instant at which a London calendar day begins.
Instant london_midnight(std::chrono::year_month_day day);

// Half-open; either side may be open. From the `datetime` parameter or a default.
struct Period {
    std::optional<Instant> begin;
    std::optional<Instant> end;
    friend bool operator==(const Period&, const Period&) = default;
};

// The `datetime` parameter: D, D/D, ../D, D/.. or ../.. where D is a month, a whole London day or
// an exact time; both ends are included, an exact end with its second. An end left empty is open,
// as in OGC API - Features 1.0, 7.15.4. Throws std::invalid_argument that says what would be right.
Period parse_period(std::string_view text);

// Whole days or instants back to text that parse_period reads to the same period.
std::string format_period(const Period& period);

// True if the interval [begin of `from`, end of `to` or of `from`) touches the period.
bool touches(const Moment& from, const std::optional<Moment>& to, const Period& period);

} // namespace hotspots::data
