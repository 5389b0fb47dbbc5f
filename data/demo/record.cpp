#include "data/demo/record.hpp"

#include "data/demo/location_text.hpp"

#include <array>
#include <span>

namespace hotspots::data::demo {

namespace {

struct Offence {
    std::string_view code;
    std::string_view name;
    int weight;
};

// Codes in the shapes that systems send. What is out of scope is there on purpose.
constexpr Offence violence[] = {
    {"8N", "Assault with injury", 400},
    {"008/06", "Assault occasioning actual bodily harm", 70},
    {"8n", "ASSAULT WITH INJURY", 30},
    {"34B", "Robbery of personal property", 150},
    {"34A", "Robbery of business property", 25},
    {"5D", "Assault with intent to cause serious harm", 75},
    {"8P", "Racially or religiously aggravated assault with injury", 35},
    {"8S", "Assault with injury on a constable", 35},
    {"2", "Attempted murder", 5},
    {"1", "Murder", 1},
    {"5E", "Endangering life", 8},
    {"8T", "Assault with injury on an emergency worker (other than a constable)", 6},
    {"105A", "Assault without injury", 90},
    {"9A", "Public fear alarm or distress", 55},
    {"", "Assault", 8},
    {"", "", 4},
};
constexpr Offence at_home[] = {
    {"8N", "Assault with injury", 45}, {"105A", "Assault without injury", 30},
    {"8L", "Harassment", 12},          {"8Q", "Stalking", 6},
    {"3B", "Threats to kill", 5},      {"5D", "Assault with intent to cause serious harm", 2},
};
constexpr Offence others[] = {
    {"9A", "Public fear alarm or distress", 40},
    {"105A", "Assault without injury", 25},
    {"3B", "Threats to kill", 10},
    {"8L", "Harassment", 15},
    {"62A", "Violent disorder", 3},
    {"20A", "Sexual assault on a female aged 13 and over", 4},
    {"4.9", "Causing death or serious injury by driving: unlicensed etc", 1},
    {"104", "Assault without injury on a constable", 12},
};

const Offence& draw(std::span<const Offence> offences, Random& random) {
    std::vector<int> weights;
    for (const auto& offence : offences) {
        weights.push_back(offence.weight);
    }
    return offences[random.weighted(weights)];
}

std::string_view word(std::span<const std::string_view> words, std::span<const int> weights,
                      Random& random) {
    return words[random.weighted(weights)];
}

std::string_view place_type(const Event& event, Random& random) {
    constexpr std::array<std::string_view, 4> words{"public", "private", "mixed", "unknown"};
    constexpr std::array<int, 4> in_public{800, 45, 45, 110};
    constexpr std::array<int, 4> in_private{40, 850, 40, 70};
    return word(words, event.kind == EventKind::domestic ? in_private : in_public, random);
}

std::string_view police_domestic(const Event& event, Random& random) {
    constexpr std::array<std::string_view, 3> words{"yes", "no", "unknown"};
    constexpr std::array<int, 3> at_home_flags{900, 20, 80};
    constexpr std::array<int, 3> elsewhere_flags{15, 900, 85};
    return word(words, event.kind == EventKind::domestic ? at_home_flags : elsewhere_flags, random);
}

std::string_view weapon(bool robbery, Random& random) {
    constexpr std::array<std::string_view, 6> words{"knife", "firearm", "blunt",
                                                    "other", "none",    "unknown"};
    constexpr std::array<int, 6> usual{70, 4, 60, 70, 560, 236};
    constexpr std::array<int, 6> in_robbery{210, 10, 60, 60, 460, 200};
    return word(words, robbery ? in_robbery : usual, random);
}

int age(const Event& event, Random& random) {
    if (event.rhythm == Rhythm::after_school) {
        return random.between(11, 18);
    }
    if (event.rhythm == Rhythm::night) {
        const int first = random.between(0, 12);
        return 18 + first + random.between(0, 14);
    }
    const int first = random.between(0, 30);
    return 10 + first + random.between(0, 35);
}

std::string two_digits(unsigned value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string date_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return std::to_string(static_cast<int>(date.year())) + "-" +
           two_digits(static_cast<unsigned>(date.month())) + "-" +
           two_digits(static_cast<unsigned>(date.day()));
}

std::string time_text(std::chrono::sys_days day, int hour, int minute) {
    return date_text(day) + "T" + two_digits(static_cast<unsigned>(hour)) + ":" +
           two_digits(static_cast<unsigned>(minute));
}

// Some know only the day or the month; some found it out hours later.
void set_times(Record& record, const Event& event, int unknown_hour, Random& random) {
    record.occurred_from = time_text(event.day, event.hour, event.minute);
    if (random.chance(unknown_hour)) {
        record.occurred_from.resize(random.chance(200) ? 7 : 10);
    } else if (event.hour < 20 && random.chance(70)) {
        record.occurred_to = time_text(event.day, event.hour + random.between(1, 3), event.minute);
    }
}

std::optional<geo::BngPoint> measured(const Event& event, double error_m, Random& random) {
    return geo::BngPoint{event.at.easting_m + random.bell() * error_m,
                         event.at.northing_m + random.bell() * error_m};
}

// Positions that systems fill in when they know none, and places beyond the county.
std::optional<geo::BngPoint> police_position(const Event& event, Random& random) {
    constexpr std::array<geo::BngPoint, 3> beyond{
        geo::BngPoint{436300, 291900}, {488600, 288900}, {458100, 340200}};
    const int draw = random.between(0, 999);
    if (draw < 2) {
        return geo::BngPoint{0, 0};
    }
    if (draw < 6) {
        return spot_named("Mansfield House").point; // a police station's front desk
    }
    if (draw < 12) {
        const auto& far = random.pick(std::span<const geo::BngPoint>(beyond));
        return geo::BngPoint{far.easting_m + random.bell() * 500,
                             far.northing_m + random.bell() * 500};
    }
    // A patrol sent to no known name writes down where it stood.
    const int placed = event.spot ? 760 : 900;
    return draw < placed ? measured(event, random.between(1, 30), random) : std::nullopt;
}

} // namespace

Record police_record(const Event& event, Random& random) {
    const std::span<const Offence> offences =
        event.kind == EventKind::violence   ? std::span<const Offence>(violence)
        : event.kind == EventKind::domestic ? std::span<const Offence>(at_home)
                                            : std::span<const Offence>(others);
    const Offence& offence = draw(offences, random);
    const bool robbery = offence.code.starts_with("34");
    constexpr std::array<std::string_view, 4> injuries{"", "none", "slight", "serious"};
    constexpr std::array<int, 4> of_robbery{300, 450, 200, 50};
    constexpr std::array<int, 4> of_assault{250, 30, 560, 160};
    Record record;
    record.source = "police";
    record.offence_code = offence.code;
    record.offence = offence.name;
    set_times(record, event, 60, random);
    record.location_text = police_text(event, random);
    record.position = police_position(event, random);
    record.place_type = place_type(event, random);
    record.domestic = police_domestic(event, random);
    record.weapon = weapon(robbery, random);
    if (!random.chance(80)) {
        record.victim_age = age(event, random);
    }
    record.injury = word(injuries, robbery ? of_robbery : of_assault, random);
    return record;
}

Record hospital_record(const Event& event, Random& random) {
    Record record;
    record.source = "ed";
    record.offence = "Assault";
    set_times(record, event, 220, random);
    record.location_text = hospital_text(event, random);
    record.place_type = place_type(event, random);
    record.domestic = "unknown"; // the standard has no such field, nor an age
    record.weapon = weapon(false, random);
    return record;
}

Record ambulance_record(const Event& event, Random& random) {
    Record record;
    record.source = "ambulance";
    record.offence = random.chance(150) ? "Stabbing or assault" : "Assault";
    record.occurred_from = time_text(event.day, event.hour, event.minute);
    record.location_text = ambulance_text(event, random);
    if (random.chance(30)) {
        record.position = spot_named("Leicester Royal Infirmary").point; // where the journey ended
    } else if (random.chance(900)) {
        record.position = measured(event, 25, random);
    }
    record.place_type = place_type(event, random);
    record.domestic = "unknown";
    record.weapon = weapon(false, random);
    if (random.chance(600)) {
        record.victim_age = age(event, random);
    }
    return record;
}

} // namespace hotspots::data::demo
