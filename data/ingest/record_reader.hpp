// One table of incidents as a stream of records and rejects: CSV reader, header and row format in
// one.
#pragma once

#include "data/ingest/csv_header.hpp"
#include "data/ingest/csv_reader.hpp"
#include "data/ingest/row_format.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::data {

class RecordReader {
public:
    // Reads the header and settles the format. Throws InputError as read_header and make_row_format
    // do.
    RecordReader(ByteSource source, const std::string& name, ImportFormat format,
                 Source default_source);
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;

    // The next row as a record, or as a Reject with file and line; empty after the last one. Throws
    // InputError as CsvReader does, and for a last line that was cut off.
    std::optional<ParsedRow> next();

    std::string_view format() const { return m_format->name(); }

private:
    ParsedRow read_row();

    CsvReader m_csv;
    CsvHeader m_header;
    std::unique_ptr<RowFormat> m_format;
    CsvRow m_row;
};

} // namespace hotspots::data
