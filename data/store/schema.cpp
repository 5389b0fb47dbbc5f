#include "data/store/schema.hpp"

namespace hotspots::data::store {

namespace {

using enum ColumnType;

// Those of an earlier version of an incident; an incident's own are all but the last.
constexpr Column version_columns[] = {
    {"incident_id", text},
    {"source", text},
    {"format", text},
    {"occurred_from", text},
    {"occurred_to", text},
    {"time_precision", text},
    {"occurred_begin", time},
    {"occurred_end", time},
    {"offence_code", text},
    {"offence", text},
    {"place_type", text},
    {"domestic", text},
    {"weapon", text},
    {"victim_age", integer},
    {"injury", text},
    {"location_text", text},
    {"given_easting", real},
    {"given_northing", real},
    {"given_longitude", real},
    {"given_latitude", real},
    {"snapped", integer},
    {"extra", text},
    {"status", text},
    {"level", text},
    {"easting", real},
    {"northing", real},
    {"uncertainty_m", real},
    {"score", real},
    {"matched_text", text},
    {"rule", text},
    {"candidates", text},
    {"ward_code", text},
    {"import_id", integer},
    {"content_hash", integer},
    {"written_revision", integer},
    {"incident_row", integer},
};
static_assert(std::size(version_columns) == incident_version::incident_row + 1);
constexpr std::span<const Column> incident_columns =
    std::span(version_columns).first(incident::written_revision + 1);

constexpr Column ward_columns[] = {
    {"code", text},      {"name", text},          {"authority_code", text},
    {"authority", text}, {"indicative", integer},
};
static_assert(std::size(ward_columns) == ward::indicative + 1);

constexpr Column population_columns[] = {{"ward_code", text}, {"residents", integer}};

constexpr Column place_columns[] = {
    {"name", text}, {"kind", text},      {"category", text}, {"ward_code", text},
    {"ward", text}, {"authority", text}, {"radius_m", real}, {"dataset", text},
};
static_assert(std::size(place_columns) == place::dataset + 1);

constexpr Column place_line_columns[] = {{"name", text}, {"place_id", integer}, {"dataset", text}};

constexpr Column postcode_columns[] = {{"code", text}, {"ward_code", text}};

constexpr Column import_columns[] = {
    {"started", time},       {"files", text},      {"format", text},       {"rows", integer},
    {"stored", integer},     {"updated", integer}, {"duplicate", integer}, {"rejected", integer},
    {"crs_operation", text}, {"report", text},     {"upload", text},       {"repeats", text},
    {"undone", time},        {"undone_by", text},
};
static_assert(std::size(import_columns) == import_run::undone_by + 1);

constexpr Column reject_columns[] = {
    {"import_id", integer}, {"file", text},  {"line", integer},
    {"field", text},        {"value", text}, {"reason", text},
};
static_assert(std::size(reject_columns) == reject::reason + 1);

constexpr Column review_columns[] = {
    {"source", text},        {"incident_id", text},
    {"location_text", text}, {"location_hash", integer},
    {"decision", text},      {"level", text},
    {"easting", real},       {"northing", real},
    {"uncertainty_m", real}, {"label", text},
    {"teaches", integer},    {"note", text},
    {"decided", time},       {"decided_by", text},
    {"answer_before", text},
};
static_assert(std::size(review_columns) == review::answer_before + 1);

constexpr Column api_key_columns[] = {
    {"sha256", text},  {"role", text},    {"name", text},
    {"purpose", text}, {"created", time}, {"expires", time},
};
static_assert(std::size(api_key_columns) == api_key::expires + 1);

constexpr Column user_columns[] = {
    {"name", text},    {"role", text},    {"password_hash", text},
    {"created", time}, {"changed", time}, {"disabled", integer},
};
static_assert(std::size(user_columns) == user::disabled + 1);

constexpr Column release_columns[] = {
    {"number", integer}, {"created", time}, {"profile", text},   {"document", text},
    {"sha256", text},    {"working", text}, {"withdrawn", time}, {"withdrawn_reason", text},
};
static_assert(std::size(release_columns) == release_row::withdrawn_reason + 1);

constexpr Column property_columns[] = {{"name", text}, {"value", text}};

constexpr TableSchema all_tables[] = {
    {"incidents", "Violence records as they came, with where they were found to be", Shape::point,
     incident_columns, "source, incident_id", "written_revision"},
    {"incident_versions", "What incidents said before an import changed them", Shape::point,
     version_columns, nullptr, "incident_row"},
    {"wards", "Electoral wards and their authorities", Shape::multi_polygon, ward_columns, "code",
     nullptr},
    {"ward_population", "Residents per ward", Shape::none, population_columns, "ward_code",
     nullptr},
    {"places", "Streets, places and points of interest by name", Shape::point, place_columns,
     nullptr, "dataset"},
    {"place_lines", "The lines of streets, where known", Shape::multi_line, place_line_columns,
     nullptr, "dataset"},
    {"postcodes", "Postcodes with a point each", Shape::point, postcode_columns, "code", nullptr},
    {"imports", "What was imported when, and how its rows ended", Shape::none, import_columns,
     nullptr, nullptr},
    {"rejects", "Rows of imports that could not be read", Shape::none, reject_columns, nullptr,
     "import_id"},
    {"reviews", "Where people said that records belong, decision after decision", Shape::none,
     review_columns, nullptr, "source, incident_id"},
    {"api_keys", "Keys that programs sign in with, as hashes", Shape::none, api_key_columns,
     "sha256", nullptr},
    {"users", "Accounts of people, their passwords as hashes", Shape::none, user_columns, "name",
     nullptr},
    {"releases", "Frozen tables for panels, and the counts behind them", Shape::none,
     release_columns, "number", nullptr},
    {"properties", "The store's schema version, revision and settings", Shape::none,
     property_columns, "name", nullptr},
};
static_assert(std::size(all_tables) == tables::properties + 1);

} // namespace

std::span<const TableSchema> schemas() {
    return all_tables;
}

} // namespace hotspots::data::store
