// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hotspots::data {

// Offset of the first byte that is not part of a valid sequence; empty if the text is valid.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// The longest prefix of at most `limit` bytes that does not cut a character. Precondition: valid
// UTF-8.
std::string_view utf8_prefix(std::string_view text, std::size_t limit);

} // namespace hotspots::data
