#include "data/moment.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace hotspots::data {

namespace {

using namespace std::chrono;

// ISO 8601 counts years before 1583 only by agreement, and later than 9999 with a sign.
constexpr int first_year = 1583;
constexpr int last_year = 9999;

const date::time_zone& london() {
    static const date::time_zone& zone = *date::locate_zone("Europe/London");
    return zone;
}

bool in_range(Instant instant) {
    const year_month_day day{floor<days>(instant)};
    return int{day.year()} >= first_year && int{day.year()} <= last_year;
}

// Takes characters from the front of a text; any mismatch leaves `ok` false for good.
struct Cursor {
    std::string_view rest;
    bool ok = true;

    bool at_end() const { return rest.empty(); }
    bool take(char wanted) {
        if (!rest.empty() && rest.front() == wanted) {
            rest.remove_prefix(1);
            return true;
        }
        return false;
    }
    void expect(char wanted) { ok = take(wanted) && ok; }
    int digits(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest.empty() || rest.front() < '0' || rest.front() > '9') {
                ok = false;
                return 0;
            }
            value = value * 10 + (rest.front() - '0');
            rest.remove_prefix(1);
        }
        return value;
    }
    // A number of two digits in 0..limit.
    int two_digits(int limit) {
        const int value = digits(2);
        ok = ok && value <= limit;
        return value;
    }
    void skip_fraction() {
        digits(1);
        while (ok && !rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
            rest.remove_prefix(1);
        }
    }
};

seconds take_time_of_day(Cursor& text) {
    const hours hour{text.two_digits(23)};
    text.expect(':');
    const minutes minute{text.two_digits(59)};
    seconds second{0};
    if (text.take(':')) {
        second = seconds{text.two_digits(59)};
        if (text.take('.')) {
            text.skip_fraction();
        }
    }
    return hour + minute + second;
}

seconds take_offset(Cursor& text) {
    const int sign = text.take('-') ? -1 : 1;
    if (sign == 1) {
        text.expect('+');
    }
    const hours hour{text.two_digits(23)};
    text.expect(':');
    return sign * (hour + minutes{text.two_digits(59)});
}

// Both readings of a skipped or repeated time differ by the offset; the greater one is the earlier.
Instant from_london_clock(seconds since_epoch) {
    const date::local_seconds local{since_epoch};
    const auto info = london().get_info(local);
    const auto offset = info.result == date::local_info::unique
                            ? info.first.offset
                            : std::max(info.first.offset, info.second.offset);
    return Instant{since_epoch - offset};
}

std::optional<Moment> take_exact(Cursor& text, sys_days day) {
    const seconds on_clock = day.time_since_epoch() + take_time_of_day(text);
    Instant instant;
    if (text.at_end()) {
        instant = from_london_clock(on_clock);
    } else if (text.take('Z')) {
        instant = Instant{on_clock};
    } else {
        instant = Instant{on_clock - take_offset(text)};
    }
    if (!text.ok || !text.at_end() || !in_range(instant)) {
        return std::nullopt;
    }
    return Moment{instant, instant, TimePrecision::exact};
}

std::string format_day(year_month_day day) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int{day.year()},
                  unsigned{day.month()}, unsigned{day.day()});
    return text.data();
}

[[noreturn]] void refuse_period(std::string_view text, const char* why) {
    throw std::invalid_argument("datetime=" + std::string(text.substr(0, 100)) + ": " + why +
                                "; expected a month, a day or a time, or two with a slash between "
                                "them, such as 2025-03, 2025-03-01/2025-03-31, ../2025-03-31 or "
                                "2025-03-01T22:00:00Z/..");
}

std::optional<Moment> parse_end(std::string_view whole, std::string_view text) {
    if (text.empty() || text == "..") {
        return std::nullopt;
    }
    const auto moment = parse_moment(text);
    if (!moment) {
        refuse_period(whole, "not a date or time that exists");
    }
    return moment;
}

