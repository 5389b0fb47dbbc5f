#include "data/ingest/police_uk_format.hpp"

namespace hotspots::data {

namespace {

// Every column that the archive has had, in a fixed order: the identity of a row must not depend on
// the order of its file's columns, nor on a column that a later archive adds.
constexpr std::array<std::string_view, 11> content_columns{
    "Month",    "Reported by", "Falls within", "Longitude",  "Latitude",
    "Location", "LSOA code",   "LSOA name",    "Crime type", "Last outcome category",
    "Context",
};

} // namespace

PoliceUkFormat::PoliceUkFormat(const CsvHeader& header)
    : m_header(header), m_crime_id(header.require("Crime ID", required)),
      m_month(header.require("Month", required)),
      m_longitude(header.require("Longitude", required)),
      m_latitude(header.require("Latitude", required)),
      m_location(header.require("Location", required)),
      m_crime_type(header.require("Crime type", required)),
      m_extra(other_columns(header, required)) {
    for (const auto name : content_columns) {
        m_content.push_back(header.find(name));
    }
}

ParsedRow PoliceUkFormat::read(const CsvRow& row) {
    FieldReader fields(m_header, row);
    RawRecord record;
    record.format = name();
    record.source = Source::police;
    const auto month = fields.moment(m_month);
    if (!month || month->precision != TimePrecision::month) {
        fields.reject(m_month, "expected a month, such as 2025-03");
    } else {
        record.occurred_from = *month;
    }
    record.given_lon_lat = fields.lon_lat(m_longitude, m_latitude);
    record.snapped = record.given_lon_lat.has_value();
    record.offence = fields.text(m_crime_type);
    record.location_text = fields.text(m_location);
    if (!fields.text(m_crime_id).empty()) {
        record.incident_id = fields.identifier(m_crime_id);
    }
    if (fields.fault()) {
        return *fields.fault();
    }
    if (record.incident_id.empty()) {
        record.incident_id = identify(fields);
    }
    record.extra = fields.extra(m_extra);
    return record;
}

std::string PoliceUkFormat::identify(const FieldReader& fields) {
    ContentHash content;
    for (const auto column : m_content) {
        content.add(fields.text(column));
    }
    return m_identity.next(content);
}

} // namespace hotspots::data
