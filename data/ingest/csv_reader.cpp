#include "data/ingest/csv_reader.hpp"

#include "data/errors.hpp"
#include "data/ingest/utf8.hpp"

#include <cstdio>
#include <utility>

namespace hotspots::data {

namespace {

constexpr int end_of_file = -1;

std::string hex_byte(char c) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "0x%02X", static_cast<unsigned char>(c));
    return text.data();
}

} // namespace

CsvReader::CsvReader(ByteSource source, std::string name)
    : m_source(std::move(source)), m_name(std::move(name)) {}

void CsvReader::fail(std::int64_t line, const std::string& what) const {
    throw InputError(m_name + ", line " + std::to_string(line) + ": " + what);
}

int CsvReader::peek() {
    if (m_position == m_filled) {
        m_filled = m_source(m_block);
        m_position = 0;
        if (m_filled == 0) {
            return end_of_file;
        }
    }
    return static_cast<unsigned char>(m_block[m_position]);
}

int CsvReader::take() {
    const int c = peek();
    if (c == end_of_file) {
        return c;
    }
    ++m_position;
    if (++m_row_bytes > max_row_bytes) {
        fail(m_row_line, "a row of more than " + std::to_string(max_row_bytes) +
                             " bytes; is this a CSV file, and is every quote closed?");
    }
    if (c == 0) {
        fail(m_line, "a byte 0, which no text holds; save the file as CSV in UTF-8");
    }
    // CRLF counts once, at its LF.
    if (c == '\n' || (c == '\r' && peek() != '\n')) {
        ++m_line;
    }
    return c;
}

void CsvReader::skip_byte_order_mark() {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    std::string start;
    while (start.size() < mark.size() && peek() == static_cast<unsigned char>(mark[start.size()])) {
        start.push_back(static_cast<char>(peek()));
        ++m_position;
    }
    if (!start.empty() && start != mark) {
        fail(1, "not valid UTF-8 (an incomplete byte-order mark); save the file as UTF-8");
    }
    if (peek() == 0xFF || peek() == 0xFE) {
        fail(1, "this looks like UTF-16; save the file as UTF-8");
    }
}

bool CsvReader::skip_empty_lines() {
    while (peek() == '\n' || peek() == '\r') {
        m_row_bytes = 0;
        take();
    }
    return peek() != end_of_file;
}

bool CsvReader::next(CsvRow& row) {
    if (!m_started) {
        m_started = true;
        skip_byte_order_mark();
    }
    if (!skip_empty_lines()) {
        return false;
    }
    m_row_line = m_line;
    m_row_bytes = 0;
    m_text.clear();
    m_ends.clear();
    m_state = State::field_start;
    row.misquoted = false;
    row.ends_in_newline = true;
    while (read_character(row)) {
    }
    finish(row);
    return true;
}

bool CsvReader::read_character(CsvRow& row) {
    const int c = take();
    if (m_state == State::quoted) {
        read_quoted(c);
        return true;
    }
    if (c == end_of_file || c == '\n' || c == '\r') {
        if (c == '\r' && peek() == '\n') {
            take();
        }
        row.ends_in_newline = c != end_of_file;
        m_ends.push_back(m_text.size());
        return false;
    }
    if (c == ',') {
        m_ends.push_back(m_text.size());
        m_state = State::field_start;
    } else if (c == '"' && m_state == State::field_start) {
        m_state = State::quoted;
    } else if (c == '"' && m_state == State::after_quote) {
        m_text.push_back('"');
        m_state = State::quoted;
    } else {
        row.misquoted = row.misquoted || m_state == State::after_quote;
        m_text.push_back(static_cast<char>(c));
        m_state = State::unquoted;
    }
    return true;
}

void CsvReader::read_quoted(int c) {
    if (c == end_of_file) {
        fail(m_row_line, "truncated: a quote opened in the row that starts here is never closed");
    }
    if (c == '"') {
        m_state = State::after_quote;
    } else {
        m_text.push_back(static_cast<char>(c));
    }
}

// Fields are checked one by one: two halves of a character could meet across a comma.
void CsvReader::finish(CsvRow& row) {
    row.line = m_row_line;
    row.fields.clear();
    std::size_t begin = 0;
    for (const std::size_t end : m_ends) {
        const auto field = std::string_view(m_text).substr(begin, end - begin);
        if (const auto at = first_invalid_utf8(field)) {
            fail(m_row_line, "not valid UTF-8 (byte " + hex_byte(field[*at]) + " in field " +
                                 std::to_string(row.fields.size() + 1) +
                                 "); save the file as UTF-8, in Excel 'CSV UTF-8'");
        }
        row.fields.push_back(field);
        begin = end;
    }
}

} // namespace hotspots::data
