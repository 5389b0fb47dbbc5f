#include "tiles/tile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hotspots::tiles {

namespace {

constexpr double earth_radius_m = 6378137.0; // of EPSG:3857's sphere
constexpr double half_world_m = std::numbers::pi * earth_radius_m;
constexpr double degree = std::numbers::pi / 180.0;
constexpr double max_latitude_deg = 85.05112877980659; // where the map is square

double tile_size_m(int zoom) {
    return std::ldexp(2 * half_world_m, -zoom);
}

std::uint32_t column_at(double offset_m, int zoom) {
    const double column = std::floor(offset_m / tile_size_m(zoom));
    return static_cast<std::uint32_t>(std::clamp(column, 0.0, std::ldexp(1.0, zoom) - 1));
}

} // namespace

std::optional<TileId> make_tile(std::int64_t zoom, std::int64_t x, std::int64_t y) {
    if (zoom < 0 || zoom > max_zoom) {
        return std::nullopt;
    }
    const std::int64_t count = std::int64_t{1} << zoom;
    if (x < 0 || x >= count || y < 0 || y >= count) {
        return std::nullopt;
    }
    return TileId{static_cast<int>(zoom), static_cast<std::uint32_t>(x),
                  static_cast<std::uint32_t>(y)};
}

geo::Box<geo::MercatorPoint> mercator_bounds(const TileId& tile, int buffer) {
    const double size_m = tile_size_m(tile.zoom);
    const double margin_m = size_m * buffer / tile_extent;
    const double west_m = -half_world_m + tile.x * size_m;
    const double north_m = half_world_m - tile.y * size_m;
    return {{west_m - margin_m, north_m - size_m - margin_m},
            {west_m + size_m + margin_m, north_m + margin_m}};
}

geo::Box<geo::LonLat> lon_lat_bounds(const TileId& tile, int buffer) {
    const auto box = mercator_bounds(tile, buffer);
    return {to_lon_lat(box.min), to_lon_lat(box.max)};
}

geo::MercatorPoint to_mercator(const geo::LonLat& point) {
    const double latitude_deg = std::clamp(point.lat_deg, -max_latitude_deg, max_latitude_deg);
    return {earth_radius_m * point.lon_deg * degree,
            earth_radius_m * std::asinh(std::tan(latitude_deg * degree))};
}

geo::LonLat to_lon_lat(const geo::MercatorPoint& point) {
    return {point.x_m / earth_radius_m / degree,
            std::atan(std::sinh(point.y_m / earth_radius_m)) / degree};
}

TileId tile_at(const geo::LonLat& point, int zoom) {
    const auto mercator = to_mercator(point);
    return {zoom, column_at(mercator.x_m + half_world_m, zoom),
            column_at(half_world_m - mercator.y_m, zoom)};
}

} // namespace hotspots::tiles
