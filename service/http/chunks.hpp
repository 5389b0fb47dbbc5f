// Chunked transfer coding (RFC 9112, 7.1), as it is sent.
#pragma once

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace hotspots::service {

inline constexpr std::string_view last_chunk = "0\r\n\r\n";

// Precondition: not empty, which would be the last chunk.
inline std::string as_chunk(std::string_view text) {
    std::array<char, 20> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
    std::string chunk(size.data(), static_cast<std::size_t>(length));
    return chunk.append(text).append("\r\n");
}

} // namespace hotspots::service
