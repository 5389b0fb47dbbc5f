// One table of incidents as a stream of records and rejects: reader of CSV or GeoJSON, header and
// row format in one.
#pragma once

#include "data/ingest/csv_header.hpp"
#include "data/ingest/csv_reader.hpp"
#include "data/ingest/row_format.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

class RecordReader {
public:
    // Tells CSV and GeoJSON by the first bytes, reads the header and settles the format. `name` is
    // the file's, for messages. Throws InputError as read_header, GeoJsonReader and
    // make_row_format do.
    RecordReader(const OpenBytes& open, const std::string& name, const ReadOptions& options);
    // The same for CSV that can be read only once.
    RecordReader(ByteSource source, const std::string& name, ImportFormat format,
                 Source default_source);
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;

    // The next row as a record, or as a Reject with file and line; empty after the last one. Throws
    // InputError as CsvReader and GeoJsonReader do, and for a last line that was cut off.
    std::optional<ParsedRow> next();

    std::string_view format() const { return m_format->name(); }
    std::vector<std::string> unmapped_columns() const { return m_format->unmapped_columns(); }
    UnmappedWords unmapped_words() const { return m_format->unmapped_words(); } // so far

private:
    struct Table {
        std::unique_ptr<RowSource> rows;
        CsvHeader header;
    };
    RecordReader(Table table, const ReadOptions& options);
    static Table open_table(const OpenBytes& open, const std::string& name);
    static Table csv_table(ByteSource source, const std::string& name);
    ParsedRow read_row();

    std::unique_ptr<RowSource> m_rows;
    CsvHeader m_header;
    std::unique_ptr<RowFormat> m_format;
    CsvRow m_row;
};

} // namespace hotspots::data
