// A property's value as vector_tile.proto's message Value: shared by the encoders of features and
// of points.
#pragma once

#include "tiles/feature.hpp"

#include <string>
#include <string_view>

namespace hotspots::tiles {

// The bytes of a Value message; empty for null, which MVT has no value for. Lists are joined by
// ", "; what is no UTF-8 becomes U+FFFD.
std::string encode_value(const Value& value);
std::string encode_text_value(std::string_view text);

} // namespace hotspots::tiles
