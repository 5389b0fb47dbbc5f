// What a source writes down of an event, each with its habits: police code and mostly place them,
// hospitals know the time and little else, ambulances have a position and rarely a reason.
#pragma once

#include "data/demo/event.hpp"
#include "data/demo/random.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hotspots::data::demo {

// The texts are those of the file; an empty one is not given.
struct Record {
    std::string occurred_from;
    std::string occurred_to;
    std::string_view source;
    std::string_view offence_code;
    std::string_view offence;
    std::string location_text;
    std::optional<geo::BngPoint> position; // written to the metre
    std::string_view place_type;
    std::string_view domestic;
    std::string_view weapon;
    std::optional<int> victim_age;
    std::string_view injury;
};

Record police_record(const Event& event, Random& random);
Record hospital_record(const Event& event, Random& random);
Record ambulance_record(const Event& event, Random& random);

} // namespace hotspots::data::demo
