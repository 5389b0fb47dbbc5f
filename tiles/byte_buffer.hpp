// Bytes that grow, written through a plain pointer: the inner loop of encoders of protocol buffers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

inline constexpr std::size_t most_varint_bytes = 10;

// Base 128, least significant group first; returns what follows it.
inline char* put_varint(char* at, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) {
        *at++ = static_cast<char>((value & 0x7fU) | 0x80U);
    }
    *at++ = static_cast<char>(value);
    return at;
}

inline char* put_bytes(char* at, std::string_view bytes) {
    return std::copy(bytes.begin(), bytes.end(), at);
}

class ByteBuffer {
public:
    void clear() { m_size = 0; }
    std::size_t size() const { return m_size; }
    std::string_view view() const { return {m_bytes.data(), m_size}; }

    // Where the next bytes go: at least `most` of them fit. What was written ends with end_at().
    char* room(std::size_t most) {
        if (m_bytes.size() - m_size < most) {
            m_bytes.resize(std::max(m_bytes.size() * 2, m_size + most + 1024));
        }
        return m_bytes.data() + m_size;
    }
    void end_at(const char* end) { m_size = static_cast<std::size_t>(end - m_bytes.data()); }

    void append(std::string_view bytes) { end_at(put_bytes(room(bytes.size() + 1), bytes)); }
    void append_varint(std::uint64_t value) { end_at(put_varint(room(most_varint_bytes), value)); }

private:
    std::vector<char> m_bytes;
    std::size_t m_size = 0;
};

} // namespace hotspots::tiles
