// Dates and timestamps as CQL2 writes them (RFC 3339: full-date, and date-time with 'Z').
#pragma once

#include "service/filter/expression.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service::filter {

// 2025-07-01. Empty if it is no day of the calendar.
std::optional<Date> parse_date(std::string_view text);

// 2025-07-01T22:15:00[.5]Z; digits beyond a microsecond are dropped. Empty if it is no time.
std::optional<Timestamp> parse_timestamp(std::string_view text);

// What the two read to the same value. Precondition: of the years 0 to 9999.
std::string to_text(const Date& date);
std::string to_text(const Timestamp& timestamp);

} // namespace hotspots::service::filter
