// How each collection's tiles are drawn: MapLibre styles (style specification, version 8) whose
// tiles and glyphs come from this service alone.
#pragma once

#include "geo/coordinates.hpp"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hotspots::service {

// The style of all collections together.
inline constexpr std::string_view whole_style = "everything";
// Font stacks that styles name: of /fonts/{fontstack}/{range}.pbf.
inline constexpr std::array<std::string_view, 2> font_stacks{"Noto Sans Regular", "Noto Sans Bold"};

struct MapStyle {
    std::string name;
    std::string title;
    std::string base;  // of the service: tiles and glyphs are absolute addresses
    std::string query; // of the tiles, with its question mark; empty for none
    std::optional<geo::LonLat> centre;
};

// Of these collections, drawn in a fixed order whatever theirs: ground, areas, lines, names.
// Collections that have no style are left out.
nlohmann::ordered_json map_style(const MapStyle& style,
                                 std::span<const std::string_view> collections);

} // namespace hotspots::service
