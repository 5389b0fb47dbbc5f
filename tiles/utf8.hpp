// Text for formats that demand UTF-8 (JSON, protocol buffers), whatever bytes came in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotspots::tiles {

// Length in bytes, 1 to 4, of the well-formed sequence that `text` starts with (Unicode 15, table
// 3-7); 0 where it starts with none. Precondition: not empty.
std::size_t utf8_sequence_length(std::string_view text);

// Each byte that belongs to no well-formed sequence becomes U+FFFD.
std::string valid_utf8(std::string_view text);

} // namespace hotspots::tiles
