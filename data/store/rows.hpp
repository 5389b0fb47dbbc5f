// Our records to and from the rows of the store's tables. Every field comes back as it went in.
// Functions that read throw StoreError naming the table, the row and the value they cannot read.
#pragma once

#include "data/incident_store.hpp"
#include "data/store/database.hpp"

#include <string>

namespace hotspots::data::store {

// `revision`: the one that the row will first be seen in.
void write_incident(Row& row, const Incident& entry, std::int64_t revision);
void write_location(Row& row, const Location& location, const std::string& ward_code);

// Reads incidents one after the other; remembers the last time text, which often repeats.
class IncidentReader {
public:
    Incident read(const Row& row);

private:
    Moment moment(const Row& row, std::size_t column);
    std::string m_text;
    Moment m_moment;
};

// The columns that IncidentReader reads; the others only serve GIS tools.
std::span<const std::size_t> read_columns();
StoredKey read_key(const Row& row); // needs incident_id, source and content_hash

// Candidates as a JSON array (empty text for none) and back; throws StoreError for other text.
std::string candidates_to_json(const std::vector<Candidate>& candidates);
std::vector<Candidate> candidates_from_json(std::string_view json);

void write_ward(Row& row, const Ward& entry);
Ward read_ward(const Row& row);
void write_population(Row& row, const WardPopulation& entry);
WardPopulation read_population(const Row& row);
void write_place(Row& row, const NamedPlace& entry, const std::string& dataset);
NamedPlace read_place(const Row& row); // without lines
void write_place_lines(Row& row, const NamedPlace& entry, std::int64_t place_id,
                       const std::string& dataset);
void write_postcode(Row& row, const Postcode& entry);
Postcode read_postcode(const Row& row);

void write_import(Row& row, const ImportEntry& entry);
ImportEntry read_import(const Row& row);
std::vector<ImportEntry> read_imports(Table& imports); // oldest first
void write_reject(Row& row, std::int64_t import_id, const Reject& entry);
Reject read_reject(const Row& row);
void write_review(Row& row, const HandDecision& entry);
HandDecision read_review(const Row& row);
void write_api_key(Row& row, const ApiKey& entry);
ApiKey read_api_key(const Row& row);
void write_user(Row& row, const User& entry);
User read_user(const Row& row);

// What a row holds that none of our versions wrote.
[[noreturn]] void throw_damaged(const char* table, const Row& row, const char* column,
                                std::string_view value);

} // namespace hotspots::data::store
