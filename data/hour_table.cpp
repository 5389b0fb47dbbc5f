#include "data/hour_table.hpp"

#include <algorithm>
#include <chrono>

namespace hotspots::data {

namespace {

using namespace std::chrono;

// A week on London's clocks, even one in which they go forward: nothing is known of the weekday.
constexpr seconds tells_nothing = hours(7 * 24 - 1);

struct Window {
    Instant begin;
    Instant end; // later than begin
};

Window window_of(const RawRecord& record) {
    const auto begin = record.occurred_from.begin;
    const auto end = record.occurred_to.value_or(record.occurred_from).end;
    return {begin, std::max(end, begin + seconds(1))}; // an instant lasts its second
}

TimePrecision precision_of(const RawRecord& record) {
    const auto to = record.occurred_to.value_or(record.occurred_from).precision;
    return std::min(record.occurred_from.precision, to); // month < day < exact
}

// Calls `add(time, share)` for each hour of the window. London's clocks differ from UTC by whole
// hours, so that an hour of UTC is one of theirs.
template <class Add>
void each_hour(const Window& window, const Add& add) {
    const auto length = static_cast<double>((window.end - window.begin).count());
    for (Instant at = window.begin; at < window.end;) {
        const Instant next = std::min<Instant>(floor<hours>(at) + hours(1), window.end);
        add(london_time(at), static_cast<double>((next - at).count()) / length);
        at = next;
    }
}

void add_exact(HourTable& table, const Window& window) {
    each_hour(window, [&](const LondonTime& at, double share) {
        table.cells.at(at.weekday).at(at.hour) += share;
    });
    table.spread += london_time(window.begin).hour != london_time(window.end - seconds(1)).hour ||
                            window.end - window.begin > hours(2)
                        ? 1
                        : 0;
}

void add_days(HourTable& table, const Window& window) {
    each_hour(window, [&](const LondonTime& at, double share) {
        table.hour_unknown.at(at.weekday) += share;
    });
    table.spread +=
        london_time(window.begin).day != london_time(window.end - seconds(1)).day ? 1 : 0;
}

} // namespace

HourTable make_hour_table(std::span<const Incident> incidents,
                          std::span<const std::uint32_t> chosen) {
    HourTable table;
    for (const auto i : chosen) {
        const auto& record = incidents[i].record;
        const auto window = window_of(record);
        const auto precision = precision_of(record);
        if (precision == TimePrecision::month || window.end - window.begin >= tells_nothing) {
            ++table.time_unknown;
        } else if (precision == TimePrecision::day) {
            add_days(table, window);
        } else {
            add_exact(table, window);
        }
    }
    return table;
}

} // namespace hotspots::data
