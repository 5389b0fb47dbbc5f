#include "data/period_before.hpp"

#include <chrono>

namespace hotspots::data {

namespace {

using namespace std::chrono;

// The London day that begins at this instant; empty if none does.
std::optional<year_month_day> day_beginning(Instant instant) {
    const auto day = london_time(instant).day;
    return london_midnight(day) == instant ? std::optional(day) : std::nullopt;
}

bool is_first(const year_month_day& day) {
    return day.day() == std::chrono::day(1);
}

double days_between(Instant begin, Instant end) {
    const auto first = day_beginning(begin);
    const auto last = day_beginning(end);
    if (first && last) {
        return static_cast<double>((sys_days(*last) - sys_days(*first)).count());
    }
    return static_cast<double>((end - begin).count()) / 86400;
}

Instant begin_before(Instant begin, Instant end) {
    const auto first = day_beginning(begin);
    const auto last = day_beginning(end);
    if (!first || !last) {
        return begin - (end - begin);
    }
    if (is_first(*first) && is_first(*last)) {
        const auto months = last->year() / last->month() - first->year() / first->month();
        return london_midnight(*first - months);
    }
    return london_midnight(sys_days(*first) - (sys_days(*last) - sys_days(*first)));
}

} // namespace

std::optional<PeriodBefore> period_before(const Period& period) {
    if (!period.begin || !period.end || *period.end <= *period.begin) {
        return std::nullopt;
    }
    const auto begin = begin_before(*period.begin, *period.end);
    if (begin < sys_days(year(1583) / 1 / 1)) {
        return std::nullopt;
    }
    return PeriodBefore{{begin, *period.begin},
                        days_between(begin, *period.begin),
                        days_between(*period.begin, *period.end)};
}

} // namespace hotspots::data
