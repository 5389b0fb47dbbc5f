// Names of columns as people and systems write them: `ASSAULT DATE AND TIME`,
// `Assault_Date_And_Time` and `AssaultDateAndTime` are one.
#pragma once

#include "data/ingest/csv_header.hpp"
#include "data/ingest/mapping.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

// The name without case, spaces and punctuation; the name itself where nothing else is left.
std::string name_key(std::string_view name);

// The column of this name: exactly, as CsvHeader::find has it, or else the one of the same key.
// Throws InputError where several have that key.
std::optional<std::size_t> find_named(const CsvHeader& header, std::string_view name);

// The columns of the first way that the header has in full; empty if it has none.
struct FoundJoin {
    std::vector<std::size_t> columns;
    std::string separator;
};
std::optional<FoundJoin> find_choice(const CsvHeader& header, const ColumnChoice& choice);

// `'Date' with 'Time', or 'When'`: for messages.
std::string describe(const ColumnChoice& choice);

} // namespace hotspots::data
