// A Web Mercator tile (z/x/y, y from the north) and the maths between it, Mercator metres and
// longitude/latitude. OGC Two Dimensional Tile Matrix Set, WebMercatorQuad.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <optional>

namespace hotspots::tiles {

inline constexpr int max_zoom = 22;
inline constexpr int tile_extent = 4096; // units of a tile's own coordinates
inline constexpr int tile_buffer = 64;   // drawn beyond each edge

struct TileId {
    int zoom = 0; // 0..max_zoom
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    friend bool operator==(const TileId&, const TileId&) = default;
};

// Empty unless 0 <= zoom <= max_zoom and x, y < 2^zoom.
std::optional<TileId> make_tile(std::int64_t zoom, std::int64_t x, std::int64_t y);

// The tile's square, in Mercator metres, widened by `buffer` tile units on each side.
geo::Box<geo::MercatorPoint> mercator_bounds(const TileId& tile, int buffer = 0);
geo::Box<geo::LonLat> lon_lat_bounds(const TileId& tile, int buffer = 0);

// Latitudes beyond 85.0511 degrees are clamped to it.
geo::MercatorPoint to_mercator(const geo::LonLat& point);
geo::LonLat to_lon_lat(const geo::MercatorPoint& point);
TileId tile_at(const geo::LonLat& point, int zoom);

} // namespace hotspots::tiles
