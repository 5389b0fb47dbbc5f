#include "data/ingest/vrn_format.hpp"

namespace hotspots::data {

namespace {

constexpr int oldest_victim_years = 120;
constexpr int first_year = 1900;
constexpr int last_year = 2100;

bool is_plausible(const Moment& moment) {
    const auto year = static_cast<int>(london_time(moment.begin).day.year());
    return year >= first_year && year <= last_year;
}

// True if all of `to` lies before `from`.
bool lies_before(const Moment& to, const Moment& from) {
    return to.precision == TimePrecision::exact ? to.end < from.begin : to.end <= from.begin;
}

} // namespace

std::span<const std::string_view> vrn_words(std::string_view column) {
    if (column == "source") {
        return words<Source>();
    }
    if (column == "place_type") {
        return words<PlaceType>();
    }
    if (column == "domestic") {
        return words<Domestic>();
    }
    return column == "weapon" ? words<Weapon>() : std::span<const std::string_view>{};
}

VrnFormat::VrnFormat(const CsvHeader& header, Source source)
    : m_header(header), m_source(source), m_incident_id(header.require("incident_id", required)),
      m_occurred_from(header.require("occurred_from", required)),
      m_occurred_to(header.find("occurred_to")), m_row_source(header.find("source")),
      m_offence_code(header.find("offence_code")), m_offence(header.find("offence")),
      m_location_text(header.find("location_text")), m_easting(header.find("easting")),
      m_northing(header.find("northing")), m_longitude(header.find("longitude")),
      m_latitude(header.find("latitude")), m_place_type(header.find("place_type")),
      m_domestic(header.find("domestic")), m_weapon(header.find("weapon")),
      m_victim_age(header.find("victim_age")), m_injury(header.find("injury")),
      m_extra(other_columns(header, columns)) {}

std::vector<std::string> VrnFormat::unmapped_columns() const {
    std::vector<std::string> names;
    for (const auto column : m_extra) {
        names.push_back(m_header.name(column));
    }
    return names;
}

ParsedRow VrnFormat::read(const CsvRow& row) {
    FieldReader fields(m_header, row);
    RawRecord record;
    record.format = name();
    record.incident_id = fields.identifier(m_incident_id);
    record.source = fields.word<Source>(m_row_source, m_source);
    read_times(fields, record);
    record.offence_code = fields.text(m_offence_code);
    record.offence = fields.text(m_offence);
    read_place(fields, record);
    record.domestic = fields.word<Domestic>(m_domestic, Domestic::unknown);
    record.weapon = fields.word<Weapon>(m_weapon, Weapon::unknown);
    record.victim_age = fields.whole_number(m_victim_age, 0, oldest_victim_years);
    record.injury = fields.text(m_injury);
    if (fields.fault()) {
        return *fields.fault();
    }
    record.extra = fields.extra(m_extra);
    return record;
}

void VrnFormat::read_times(FieldReader& fields, RawRecord& record) const {
    const auto from = fields.moment(m_occurred_from);
    if (!from) {
        fields.reject(m_occurred_from, "empty; expected when it happened, such as "
                                       "2025-03-01T22:15, 2025-03-01 or 2025-03");
        return;
    }
    record.occurred_from = *from;
    record.occurred_to = fields.moment(m_occurred_to);
    const std::string years =
        "expected a year from " + std::to_string(first_year) + " to " + std::to_string(last_year);
    if (!is_plausible(*from)) {
        fields.reject(m_occurred_from, years);
    }
    if (record.occurred_to && !is_plausible(*record.occurred_to)) {
        fields.reject(m_occurred_to, years);
    }
    if (record.occurred_to && lies_before(*record.occurred_to, *from)) {
        fields.reject(m_occurred_to, "before occurred_from (" +
                                         std::string(fields.text(m_occurred_from)) +
                                         "); expected that time or a later one");
    }
}

void VrnFormat::read_place(FieldReader& fields, RawRecord& record) const {
    record.location_text = fields.text(m_location_text);
    if (const auto bng = fields.pair(m_easting, m_northing)) {
        record.given_bng = geo::BngPoint{bng->first, bng->second};
    }
    record.given_lon_lat = fields.lon_lat(m_longitude, m_latitude);
    record.place_type = fields.word<PlaceType>(m_place_type, PlaceType::unknown);
}

} // namespace hotspots::data
