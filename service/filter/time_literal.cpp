#include "service/filter/time_literal.hpp"

#include "data/ascii.hpp"

#include <algorithm>
#include <chrono>

namespace hotspots::service::filter {

namespace {

using namespace std::chrono;

constexpr std::int64_t day_us = microseconds(days(1)).count();

// `count` digits at `at`; empty if there are others.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (!data::is_digit(c)) {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

// ".25" is 250,000. Empty if it is no fraction.
std::optional<std::int64_t> fraction_us(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto figures = text.substr(1);
    if (text.front() != '.' || figures.empty() || !std::ranges::all_of(figures, data::is_digit)) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        value = value * 10 + (i < figures.size() ? figures[i] - '0' : 0);
    }
    return value;
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    const auto text = std::to_string(value);
    out.append(width - std::min(width, text.size()), '0').append(text);
}

} // namespace

std::optional<Date> parse_date(std::string_view text) {
    const auto y = digits(text, 0, 4);
    const auto m = digits(text, 5, 2);
    const auto d = digits(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !y || !m || !d) {
        return std::nullopt;
    }
    const year_month_day day{year(*y), month(static_cast<unsigned>(*m)),
                             std::chrono::day(static_cast<unsigned>(*d))};
    if (!day.ok()) {
        return std::nullopt;
    }
    return Date{sys_days(day).time_since_epoch().count()};
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text.back() != 'Z') {
        return std::nullopt;
    }
    const auto date = parse_date(text.substr(0, 10));
    const auto hour = digits(text, 11, 2);
    const auto minute = digits(text, 14, 2);
    const auto second = digits(text, 17, 2);
    const auto fraction = fraction_us(text.substr(19, text.size() - 20));
    if (!date || !hour || *hour > 23 || !minute || *minute > 59 || !second || *second > 59 ||
        !fraction) {
        return std::nullopt;
    }
    const auto seconds_of_day = (std::int64_t{*hour} * 60 + *minute) * 60 + *second;
    return Timestamp{date->day * day_us + seconds_of_day * 1'000'000 + *fraction};
}

std::string to_text(const Date& date) {
    const year_month_day day{sys_days(days(date.day))};
    std::string out;
    append_padded(out, static_cast<int>(day.year()), 4);
    out.push_back('-');
    append_padded(out, static_cast<unsigned>(day.month()), 2);
    out.push_back('-');
    append_padded(out, static_cast<unsigned>(day.day()), 2);
    return out;
}

std::string to_text(const Timestamp& timestamp) {
    const auto day = floor<days>(microseconds(timestamp.us)).count();
    const auto rest_us = timestamp.us - day * day_us;
    auto out = to_text(Date{day}) + 'T';
    append_padded(out, rest_us / 3'600'000'000, 2);
    out.push_back(':');
    append_padded(out, rest_us / 60'000'000 % 60, 2);
    out.push_back(':');
    append_padded(out, rest_us / 1'000'000 % 60, 2);
    if (rest_us % 1'000'000 != 0) {
        out.push_back('.');
        append_padded(out, rest_us % 1'000'000, 6);
        out.erase(out.find_last_not_of('0') + 1);
    }
    return out + 'Z';
}

} // namespace hotspots::service::filter
