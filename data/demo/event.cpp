#include "data/demo/event.hpp"

#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace hotspots::data::demo {

namespace {

using namespace std::chrono;
using Hours = std::array<int, 24>;
using Days = std::array<int, 7>; // Monday first, out of 12

// Most of a county's violence lies thinly over its suburbs and towns, not at its best known spots.
constexpr int per_thousand_anywhere = 470;

// How often each hour, from midnight. A night's small hours belong to the day that it began.
constexpr Hours night_hours{18, 17, 14, 9, 4, 1, 0, 0, 0, 1,  1,  2,
                            3,  3,  3,  3, 4, 5, 6, 7, 9, 12, 14, 16};
constexpr Hours day_hours{1,  1,  0,  0,  0,  0,  1, 2, 4, 5, 6, 8,
                          10, 11, 11, 13, 14, 12, 9, 6, 4, 3, 2, 2};
constexpr Hours school_hours{0, 0, 0, 0,  0,  0, 0, 0, 3, 0, 0, 0,
                             2, 1, 3, 15, 12, 6, 3, 2, 0, 0, 0, 0};
constexpr Hours evening_hours{4, 3, 2, 1, 1, 1, 1, 2,  3,  3,  3, 4,
                              5, 5, 5, 7, 8, 8, 9, 10, 10, 10, 8, 6};
constexpr Hours match_hours{0, 0, 0, 0, 0,  0,  0, 0, 0, 0, 1, 3,
                            6, 9, 8, 5, 10, 12, 8, 5, 4, 5, 3, 1};

constexpr Days night_days{2, 2, 3, 4, 11, 12, 4};
constexpr Days day_days{8, 8, 8, 8, 10, 12, 6};
constexpr Days school_days{12, 12, 12, 12, 12, 0, 0};
constexpr Days evening_days{9, 9, 9, 10, 12, 12, 11};
constexpr Days match_days{0, 1, 2, 1, 1, 12, 4};

struct RhythmTable {
    const Hours& hours;
    const Days& days;
};

RhythmTable table_of(Rhythm rhythm) {
    switch (rhythm) {
    case Rhythm::night:
        return {night_hours, night_days};
    case Rhythm::day:
        return {day_hours, day_days};
    case Rhythm::after_school:
        return {school_hours, school_days};
    case Rhythm::match_day:
        return {match_hours, match_days};
    case Rhythm::evening:
        break;
    }
    return {evening_hours, evening_days};
}

// Shares of night, day, after school, evening, match day.
using Mix = std::array<int, 5>;

Mix mix_of(std::string_view category) {
    constexpr std::pair<std::string_view, Mix> mixes[] = {
        {"nightlife", {85, 10, 0, 5, 0}}, {"shopping", {5, 55, 27, 13, 0}},
        {"centre", {35, 35, 20, 10, 0}},  {"station", {25, 30, 35, 10, 0}},
        {"estate", {5, 10, 15, 70, 0}},   {"park", {5, 10, 35, 50, 0}},
        {"road", {25, 10, 10, 55, 0}},    {"stadium", {5, 0, 0, 5, 90}},
    };
    for (const auto& [name, mix] : mixes) {
        if (name == category) {
            return mix;
        }
    }
    return {20, 20, 10, 50, 0};
}

// Summers and Decembers are busier; out of 12, January first.
constexpr std::array<int, 12> months{8, 8, 9, 9, 11, 11, 12, 11, 10, 10, 9, 11};
constexpr std::array<int, 12> school_months{12, 9, 12, 8, 10, 12, 8, 0, 12, 9, 12, 8};

bool day_is_drawn(sys_days day, Rhythm rhythm, Random& random) {
    const weekday of_week(day);
    const unsigned month = static_cast<unsigned>(year_month_day(day).month());
    const auto& by_month = rhythm == Rhythm::after_school ? school_months : months;
    return random.between(1, 12) <= table_of(rhythm).days[of_week.iso_encoding() - 1] &&
           random.between(1, 12) <= by_month[month - 1];
}

geo::BngPoint scattered(const geo::BngPoint& centre, double spread_m, Random& random) {
    const double east_m = random.bell() * spread_m;
    const double north_m = random.bell() * spread_m;
    return {centre.easting_m + east_m, centre.northing_m + north_m};
}

double spread_m(std::string_view category) {
    if (category == "estate" || category == "park") {
        return 130;
    }
    return category == "road" ? 160 : 38;
}

EventKind kind_at_a_spot(Random& random) {
    constexpr std::array<int, 3> shares{78, 7, 15};
    return static_cast<EventKind>(random.weighted(shares));
}

} // namespace

EventMaker::EventMaker(const DemoDays& days) : m_days(days) {
    for (const auto& spot : spots()) {
        m_spot_weights.push_back(spot.weight);
    }
    for (const auto& ward : ward_facts()) {
        m_ward_weights.push_back(static_cast<int>(ward.population));
    }
}

Event EventMaker::next(Random& random) const {
    Event event = random.chance(per_thousand_anywhere) ? anywhere(random) : at_a_spot(random);
    if (event.kind == EventKind::domestic) {
        event.rhythm = Rhythm::evening;
    }
    set_time(event, random);
    return event;
}

void EventMaker::set_time(Event& event, Random& random) const {
    constexpr int small_hours_end = 6;
    const int last = static_cast<int>((m_days.last - m_days.first).count());
    for (;;) {
        event.day = m_days.first + days(random.between(0, last));
        event.hour = static_cast<int>(random.weighted(table_of(event.rhythm).hours));
        event.minute = random.between(0, 59);
        if (!day_is_drawn(event.day, event.rhythm, random)) {
            continue;
        }
        if (event.rhythm == Rhythm::night && event.hour < small_hours_end) {
            event.day += days(1);
        }
        if (event.day <= m_days.last) {
            return;
        }
    }
}

Event EventMaker::at_a_spot(Random& random) const {
    Event event;
    event.spot = &spots()[random.weighted(m_spot_weights)];
    event.kind = kind_at_a_spot(random);
    event.rhythm = static_cast<Rhythm>(random.weighted(mix_of(event.spot->category)));
    event.at = scattered(event.spot->point, spread_m(event.spot->category), random);
    return event;
}

Event EventMaker::anywhere(Random& random) const {
    constexpr std::array<int, 3> shares{50, 32, 18};
    Event event;
    event.ward = &ward_facts()[random.weighted(m_ward_weights)];
    event.kind = static_cast<EventKind>(random.weighted(shares));
    event.rhythm = Rhythm::evening;
    event.at = scattered(event.ward->centre, std::sqrt(event.ward->area_km2) * 1000 / 3, random);
    return event;
}

} // namespace hotspots::data::demo
