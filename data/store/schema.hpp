// The store's tables and their columns: what QGIS and ogrinfo show. A change here is a new
// schema_version. Columns are named by the enumerations below, in the order of the schema.
#pragma once

#include "data/store/database.hpp"

#include <cstddef>
#include <span>

namespace hotspots::data::store {

inline constexpr int schema_version = 4;

namespace tables {
enum Index : std::size_t {
    incidents,
    incident_versions,
    wards,
    ward_population,
    places,
    place_lines,
    postcodes,
    imports,
    rejects,
    reviews,
    api_keys,
    users,
    releases,
    properties
};
} // namespace tables

namespace incident {
enum Column : std::size_t {
    incident_id,
    source,
    format,
    occurred_from, // as precise as recorded: 2025-03, 2025-03-01, 2025-03-01T22:15:00Z
    occurred_to,
    time_precision,
    occurred_begin, // the interval of both in UTC, to compare and to animate by
    occurred_end,
    offence_code,
    offence,
    place_type,
    domestic,
    weapon,
    victim_age,
    injury,
    location_text,
    given_easting,
    given_northing,
    given_longitude,
    given_latitude,
    snapped,
    extra, // JSON object: columns of the file that have none here
    status,
    level,
    easting, // computed, EPSG:27700
    northing,
    uncertainty_m,
    score,
    matched_text,
    rule,
    candidates, // JSON array, for ambiguous ones
    ward_code,
    import_id,
    content_hash,
    written_revision, // the revision that last wrote the row
};
} // namespace incident

// All columns of an incident, and:
namespace incident_version {
enum Column : std::size_t { incident_row = incident::written_revision + 1 };
} // namespace incident_version

namespace ward {
enum Column : std::size_t { code, name, authority_code, authority, indicative };
} // namespace ward

namespace population {
enum Column : std::size_t { ward_code, residents };
} // namespace population

namespace place {
enum Column : std::size_t { name, kind, category, ward_code, ward, authority, radius_m, dataset };
} // namespace place

namespace place_line {
enum Column : std::size_t { name, place_id, dataset };
} // namespace place_line

namespace postcode {
enum Column : std::size_t { code, ward_code };
} // namespace postcode

namespace import_run {
enum Column : std::size_t {
    started,
    files,
    format,
    rows,
    stored,
    updated,
    duplicate,
    rejected,
    crs_operation,
    report,
    upload,  // the name an import was given when its file came over HTTP
    repeats, // ids of the incidents that it repeated: 1-500 502
    undone,  // when it was taken back, and by whom
    undone_by
};
} // namespace import_run

namespace reject {
enum Column : std::size_t { import_id, file, line, field, value, reason };
} // namespace reject

namespace review {
enum Column : std::size_t {
    source,
    incident_id,
    location_text,
    location_hash, // of the text and the given coordinates that the person saw
    decision,
    level,
    easting,
    northing,
    uncertainty_m,
    label,
    teaches, // 1: the answer holds for every record of the same text
    note,
    decided,
    decided_by,
    answer_before // JSON
};
} // namespace review

namespace api_key {
enum Column : std::size_t { sha256, role, name, purpose, created, expires };
} // namespace api_key

namespace user {
enum Column : std::size_t { name, role, password_hash, created, changed, disabled };
} // namespace user

namespace release_row {
enum Column : std::size_t {
    number,
    created,
    profile,
    document, // the JSON that is published
    sha256,   // of it
    working,  // JSON: the counts behind it, never published
    withdrawn,
    withdrawn_reason
};
} // namespace release_row

namespace property {
enum Column : std::size_t { name, value };
} // namespace property

std::span<const TableSchema> schemas(); // in the order of tables::Index

} // namespace hotspots::data::store
