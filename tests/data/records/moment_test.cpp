// Oracle of the instants: Python 3.11's zoneinfo (IANA tzdata, Europe/London). Where the clocks
// skip or repeat a time, the earlier of its two readings (fold=0 and fold=1 there).
#include "data/moment.hpp"
#include "tests/catch.hpp"

#include <random>

using namespace hotspots::data;
using namespace std::chrono_literals;

namespace {

Instant at(std::int64_t seconds) {
    return Instant{std::chrono::seconds{seconds}};
}

struct Case {
    const char* text;
    std::int64_t begin_s;
    std::int64_t end_s;
    TimePrecision precision;
};

struct BadPeriod {
    const char* text;
    const char* says;
};

} // namespace

TEST_CASE("a moment is the interval that its text stands for on London's clocks") {
    const auto c = GENERATE(values<Case>({
        {"2025-01", 1735689600, 1738368000, TimePrecision::month},
        {"2025-03", 1740787200, 1743462000, TimePrecision::month}, // an hour short
        {"2025-10", 1759273200, 1761955200, TimePrecision::month}, // an hour long
        {"2024-02", 1706745600, 1709251200, TimePrecision::month},
        {"2025-03-30", 1743292800, 1743375600, TimePrecision::day}, // 23 hours
        {"2025-10-26", 1761433200, 1761523200, TimePrecision::day}, // 25 hours
        {"2025-07-01", 1751324400, 1751410800, TimePrecision::day},
    }));
    INFO(c.text);
    const auto moment = parse_moment(c.text);
    REQUIRE(moment);
    CHECK(*moment == Moment{at(c.begin_s), at(c.end_s), c.precision});
    CHECK(format_moment(*moment) == c.text);
}

TEST_CASE("a local time is read with London's offset, summer and winter") {
    const auto [text, seconds] = GENERATE(table<const char*, std::int64_t>({
        {"2025-01-15T12:00", 1736942400},
        {"2025-01-15 12:00:00", 1736942400},
        {"2025-07-15T12:00", 1752577200},
        {"2025-07-15T12:00:00.999", 1752577200},
        {"2025-03-30T00:59:59", 1743296399},
        {"2025-03-30T01:00", 1743292800}, // skipped
        {"2025-03-30T01:30", 1743294600}, // skipped
        {"2025-03-30T02:00", 1743296400},
        {"2025-10-26T00:59:59", 1761436799},
        {"2025-10-26T01:00", 1761436800}, // shown twice
        {"2025-10-26T01:30", 1761438600}, // shown twice
        {"2025-10-26T02:00", 1761444000},
        {"1970-06-01T12:00", 13086000},   // British Standard Time, all year
        {"1941-07-01T12:00", -899474400}, // double summer time
        {"1969-12-31T23:00", -7200},
        {"2024-02-29T23:59:59", 1709251199},
        {"2037-07-01T00:00", 2130015600},
    }));
    INFO(text);
    const auto moment = parse_moment(text);
    REQUIRE(moment);
    CHECK(*moment == Moment{at(seconds), at(seconds), TimePrecision::exact});
}

TEST_CASE("an offset overrides London's clocks") {
    // RFC 3339, section 5.8, has the first and the last of these; the others by subtraction.
    const auto [text, utc] = GENERATE(table<const char*, const char*>({
        {"1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z"},
        {"2025-07-15T12:00Z", "2025-07-15T12:00:00Z"},
        {"2025-07-15T12:00:00+01:00", "2025-07-15T11:00:00Z"},
        {"2025-01-01T00:15+05:45", "2024-12-31T18:30:00Z"},
        {"1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50Z"},
    }));
    INFO(text);
    const auto moment = parse_moment(text);
    REQUIRE(moment);
    CHECK(format_moment(*moment) == utc);
    CHECK(parse_moment(utc) == moment);
}

TEST_CASE("what is no date or time, or none that exists, is not read") {
    const auto* text = GENERATE(
        "", " ", "2025", "2025-", "2025-1", "2025-13", "2025-00", "2025-02-30", "2025-02-29",
        "2025-04-31", "2025-01-00", "2025-01-32", "25-01-01", "01/02/2025", "2025/01/02",
        "20250102", "2025-01-02T", "2025-01-02T24:00", "2025-01-02T12", "2025-01-02T12:60",
        "2025-01-02T12:00:60", "2025-01-02T12:00:00.", "2025-01-02T12:00:00,5",
        "2025-01-02T12:00+01", "2025-01-02T12:00+0100", "2025-01-02T12:00+24:00",
        "2025-01-02T12:00ZZ", "2025-01-02T12:00 ", " 2025-01-02", "2025-01-02  12:00",
        "2025-01-02t12:00", "-2025-01-02", "+2025-01", "1582-12-31", "0000-01-01", "1900-02-29",
        "1583-01-01T00:00+12:00", "9999-12-31T23:00-12:00", "yesterday", "2025-0\xC3\xA9");
    INFO(text);
    CHECK_FALSE(parse_moment(text));
}

