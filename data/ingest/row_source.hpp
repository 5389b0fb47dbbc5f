// Rows of text fields, one after the other, whatever kind of file they come from: what the incident
// formats read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

// Fills the front of the block; returns how many bytes, 0 at the end.
using ByteSource = std::function<std::size_t(std::span<char>)>;

// Begins the file anew, from its first byte.
using OpenBytes = std::function<ByteSource()>;

// Why a row cannot be read, where the kind of file alone tells.
struct RowFault {
    std::string field; // empty if the row as a whole is at fault
    std::string value;
    std::string reason;
};

struct CsvRow {
    std::int64_t line = 0;                // the line of its first character, from 1
    std::vector<std::string_view> fields; // valid until the next row is read; valid UTF-8
    bool misquoted = false;       // text follows a closing quote: kept, but the fields are doubtful
    bool ends_in_newline = false; // false only for a last row whose line is not ended
    std::optional<RowFault> fault; // GeoJSON: then the row is a reject
};

class RowSource {
public:
    RowSource() = default;
    RowSource(const RowSource&) = default;
    RowSource& operator=(const RowSource&) = default;
    RowSource(RowSource&&) = default;
    RowSource& operator=(RowSource&&) = default;
    virtual ~RowSource() = default;

    // The next row, or false after the last one. Throws InputError, naming file and line, where the
    // file cannot be read on.
    virtual bool next(CsvRow& row) = 0;

    virtual const std::string& name() const = 0; // the file's, for messages
};

} // namespace hotspots::data
