// Tables from strings, for the tests of the readers.
#pragma once

#include "data/ingest/csv_header.hpp"
#include "data/ingest/csv_reader.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace hotspots::tests {

// Gives at most `block` bytes at a time, so that every byte can be the last of a block.
inline data::ByteSource bytes_of(std::string text, std::size_t block = 65536) {
    return [text = std::move(text), block, position = std::size_t{0}](std::span<char> out) mutable {
        const std::size_t count = std::min({block, out.size(), text.size() - position});
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(position), count, out.begin());
        position += count;
        return count;
    };
}

struct Row {
    std::int64_t line = 0;
    std::vector<std::string> fields;
    friend bool operator==(const Row&, const Row&) = default;
};

inline std::vector<Row> read_rows(const std::string& text, std::size_t block = 65536) {
    auto reader = std::make_unique<data::CsvReader>(bytes_of(text, block), "test.csv");
    std::vector<Row> rows;
    data::CsvRow row;
    while (reader->next(row)) {
        rows.push_back({row.line, {row.fields.begin(), row.fields.end()}});
    }
    return rows;
}

// One header and one row, read by a format.
inline data::CsvHeader header_of(const std::string& names) {
    data::CsvReader reader(bytes_of(names + "\n"), "test.csv");
    return data::read_header(reader);
}

} // namespace hotspots::tests
