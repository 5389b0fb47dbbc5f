// RFC 7946 GeoJSON text: right-hand rule, coordinates with 7 decimals (a centimetre) at most.
// Written directly into a string; escapes as JSON demands; invalid UTF-8 becomes U+FFFD.
#pragma once

#include "tiles/feature.hpp"

#include <string>
#include <string_view>

namespace hotspots::tiles {

// Of coordinates: seven decimals.
inline constexpr double coordinate_steps_per_deg = 1e7;

void append_json_string(std::string& out, std::string_view text);
// Shortest text that reads back to the same double. Precondition: finite.
void append_json_number(std::string& out, double value);
void append_value(std::string& out, const Value& value);
void append_geometry(std::string& out, const Geometry& geometry);
void append_feature(std::string& out, const Feature& feature);

} // namespace hotspots::tiles
