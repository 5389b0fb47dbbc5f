// Another system's export, said in the columns and words of format `vrn`: which column of the
// export, or which of them joined, is which column of ours, and which of its words are ours. Read
// from a JSON file that data/mappings/README.md describes.
#pragma once

#include "data/ingest/time_pattern.hpp"
#include "data/record.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

// One way to get a text: columns of the export, joined in this order.
struct ColumnJoin {
    std::vector<std::vector<std::string>> parts; // each by the names that it may have
    std::string separator;
};

// The first way all of whose columns the file has is taken.
using ColumnChoice = std::vector<ColumnJoin>;

struct WordMap {
    std::map<std::string, std::string, std::less<>> words; // lower case -> ours
    std::optional<std::string> otherwise;                  // for words that nobody listed
};

struct Mapping {
    std::string name; // RawRecord::format of what it reads
    std::optional<Source> source;
    std::map<std::string, ColumnChoice, std::less<>> columns; // by column of format vrn
    ColumnChoice known_by;                       // a time at which it had happened; may be empty
    std::set<std::string, std::less<>> optional; // what the file may lack
    std::map<std::string, WordMap, std::less<>> values; // by column of format vrn
    std::vector<TimePattern> times;                     // beside ISO 8601
    std::set<std::string, std::less<>> empty;           // lower case: words for 'not given'
    std::map<std::string, std::string, std::less<>> constants;
    std::vector<std::string> extra; // known columns without a field, or kept in `extra` as well
    std::vector<std::string> drop;  // not kept at all
};

// The member of `optional` for Mapping::known_by.
inline constexpr std::string_view known_by_name = "known_by";

// Throws InputError that names `name`, the member, its value and what would be right.
Mapping parse_mapping(std::string_view json, const std::string& name);

// The mapping of a file of at most 1 MiB. Throws InputError as parse_mapping does, and where the
// file cannot be read.
std::shared_ptr<const Mapping> read_mapping(const std::string& path);

// Hospital emergency departments: Information Sharing to Tackle Violence (ISB 1594). Format `istv`.
const std::shared_ptr<const Mapping>& istv_mapping();

} // namespace hotspots::data
