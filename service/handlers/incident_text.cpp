#include "service/handlers/incident_text.hpp"

#include "service/handlers/incident_columns.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace hotspots::service {

namespace {

// The members of `properties`, one after the other. Words of enums need no escapes.
class Members {
public:
    explicit Members(std::string& out) : m_out(out) {}

    // `name` comes with its quotes, its colon, and the comma before it.
    void text(std::string_view name, std::string_view value) {
        m_out.append(name);
        tiles::append_json_string(m_out, value);
    }
    void text_or_null(std::string_view name, std::string_view value) {
        value.empty() ? null(name) : text(name, value);
    }
    void word(std::string_view name, std::string_view value) {
        m_out.append(name).append(1, '"').append(value).append(1, '"');
    }
    template <class Enum>
    void known(std::string_view name, Enum value) {
        value == Enum::unknown ? null(name) : word(name, data::to_text(value));
    }
    template <class Enum>
    void word_or_null(std::string_view name, const std::optional<Enum>& value) {
        value ? word(name, data::to_text(*value)) : null(name);
    }
    void number(std::string_view name, double value, double steps) {
        m_out.append(name);
        tiles::append_json_number(m_out, std::round(value * steps) / steps);
    }
    void number_or_null(std::string_view name, const std::optional<double>& value, double steps) {
        value ? number(name, *value, steps) : null(name);
    }
    void time(std::string_view name, const data::Moment& moment);
    void null(std::string_view name) { m_out.append(name).append("null"); }
    void whole(std::string_view name, std::int64_t value) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        m_out.append(name).append(digits.data(), end);
    }

private:
    std::string& m_out;
};

void two_digits(char* to, unsigned value) {
    to[0] = static_cast<char>('0' + value / 10);
    to[1] = static_cast<char>('0' + value % 10);
}

// As data::format_moment, which is exact times' most of the work.
void Members::time(std::string_view name, const data::Moment& moment) {
    using namespace std::chrono;
    if (moment.precision != data::TimePrecision::exact) {
        word(name, data::format_moment(moment));
        return;
    }
    const auto midnight = floor<days>(moment.begin);
    const year_month_day date(midnight);
    const hh_mm_ss clock(moment.begin - midnight);
    const auto year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) {
        word(name, data::format_moment(moment));
        return;
    }
    char text[] = "0000-00-00T00:00:00Z";
    two_digits(text, static_cast<unsigned>(year) / 100);
    two_digits(text + 2, static_cast<unsigned>(year) % 100);
    two_digits(text + 5, static_cast<unsigned>(date.month()));
    two_digits(text + 8, static_cast<unsigned>(date.day()));
    two_digits(text + 11, static_cast<unsigned>(clock.hours().count()));
    two_digits(text + 14, static_cast<unsigned>(clock.minutes().count()));
    two_digits(text + 17, static_cast<unsigned>(clock.seconds().count()));
    word(name, text);
}

void append_event(Members& members, const data::RawRecord& record,
                  const data::ScopeDecision& decision) {
    members.text(R"("incident_id":)", record.incident_id);
    members.word(R"(,"source":)", data::to_text(record.source));
    members.time(R"(,"occurred_from":)", record.occurred_from);
    record.occurred_to ? members.time(R"(,"occurred_to":)", *record.occurred_to)
                       : members.null(R"(,"occurred_to":)");
    members.word(R"(,"time_precision":)", precision_word(record.occurred_from.precision));
    members.text_or_null(R"(,"offence_code":)", record.offence_code);
    members.text_or_null(R"(,"offence":)", record.offence);
    members.word_or_null(R"(,"group":)", decision.group);
    members.word(R"(,"scope_decision":)", data::to_text(decision.decision));
    members.text_or_null(R"(,"scope_reason":)", decision.reason);
}

void append_place(Members& members, const data::Incident& incident, const data::Ward* ward) {
    constexpr double centimetres = 1e2;
    constexpr double millionths = 1e6;
    const auto& location = incident.location;
    members.text_or_null(R"(,"location_text":)", incident.record.location_text);
    members.word(R"(,"status":)", data::to_text(location.status));
    members.word_or_null(R"(,"level":)", location.level);
    members.number_or_null(R"(,"uncertainty_m":)", location.uncertainty_m, millionths);
    if (location.point) {
        members.number(R"(,"score":)", location.score, millionths);
        members.number(R"(,"easting":)", location.point->easting_m, centimetres);
        members.number(R"(,"northing":)", location.point->northing_m, centimetres);
    } else {
        members.null(R"(,"score":)");
        members.null(R"(,"easting":)");
        members.null(R"(,"northing":)");
    }
    members.text_or_null(R"(,"ward_code":)", ward ? ward->code : std::string_view());
    members.text_or_null(R"(,"ward":)", ward ? ward->name : std::string_view());
}

void append_people(Members& members, const data::RawRecord& record) {
    members.known(R"(,"place_type":)", record.place_type);
    members.known(R"(,"domestic":)", record.domestic);
    members.known(R"(,"weapon":)", record.weapon);
    record.victim_age ? members.whole(R"(,"victim_age":)", *record.victim_age)
                      : members.null(R"(,"victim_age":)");
    members.text_or_null(R"(,"injury":)", record.injury);
}

} // namespace

void append_incident(std::string& out, const data::Snapshot& snapshot,
                     const data::ScopeColumn& scope, std::uint32_t row,
                     const tiles::PositionStyle& style) {
    const auto& incident = snapshot.incidents[row];
    const auto& location = incident.location;
    const auto ward = snapshot.columns.ward[row];
    Members members(out);
    members.whole(R"({"type":"Feature","id":)", incident.id);
    out.append(R"(,"geometry":)");
    if (location.status == data::GeocodeStatus::matched && location.lon_lat) {
        tiles::append_point(out, *location.lon_lat, style);
    } else {
        out.append("null");
    }
    out.append(R"(,"properties":{)");
    append_event(members, incident.record, scope.decisions[row]);
    append_place(members, incident,
                 ward >= 0 ? &snapshot.wards[static_cast<std::size_t>(ward)] : nullptr);
    append_people(members, incident.record);
    out.append("}}");
}

} // namespace hotspots::service