TEST_CASE("every moment formats to a text that reads back as the same moment") {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<std::int64_t> seconds(-12'212'553'600, 253'402'300'799);
    for (int i = 0; i < 20'000; ++i) {
        const Instant instant = at(seconds(random));
        const Moment exact{instant, instant, TimePrecision::exact};
        const auto text = format_moment(exact);
        INFO(text);
        REQUIRE(parse_moment(text) == exact);
        const auto day = parse_moment(text.substr(0, 10));
        REQUIRE(day);
        REQUIRE(format_moment(*day) == text.substr(0, 10));
        const auto month = parse_moment(text.substr(0, 7));
        REQUIRE(month);
        REQUIRE(format_moment(*month) == text.substr(0, 7));
        REQUIRE((month->begin <= day->begin && day->end <= month->end));
        REQUIRE(london_time(day->begin).hour == 0);
    }
}

TEST_CASE("an instant has London's day, hour and weekday") {
    using namespace std::chrono;
    const auto check = [](std::int64_t s, year_month_day day, unsigned hour, unsigned weekday) {
        INFO(s);
        const auto time = london_time(at(s));
        CHECK(time.day == day);
        CHECK(time.hour == hour);
        CHECK(time.weekday == weekday);
    };
    check(1740867300, 2025y / 3 / 1, 22, 5);  // Saturday
    check(1751410800, 2025y / 7 / 2, 0, 2);   // 23:00 UTC of the day before
    check(1761438600, 2025y / 10 / 26, 1, 6); // the repeated hour
    check(1743294600, 2025y / 3 / 30, 0, 6);
    check(0, 1970y / 1 / 1, 1, 3);
}

TEST_CASE("a period takes whole days and months at both ends, and the second of a time") {
    const auto [text, begin, end] = GENERATE(table<const char*, const char*, const char*>({
        {"2025-03", "2025-03-01T00:00:00Z", "2025-03-31T23:00:00Z"},
        {"2025-07-01", "2025-06-30T23:00:00Z", "2025-07-01T23:00:00Z"},
        {"2025-01/2025-02", "2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z"},
        {"2025-01-01/2025-01-01", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"},
        {"../2025-01-31", "..", "2025-02-01T00:00:00Z"},
        {"2025-07/..", "2025-06-30T23:00:00Z", ".."},
        {"/2025-01-31", "..", "2025-02-01T00:00:00Z"},
        {"2025-07/", "2025-06-30T23:00:00Z", ".."},
        {"../..", "..", ".."},
        {"2025-01-01T10:00:00Z", "2025-01-01T10:00:00Z", "2025-01-01T10:00:01Z"},
        {"2025-01-01T10:00:00Z/2025-01-01T11:00:00Z", "2025-01-01T10:00:00Z",
         "2025-01-01T11:00:01Z"},
        {"2025-07-01T10:00/2025-07-02", "2025-07-01T09:00:00Z", "2025-07-02T23:00:00Z"},
    }));
    INFO(text);
    const auto period = parse_period(text);
    CHECK((period.begin ? format_utc(*period.begin) : "..") == begin);
    CHECK((period.end ? format_utc(*period.end) : "..") == end);
    CHECK(parse_period(format_period(period)) == period);
}

TEST_CASE("a period is written as short as it can be read back") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"2025-03", "2025-03-01/2025-03-31"},
        {"2025-03-01/2025-03-01", "2025-03-01"},
        {"../2025-12", "../2025-12-31"},
        {"2025-01-01T10:00:00Z/..", "2025-01-01T10:00:00Z/.."},
        {"../..", "../.."},
    }));
    CHECK(format_period(parse_period(text)) == expected);
}

TEST_CASE("a period that cannot be read says what would be right") {
    const auto c = GENERATE(values<BadPeriod>({
        {"", "expected a month"},
        {"2025-02-30", "2025-02-30"},
        {"2025", "expected a month"},
        {"2025-01/2025-13", "not a date"},
        {"2025-01/2025-02/2025-03", "not a date"},
        {"2025-02/2025-01", "ends before it begins"},
        {"..", "expected a month"},
        {"last week", "../2025-03-31"},
    }));
    INFO(c.text);
    CHECK_THROWS_WITH(parse_period(c.text), Catch::Contains(c.says));
}

TEST_CASE("a record touches a period if any of its interval lies in it") {
    const auto march = parse_period("2025-03");
    const auto touch = [&](const char* from, const char* to = nullptr) {
        const auto end = to ? parse_moment(to) : std::nullopt;
        return touches(*parse_moment(from), end, march);
    };
    CHECK(touch("2025-03"));
    CHECK(touch("2025-03-31"));
    CHECK_FALSE(touch("2025-02"));
    CHECK_FALSE(touch("2025-04"));
    CHECK_FALSE(touch("2025-04-01"));
    CHECK(touch("2025-03-01T00:00"));
    CHECK_FALSE(touch("2025-02-28T23:59:59"));
    CHECK(touch("2025-03-31T23:59:59"));
    CHECK_FALSE(touch("2025-04-01T00:00"));
    CHECK(touch("2025-02-28T23:00", "2025-03-01T02:00"));
    CHECK(touch("2025-02-28", "2025-04-02"));
    CHECK_FALSE(touch("2025-02-27T23:00", "2025-02-28"));
    CHECK(touches(*parse_moment("1999-01"), std::nullopt, Period{}));
    CHECK(touches(*parse_moment("1999-01"), std::nullopt, parse_period("../2025-01")));
    CHECK_FALSE(touches(*parse_moment("2025-02"), std::nullopt, parse_period("../2025-01")));
}
