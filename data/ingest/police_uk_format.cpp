#include "data/ingest/police_uk_format.hpp"

#include <cstdio>

namespace hotspots::data {

namespace {

// Every column that the archive has had, in a fixed order: the identity of a row must not depend on
// the order of its file's columns, nor on a column that a later archive adds.
constexpr std::array<std::string_view, 11> content_columns{
    "Month",    "Reported by", "Falls within", "Longitude",  "Latitude",
    "Location", "LSOA code",   "LSOA name",    "Crime type", "Last outcome category",
    "Context",
};

// FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923): the same on every machine, as stored ids must be.
class Fnv1a {
public:
    void add(std::string_view text) {
        for (const char c : text) {
            add_byte(static_cast<unsigned char>(c));
        }
        // No text holds this byte, so that neighbouring fields cannot run into each other.
        add_byte(0xFF);
    }
    std::uint64_t value() const { return m_value; }

private:
    void add_byte(unsigned char byte) { m_value = (m_value ^ byte) * 0x100000001b3U; }
    std::uint64_t m_value = 0xcbf29ce484222325U;
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

// Ordinals count equal hashes: should two contents ever share one, they still get two ids.
std::string PoliceUkFormat::identify(const FieldReader& fields) {
    Fnv1a hash;
    for (const auto column : m_content) {
        hash.add(fields.text(column));
    }
    const int ordinal = ++m_equal_rows[hash.value()];
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "anon-%016llx-%d",
                  static_cast<unsigned long long>(hash.value()), ordinal);
    return text.data();
}

} // namespace hotspots::data
