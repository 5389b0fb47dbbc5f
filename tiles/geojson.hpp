// RFC 7946 GeoJSON text: right-hand rule, coordinates with 7 decimals (a centimetre) at most.
// Written directly into a string; escapes as JSON demands; invalid UTF-8 becomes U+FFFD.
#pragma once

#include "tiles/feature.hpp"

#include <array>
#include <string>
#include <string_view>

namespace hotspots::tiles {

// Of coordinates: seven decimals.
inline constexpr double coordinate_steps_per_deg = 1e7;

// How positions are written where they are not longitude and latitude: what RFC 7946, 4 leaves to
// prior arrangement. Rings keep the winding that they have on the ground.
struct PositionStyle {
    std::array<double, 2> (*place)(const geo::LonLat&) = nullptr; // in the order to write
    int decimals = 7;
};

void append_json_string(std::string& out, std::string_view text);
// Shortest text that reads back to the same double. Precondition: finite.
void append_json_number(std::string& out, double value);
void append_value(std::string& out, const Value& value);
// With at most `decimals` (up to 9) decimals, rounded half away from zero, without zeros at the
// end.
void append_coordinate(std::string& out, double value, int decimals);
void append_point(std::string& out, const geo::LonLat& point, const PositionStyle& style = {});
void append_geometry(std::string& out, const Geometry& geometry, const PositionStyle& style = {});
void append_feature(std::string& out, const Feature& feature, const PositionStyle& style = {});

} // namespace hotspots::tiles
