// Which columns of one file a mapping takes for which columns of format `vrn`.
#pragma once

#include "data/ingest/column_names.hpp"
#include "data/ingest/mapping.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

// A column of format vrn, and where it comes from in one file.
struct MappedColumn {
    std::string name;
    std::optional<FoundJoin> from;  // empty: a constant, or made from others
    const WordMap* words = nullptr; // renamed, if set
};

// True if the header has a way to every column that the mapping does not call optional.
bool fits(const CsvHeader& header, const Mapping& mapping);

// The way to a column; empty if the file has none and needs none. Throws InputError that names the
// columns wanted and found.
std::optional<FoundJoin> find_source(const CsvHeader& header, const Mapping& mapping,
                                     std::string_view name, const ColumnChoice& choice);

// Mapped columns and constants, `incident_id` in any case, and `occurred_to` for a mapping's
// known_by. Refers to the mapping's words. Throws InputError as find_source does.
std::vector<MappedColumn> find_mapped_columns(const CsvHeader& header, const Mapping& mapping,
                                              bool has_known_by);

// The columns that no column of ours takes.
struct OtherColumns {
    std::vector<std::size_t> listed;   // Mapping::extra, as far as the file has it
    std::vector<std::size_t> kept;     // those, and the unmapped ones
    std::vector<std::string> unmapped; // named nowhere in the mapping
};
OtherColumns find_other_columns(const CsvHeader& header, const Mapping& mapping,
                                const std::vector<MappedColumn>& columns,
                                const std::optional<FoundJoin>& known_by);

} // namespace hotspots::data
