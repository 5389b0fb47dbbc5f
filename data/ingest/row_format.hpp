// What the readers of incident file formats share: the header once, then rows, each of which
// becomes a RawRecord or a Reject that names field, value and what would be right.
#pragma once

#include "data/ingest/csv_header.hpp"
#include "data/ingest/csv_reader.hpp"
#include "data/ingest/import.hpp"
#include "data/record.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hotspots::data {

// A Reject here has no file yet.
using ParsedRow = std::variant<RawRecord, Reject>;

// By column of the file: words that a mapping took as its `otherwise`, the first 20 of a column.
using UnmappedWords = std::map<std::string, std::vector<std::string>>;

struct ReadOptions {
    ImportFormat format = ImportFormat::automatic;
    Source source = Source::police;              // of rows that do not name one
    std::shared_ptr<const Mapping> mapping = {}; // goes before `format`
};

class RowFormat {
public:
    virtual ~RowFormat() = default;
    virtual std::string_view name() const = 0; // as in RawRecord::format
    // Precondition: the row has as many fields as the header.
    virtual ParsedRow read(const CsvRow& row) = 0;
    virtual UnmappedWords unmapped_words() const { return {}; }
    // Columns that neither the format nor its mapping knows: kept in RawRecord::extra.
    virtual std::vector<std::string> unmapped_columns() const { return {}; }
};

// The reader for this header; `automatic` tells the format by the columns. Throws InputError that
// lists the columns found and those needed.
std::unique_ptr<RowFormat> make_row_format(const CsvHeader& header, const ReadOptions& options);

} // namespace hotspots::data
