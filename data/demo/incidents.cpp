// The demo's records as a file of format `vrn`.
#include "data/demo/demo.hpp"
#include "data/demo/record.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <string_view>

namespace hotspots::data {

namespace {

using namespace demo;
using std::chrono::year;

// Twice the usual period of 24 months, so that it can be compared with the one before.
struct DemoPart {
    DemoDays days;
    int records;
    std::uint64_t seed;
};
constexpr DemoPart latest{{year{2023} / 11 / 1, year{2026} / 10 / 31}, 20'000, 20'261'031};
constexpr DemoPart earlier{{year{2022} / 11 / 1, year{2023} / 10 / 31}, 6'600, 20'231'031};

std::string quoted(std::string_view text) {
    if (text.find_first_of(",\"\n") == std::string_view::npos) {
        return std::string(text);
    }
    std::string result = "\"";
    for (const char c : text) {
        result += c;
        if (c == '"') {
            result += c;
        }
    }
    return result + '"';
}

void append_row(std::string& out, int number, const Record& record) {
    const std::string digits = std::to_string(number);
    out += "DEMO-" + std::string(6 - digits.size(), '0') + digits;
    const auto add = [&out](std::string_view text) { out += "," + quoted(text); };
    add(record.occurred_from);
    add(record.occurred_to);
    add(record.source);
    add(record.offence_code);
    add(record.offence);
    add(record.location_text);
    add(record.position ? std::to_string(std::lround(record.position->easting_m)) : "");
    add(record.position ? std::to_string(std::lround(record.position->northing_m)) : "");
    add(record.place_type);
    add(record.domestic);
    add(record.weapon);
    add(record.victim_age ? std::to_string(*record.victim_age) : "");
    add(record.injury);
    add("DEMO: synthetic, nothing of this happened");
    out += '\n';
}

void append_part(std::string& out, const DemoPart& part, int number) {
    // Police, hospital, ambulance: who walks into a hospital mostly comes from a known spot.
    constexpr std::array<int, 3> at_a_spot{550, 280, 170};
    constexpr std::array<int, 3> anywhere{760, 60, 180};
    Random random(part.seed);
    const EventMaker maker(part.days);
    for (int i = 0; i < part.records; ++i) {
        const Event event = maker.next(random);
        const auto source = random.weighted(event.spot ? at_a_spot : anywhere);
        append_row(out, number + i,
                   source == 0   ? police_record(event, random)
                   : source == 1 ? hospital_record(event, random)
                                 : ambulance_record(event, random));
    }
}

} // namespace

std::string demo_incidents_csv() {
    std::string out = "incident_id,occurred_from,occurred_to,source,offence_code,offence,"
                      "location_text,easting,northing,place_type,domestic,weapon,victim_age,"
                      "injury,note\n";
    append_part(out, latest, 1);
    append_part(out, earlier, latest.records + 1);
    return out;
}

} // namespace hotspots::data
