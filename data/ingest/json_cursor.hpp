// The bytes of a JSON text, one by one, with the line that they are in. Never holds more than a
// block, however long the text is.
#pragma once

#include "data/ingest/row_source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

namespace hotspots::data {

class JsonCursor {
public:
    // What may be read before the next mark(): bounds what a parser holds.
    static constexpr std::size_t most_bytes = std::size_t{1} << 20;

    // `name` is the file's, for messages.
    JsonCursor(ByteSource source, std::string name);
    JsonCursor(const JsonCursor&) = delete;
    JsonCursor& operator=(const JsonCursor&) = delete;

    static constexpr int end_of_file = -1;
    int peek(); // the next byte, or end_of_file
    // Moves on. Throws InputError after most_bytes since the last mark.
    void skip();
    int peek_past_space(); // after white space and record separators (RFC 8142)
    void mark() { m_since_mark = 0; }

    const std::string& name() const { return m_name; }
    std::int64_t line() const { return m_line; }           // of the next byte, from 1
    [[noreturn]] void fail(const std::string& what) const; // InputError with file and line

private:
    ByteSource m_source;
    std::string m_name;
    std::array<char, 65536> m_block{};
    std::size_t m_position = 0;
    std::size_t m_filled = 0;
    std::size_t m_since_mark = 0;
    std::int64_t m_line = 1;
    bool m_is_after_return = false;
};

// The cursor as an input iterator; all copies move the one cursor.
class JsonBytes {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    JsonBytes() = default; // the end
    explicit JsonBytes(JsonCursor& cursor) : m_cursor(&cursor) {}

    char operator*() const { return static_cast<char>(m_cursor->peek()); }
    JsonBytes& operator++() {
        m_cursor->skip();
        return *this;
    }
    JsonBytes operator++(int) { return ++*this; }
    friend bool operator==(const JsonBytes& a, const JsonBytes& b) {
        return a.is_at_end() == b.is_at_end();
    }
    friend bool operator!=(const JsonBytes& a, const JsonBytes& b) { return !(a == b); }

private:
    bool is_at_end() const {
        return m_cursor == nullptr || m_cursor->peek() == JsonCursor::end_of_file;
    }
    JsonCursor* m_cursor = nullptr;
};

} // namespace hotspots::data
