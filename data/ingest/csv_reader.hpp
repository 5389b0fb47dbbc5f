// CSV as RFC 4180 has it, read as a stream: quoted fields, doubled quotes, line breaks inside
// quotes; rows end with LF, CRLF or CR; a UTF-8 byte-order mark is skipped. Holds at most one row.
#pragma once

#include "data/ingest/row_source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

class CsvReader final : public RowSource {
public:
    static constexpr std::size_t max_row_bytes = std::size_t{1} << 20;

    // `name` is the file's, for messages.
    CsvReader(ByteSource source, std::string name);

    // The next row, or false after the last one. Empty lines are skipped. Throws InputError, naming
    // file and line: a row of more than max_row_bytes, a byte 0, invalid UTF-8, a quote that is
    // never closed.
    bool next(CsvRow& row) override;

    const std::string& name() const override { return m_name; }

private:
    enum class State { field_start, unquoted, quoted, after_quote };

    int peek(); // the next byte, or -1 at the end
    int take();
    void skip_byte_order_mark();
    bool skip_empty_lines();
    bool read_character(CsvRow& row); // false when the row has ended
    void read_quoted(int c);
    void finish(CsvRow& row);
    [[noreturn]] void fail(std::int64_t line, const std::string& what) const;

    ByteSource m_source;
    std::string m_name;
    std::array<char, 65536> m_block{};
    std::size_t m_position = 0;
    std::size_t m_filled = 0;
    bool m_started = false;
    std::int64_t m_line = 1;     // of the next byte
    std::int64_t m_row_line = 1; // of the present row's first byte
    std::size_t m_row_bytes = 0; // raw, with quotes and commas
    State m_state = State::field_start;
    std::string m_text;              // the row's fields, one after the other
    std::vector<std::size_t> m_ends; // where each field ends in m_text
};

} // namespace hotspots::data
