// What an import says of the records it wrote: ImportEntry::report, a JSON object. Members:
// `status` and `level` (records by geocode status, points by level), `scope` (by profile: version,
// in, out, review), `crs` (operation, accuracy_m, grid_used), `tables` (name, format, rows,
// rejected, unmapped_columns, unmapped_words) and `left_out` (members of a zip that hold no
// incidents).
#pragma once

#include "data/ingest/row_format.hpp"
#include "data/record.hpp"
#include "data/scope.hpp"
#include "geo/crs.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace hotspots::data {

struct TableCounts {
    std::string name;
    std::string format;
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::vector<std::string> unmapped_columns; // by neither format nor mapping: kept in `extra`
    UnmappedWords unmapped_words;              // taken as unknown, by column of the file
};

class ImportReport {
public:
    // The profiles outlive the report.
    explicit ImportReport(std::span<const ScopeProfile> profiles);

    void add(const Incident& incident); // one that was stored or updated
    void add_table(TableCounts table) { m_tables.push_back(std::move(table)); }
    void add_left_out(const std::vector<std::string>& names);

    // Formats of the tables, each once, with commas between them.
    std::string formats() const;
    std::string to_json(const geo::CrsOperation& operation) const;

private:
    std::span<const ScopeProfile> m_profiles;
    std::map<std::string, std::int64_t, std::less<>> m_status;
    std::map<std::string, std::int64_t, std::less<>> m_level;
    std::vector<std::map<Decision, std::int64_t>> m_decisions; // one a profile
    std::vector<TableCounts> m_tables;
    std::vector<std::string> m_left_out;
};

} // namespace hotspots::data
