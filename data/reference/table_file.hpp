// A CSV of reference data, alone or in a zip: its columns by meaning, its rows one by one.
#pragma once

#include "data/ingest/csv_header.hpp"
#include "data/ingest/csv_reader.hpp"
#include "data/ingest/field_reader.hpp"
#include "data/reference/column_names.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

class TableFile {
public:
    // Reads the first row. Throws InputError as list_input and CsvReader do, for an empty file and
    // for a zip of several tables.
    explicit TableFile(const std::string& path);

    std::span<const std::string_view> first_row() const { return m_row.fields; }
    // Settles that the first row is the header, or that it is data and the columns are `names`.
    void use_header();
    void use_columns(std::span<const std::string_view> names);

    std::span<const std::string> columns() const { return m_columns; }
    Column find(const NamePatterns& patterns) const;
    // Throws InputError naming `meaning` and the columns found.
    std::size_t require(const NamePatterns& patterns, const std::string& meaning) const;

    // Calls `read` with each row; it may reject the row. Rejects, also of rows with too few or too
    // many fields, go to `on_reject`. Returns the number of rows.
    std::int64_t each(const std::function<void(FieldReader&)>& read,
                      const std::function<void(Reject)>& on_reject);

private:
    std::optional<Reject> read_row(const std::function<void(FieldReader&)>& read) const;

    std::string m_name;
    CsvReader m_reader;
    CsvRow m_row;
    bool m_row_is_data = false;
    std::optional<CsvHeader> m_header;
    std::vector<std::string> m_columns;
};

// Where the columns of a point are: degrees, or British National Grid in metres.
struct PointColumns {
    Column longitude;
    Column latitude;
    Column easting;
    Column northing;
};

// Throws InputError if the table has neither pair.
PointColumns find_point_columns(const TableFile& table);

// The row's point. Rejects the row, returning none, where there is no point in Great Britain.
std::optional<geo::LonLat> read_point(FieldReader& fields, const PointColumns& columns);

} // namespace hotspots::data
