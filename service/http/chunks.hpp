// Chunked transfer coding (RFC 9112, 7.1), as it is sent.
#pragma once

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace hotspots::service {

inline constexpr std::string_view last_chunk = "0\r\n\r\n";

inline constexpr std::string_view chunk_end = "\r\n";

// What stands before a chunk's bytes; chunk_end stands after them. Precondition: they are not none,
// which would be the last chunk.
inline std::string chunk_begin(std::size_t bytes) {
    std::array<char, 20> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", bytes);
    return std::string(size.data(), static_cast<std::size_t>(length));
}

inline std::string as_chunk(std::string_view text) {
    return chunk_begin(text.size()).append(text).append(chunk_end);
}

} // namespace hotspots::service
