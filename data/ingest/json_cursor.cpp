#include "data/ingest/json_cursor.hpp"

#include "data/errors.hpp"

#include <utility>

namespace hotspots::data {

namespace {

constexpr int record_separator = 0x1E;

} // namespace

JsonCursor::JsonCursor(ByteSource source, std::string name)
    : m_source(std::move(source)), m_name(std::move(name)) {
    for (const int byte : {0xEF, 0xBB, 0xBF}) {
        if (peek() != byte) {
            break;
        }
        ++m_position;
    }
}

int JsonCursor::peek() {
    if (m_position == m_filled) {
        m_filled = m_source(m_block);
        m_position = 0;
        if (m_filled == 0) {
            return end_of_file;
        }
    }
    return static_cast<unsigned char>(m_block[m_position]);
}

void JsonCursor::skip() {
    const int c = peek();
    if (c == end_of_file) {
        return;
    }
    ++m_position;
    if (++m_since_mark > most_bytes) {
        fail("a value of more than " + std::to_string(most_bytes) + " bytes");
    }
    // CRLF counts once, at its CR.
    m_line += c == '\r' || (c == '\n' && !m_is_after_return) ? 1 : 0;
    m_is_after_return = c == '\r';
}

int JsonCursor::peek_past_space() {
    for (int c = peek();; c = peek()) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != record_separator) {
            return c;
        }
        skip();
        mark(); // white space is not held
    }
}

void JsonCursor::fail(const std::string& what) const {
    throw InputError(m_name + ", line " + std::to_string(m_line) + ": " + what);
}

} // namespace hotspots::data