// The first instant after the moment, an exact time lasting its second.
Instant end_included(const Moment& moment) {
    return moment.precision == TimePrecision::exact ? moment.end + seconds{1} : moment.end;
}

bool is_midnight(Instant instant) {
    return london_midnight(london_time(instant).day) == instant;
}

} // namespace

std::optional<Moment> parse_moment(std::string_view text) {
    Cursor cursor{text};
    const year number{cursor.digits(4)};
    cursor.expect('-');
    const month_day_last last_day{month{static_cast<unsigned>(cursor.two_digits(12))}};
    if (!cursor.ok || !last_day.ok() || int{number} < first_year) {
        return std::nullopt;
    }
    const auto first = number / last_day.month() / 1;
    if (cursor.at_end()) {
        const year_month_day next{sys_days{year_month_day_last{number, last_day}} + days{1}};
        return Moment{london_midnight(first), london_midnight(next), TimePrecision::month};
    }
    cursor.expect('-');
    const auto day = number / last_day.month() / cursor.two_digits(31);
    if (!cursor.ok || !day.ok()) {
        return std::nullopt;
    }
    if (cursor.at_end()) {
        return Moment{london_midnight(day), london_midnight(sys_days{day} + days{1}),
                      TimePrecision::day};
    }
    if (!cursor.take(' ')) {
        cursor.expect('T');
    }
    return take_exact(cursor, day);
}

std::string format_moment(const Moment& moment) {
    if (moment.precision == TimePrecision::exact) {
        return format_utc(moment.begin);
    }
    const std::string day = format_day(london_time(moment.begin).day);
    return moment.precision == TimePrecision::month ? day.substr(0, day.size() - 3) : day;
}

std::string format_utc(Instant instant) {
    const auto day = floor<days>(instant);
    const hh_mm_ss time{instant - day};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ",
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return format_day(day) + text.data();
}

LondonTime london_time(Instant instant) {
    const date::sys_seconds utc{instant.time_since_epoch()};
    const auto local = instant + london().get_info(utc).offset;
    const auto day = floor<days>(local);
    const auto hour = floor<hours>(local - day).count();
    return {day, static_cast<unsigned>(hour), weekday{day}.iso_encoding() - 1};
}

Instant london_midnight(year_month_day day) {
    const date::local_seconds midnight{sys_days{day}.time_since_epoch()};
    // Where clocks skip midnight, the day begins at the change.
    return Instant{london().to_sys(midnight, date::choose::earliest).time_since_epoch()};
}

Period parse_period(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) {
        const auto moment = parse_moment(text);
        if (!moment) {
            refuse_period(text, "not a date or time that exists");
        }
        return {moment->begin, end_included(*moment)};
    }
    const auto from = parse_end(text, text.substr(0, slash));
    const auto to = parse_end(text, text.substr(slash + 1));
    Period period;
    if (from) {
        period.begin = from->begin;
    }
    if (to) {
        period.end = end_included(*to);
    }
    if (period.begin && period.end && *period.begin >= *period.end) {
        refuse_period(text, "it ends before it begins");
    }
    return period;
}

std::string format_period(const Period& period) {
    std::string from = "..";
    if (period.begin) {
        from = is_midnight(*period.begin) ? format_day(london_time(*period.begin).day)
                                          : format_utc(*period.begin);
    }
    std::string to = "..";
    if (period.end) {
        const Instant last = *period.end - seconds{1};
        to = is_midnight(*period.end) ? format_day(london_time(last).day) : format_utc(last);
    }
    return from == to && period.begin ? from : from + "/" + to;
}

bool touches(const Moment& from, const std::optional<Moment>& to, const Period& period) {
    const Instant begin = from.begin;
    const Instant end = std::max(begin, to ? to->end : from.end);
    const bool starts_in_time = !period.end || begin < *period.end;
    const bool lasts_long_enough =
        !period.begin || end > *period.begin || (begin == end && begin == *period.begin);
    return starts_in_time && lasts_long_enough;
}

} // namespace hotspots::data
