#include "service/time_slices.hpp"

#include <algorithm>
#include <cstdio>

namespace hotspots::service {

namespace {

using namespace std::chrono;

struct Days {
    sys_days first;
    sys_days after; // the last
};

// The slice that holds the day, or is the first to begin on it or after.
year_month first_month(year_month month, SliceLength length) {
    if (length == SliceLength::quarter) {
        const unsigned in_year = (unsigned{month.month()} - 1) / 3 * 3 + 1;
        return month.year() / std::chrono::month(in_year);
    }
    return month;
}

std::string date_text(sys_days day) {
    const year_month_day date(day);
    char text[24];
    const int size = std::snprintf(text, sizeof text, "%04d-%02u-%02u", int{date.year()},
                                   unsigned{date.month()}, unsigned{date.day()});
    return {text, static_cast<std::size_t>(size)};
}

std::string label_of(const Days& days, SliceLength length) {
    const auto first = date_text(days.first);
    if (length == SliceLength::month) {
        return first.substr(0, 7);
    }
    if (length == SliceLength::week) {
        return first + '/' + date_text(days.after - std::chrono::days(1));
    }
    const auto month = unsigned{year_month_day(days.first).month()};
    return first.substr(0, 5) + 'Q' + std::to_string((month + 2) / 3);
}

// The slice that ends with, or before, the day that `after` begins.
Days last_before(sys_days after, SliceLength length) {
    if (length == SliceLength::week) {
        return {after - weeks(1), after};
    }
    const year_month_day date(after);
    const auto end = first_month(date.year() / date.month(), length);
    const auto begin = end - months(length == SliceLength::month ? 1 : 3);
    return {sys_days(begin / 1), sys_days(end / 1)};
}

} // namespace

std::string_view to_text(SliceLength length) {
    switch (length) {
    case SliceLength::week:
        return "week";
    case SliceLength::month:
        return "month";
    case SliceLength::quarter:
        return "quarter";
    }
    return "month";
}

std::vector<TimeSlice> make_slices(data::Instant begin, data::Instant end, SliceLength length,
                                   std::size_t most) {
    std::vector<TimeSlice> slices;
    if (end <= begin) {
        return slices;
    }
    sys_days after(
        data::london_time(end).day); // the day it begins in is not whole, or has not begun
    while (slices.size() < most) {
        const auto days = last_before(after, length);
        const auto first = data::london_midnight(year_month_day(days.first));
        if (first < begin) {
            break;
        }
        slices.push_back(
            {first, data::london_midnight(year_month_day(days.after)), label_of(days, length)});
        after = days.first;
    }
    std::ranges::reverse(slices);
    return slices;
}

SlicePlace place_in(const std::vector<TimeSlice>& slices, data::Instant begin, data::Instant end) {
    const auto after = std::ranges::upper_bound(slices, begin, {}, &TimeSlice::begin);
    SlicePlace place;
    // The last slice that begins before the interval ends is the last that it may touch.
    const auto beyond = std::ranges::lower_bound(slices, end, {}, &TimeSlice::begin);
    place.touches = beyond != slices.begin() && (beyond - 1)->end > begin;
    if (after != slices.begin() && end <= (after - 1)->end) {
        place.slice = static_cast<std::size_t>(after - 1 - slices.begin());
    }
    return place;
}

} // namespace hotspots::service
