#include "data/period_before.hpp"
#include "tests/catch.hpp"

#include <string>

using namespace hotspots::data;

namespace {

std::string before(const std::string& period) {
    const auto found = period_before(parse_period(period));
    return found ? format_period(found->period) : "none";
}

} // namespace

TEST_CASE("Before whole months lie as many whole months", "[period_before]") {
    CHECK(before("2023-10/2025-09") == "2021-10-01/2023-09-30");
    CHECK(before("2025-03") == "2025-02-01/2025-02-28");
    CHECK(before("2025-01/2025-03") == "2024-10-01/2024-12-31");
    CHECK(before("2024-01/2024-12") == "2023-01-01/2023-12-31");
}

TEST_CASE("Before whole days lie as many days, also where clocks change", "[period_before]") {
    CHECK(before("2025-03-10/2025-03-16") == "2025-03-03/2025-03-09");
    CHECK(before("2025-03-31/2025-04-06") == "2025-03-24/2025-03-30");
    CHECK(before("2025-03-01") == "2025-02-28");
    CHECK(before("2025-03-02/2025-04-01") == "2025-01-30/2025-03-01");
}

TEST_CASE("Before exact times lies as much time", "[period_before]") {
    const auto found =
        period_before(parse_period("2025-03-14T12:00:00Z/2025-03-14T17:59:59Z")).value();
    CHECK(format_utc(*found.period.begin) == "2025-03-14T06:00:00Z");
    CHECK(format_utc(*found.period.end) == "2025-03-14T12:00:00Z");
    CHECK(found.days == 0.25);
    CHECK(found.days_now == 0.25);
}

TEST_CASE("The lengths are told in days", "[period_before]") {
    const auto months = period_before(parse_period("2025-03")).value();
    CHECK(months.days == 28);
    CHECK(months.days_now == 31);
    const auto days = period_before(parse_period("2025-03-30")).value(); // of 23 hours
    CHECK(days.days == 1);
    CHECK(days.days_now == 1);
}

TEST_CASE("An open period has none before it, nor has one at the calendar's beginning",
          "[period_before]") {
    CHECK(before("../..") == "none");
    CHECK(before("../2025-03") == "none");
    CHECK(before("2025-03/..") == "none");
    CHECK(before("1600-01/2025-03") == "none");
}
