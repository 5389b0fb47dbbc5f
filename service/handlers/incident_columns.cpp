#include "service/handlers/incident_columns.hpp"

#include "service/handlers/collection.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

namespace hotspots::service {

namespace {

using filter::Value;

struct Row {
    const data::Snapshot& snapshot;
    const data::ScopeColumn& scope;
    std::uint32_t index;

    const data::Incident& incident() const { return snapshot.incidents[index]; }
    const data::RawRecord& record() const { return incident().record; }
    const data::Location& location() const { return incident().location; }
    const data::ScopeDecision& decision() const { return scope.decisions[index]; }
    const data::Ward* ward() const {
        const auto ward = snapshot.columns.ward[index];
        return ward >= 0 ? &snapshot.wards[static_cast<std::size_t>(ward)] : nullptr;
    }
};

Value text(std::string_view value) {
    return value.empty() ? Value() : Value(value);
}

template <class Enum>
Value known_word(Enum value) {
    return value == Enum::unknown ? Value() : Value(data::to_text(value));
}

template <class Enum>
Value word(const std::optional<Enum>& value) {
    return value ? Value(data::to_text(*value)) : Value();
}

constexpr std::int64_t us_per_s = 1'000'000;

// As long as what it was recorded as: a month, a day, or the second of an exact time.
Value time(const data::Moment& moment) {
    const auto us = [](data::Instant instant) {
        return std::chrono::microseconds(instant.time_since_epoch()).count();
    };
    const bool exact = moment.precision == data::TimePrecision::exact;
    return filter::Instant{us(moment.begin),
                           us(exact ? moment.begin + std::chrono::seconds(1) : moment.end) - 1};
}

Value number(const std::optional<double>& value) {
    return value ? Value(rounded(*value, 6)) : Value();
}

Value metre_value(const std::optional<geo::BngPoint>& point, double geo::BngPoint::*part) {
    return point ? Value(rounded((*point).*part, 2)) : Value();
}

Value place(const data::Location& location) {
    const bool mapped = location.status == data::GeocodeStatus::matched && location.lon_lat;
    return mapped ? Value(*location.lon_lat) : Value();
}

using Read = Value (*)(const Row&);

constexpr std::array<std::pair<std::string_view, Read>, 25> readers{{
    {"incident_id", [](const Row& r) { return Value(std::string_view(r.record().incident_id)); }},
    {"source", [](const Row& r) { return Value(data::to_text(r.record().source)); }},
    {"occurred_from",
     [](const Row& r) {
         const auto& columns = r.snapshot.columns; // not the record: this is asked of every row
         return Value(filter::Instant{columns.begin_s[r.index] * us_per_s,
                                      columns.from_end_s[r.index] * us_per_s - 1});
     }},
    {"occurred_to",
     [](const Row& r) {
         const auto& moment = r.record().occurred_to;
         return moment ? time(*moment) : Value();
     }},
    {"time_precision",
     [](const Row& r) { return Value(precision_word(r.record().occurred_from.precision)); }},
    {"offence_code", [](const Row& r) { return text(r.record().offence_code); }},
    {"offence", [](const Row& r) { return text(r.record().offence); }},
    {"group", [](const Row& r) { return word(r.decision().group); }},
    {"scope_decision", [](const Row& r) { return Value(data::to_text(r.decision().decision)); }},
    {"scope_reason", [](const Row& r) { return text(r.decision().reason); }},
    {"location_text", [](const Row& r) { return text(r.record().location_text); }},
    {"status", [](const Row& r) { return Value(data::to_text(r.location().status)); }},
    {"level", [](const Row& r) { return word(r.location().level); }},
    {"uncertainty_m", [](const Row& r) { return number(r.location().uncertainty_m); }},
    {"score",
     [](const Row& r) { return r.location().point ? number(r.location().score) : Value(); }},
    {"easting",
     [](const Row& r) { return metre_value(r.location().point, &geo::BngPoint::easting_m); }},
    {"northing",
     [](const Row& r) { return metre_value(r.location().point, &geo::BngPoint::northing_m); }},
    {"ward_code", [](const Row& r) { return r.ward() ? text(r.ward()->code) : Value(); }},
    {"ward", [](const Row& r) { return r.ward() ? text(r.ward()->name) : Value(); }},
    {"place_type", [](const Row& r) { return known_word(r.record().place_type); }},
    {"domestic", [](const Row& r) { return known_word(r.record().domestic); }},
    {"weapon", [](const Row& r) { return known_word(r.record().weapon); }},
    {"victim_age",
     [](const Row& r) {
         const auto& age = r.record().victim_age;
         return age ? Value(static_cast<double>(*age)) : Value();
     }},
    {"injury", [](const Row& r) { return text(r.record().injury); }},
    {"geometry", [](const Row& r) { return place(r.location()); }},
}};

} // namespace

std::string_view precision_word(data::TimePrecision precision) {
    switch (precision) {
    case data::TimePrecision::month:
        return "month";
    case data::TimePrecision::day:
        return "day";
    case data::TimePrecision::exact:
        break;
    }
    return "exact";
}

filter::Column incident_column(const data::Snapshot& snapshot, const data::ScopeColumn& scope,
                               std::string_view name) {
    for (const auto& [known_name, read] : readers) {
        if (known_name == name) {
            return [read = read, &snapshot, &scope](std::uint32_t row) {
                return read({snapshot, scope, row});
            };
        }
    }
    throw std::logic_error("incidents have no column " + std::string(name));
}

} // namespace hotspots::service
