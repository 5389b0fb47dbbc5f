// What happens in the demo, where and when: one event at a time, before anybody writes it down.
#pragma once

#include "data/demo/random.hpp"
#include "data/demo/tables.hpp"
#include "geo/coordinates.hpp"

#include <chrono>
#include <vector>

namespace hotspots::data::demo {

enum class EventKind { violence, domestic, other };
enum class Rhythm { night, day, after_school, evening, match_day };

struct Event {
    EventKind kind = EventKind::violence;
    Rhythm rhythm = Rhythm::evening;
    const Spot* spot = nullptr;      // null for what happens anywhere
    const WardFacts* ward = nullptr; // set where `spot` is not
    geo::BngPoint at;
    std::chrono::sys_days day; // on London's calendar
    int hour = 0;
    int minute = 0;
};

// Whole days, both ends included.
struct DemoDays {
    std::chrono::sys_days first;
    std::chrono::sys_days last;
};

class EventMaker {
public:
    explicit EventMaker(const DemoDays& days);
    Event next(Random& random) const;

private:
    void set_time(Event& event, Random& random) const;
    Event at_a_spot(Random& random) const;
    Event anywhere(Random& random) const;

    DemoDays m_days;
    std::vector<int> m_spot_weights;
    std::vector<int> m_ward_weights;
};

} // namespace hotspots::data::demo
