// What a person decided on where a record belongs. Decisions are added, never changed: the latest
// on a record holds.
#pragma once

#include "data/record.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hotspots::data {

enum class HandAnswer {
    point,            // a point of the person's own
    candidate,        // one of those that were offered
    cannot_be_placed, // it stays without a point
    automatic,        // the decision before is taken back: the geocoder's answer again
};

struct HandDecision {
    std::int64_t id = 0; // rising in the order of decisions
    Source source = Source::police;
    std::string incident_id;
    std::string location_text;       // as it was then
    std::uint64_t location_hash = 0; // hash_of_location() as it was then
    HandAnswer answer = HandAnswer::point;
    Location location;    // the answer; of `automatic` nothing
    bool teaches = false; // every record of the same text that has no coordinates gets this answer
    std::string note;
    Instant decided{};
    std::string decided_by;
    std::string answer_before; // JSON object: status, level, point and rule until then
};

std::string_view to_text(HandAnswer answer);

// Of what a record says about its place: text and given coordinates. Differs where a source
// corrected them after a person had decided.
std::uint64_t hash_of_location(const RawRecord& record);

} // namespace hotspots::data
