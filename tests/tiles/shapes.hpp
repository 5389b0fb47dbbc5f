// Shapes for tests of tiles: star polygons, and geometry given in a tile's own units.
#pragma once

#include "geo/geos.hpp"
#include "tiles/tile_shape.hpp"

#include <cmath>
#include <numbers>
#include <random>

namespace hotspots::tests {

// Evenly from `low` up to `high`.
inline double between(double low, double high, std::mt19937& random) {
    return low + (high - low) * static_cast<double>(random()) / 4294967296.0;
}

// Longitude and latitude of a place given in tile units.
inline geo::LonLat at_units(const tiles::TileId& tile, double x, double y) {
    const auto box = tiles::mercator_bounds(tile);
    const double metres = (box.max.x_m - box.min.x_m) / tiles::tile_extent;
    return tiles::to_lon_lat(
        geo::MercatorPoint{box.min.x_m + x * metres, box.max.y_m - y * metres});
}

inline geo::Ring<geo::LonLat> ring_at(const tiles::TileId& tile,
                                      const std::vector<std::pair<double, double>>& units) {
    geo::Ring<geo::LonLat> ring;
    for (const auto& [x, y] : units) {
        ring.push_back(at_units(tile, x, y));
    }
    ring.push_back(ring.front());
    return ring;
}

// A star-shaped ring around (x, y): simple by construction, with deep bays.
inline geo::Ring<geo::LonLat> star_at(const tiles::TileId& tile, double x, double y, double radius,
                                      int corners, std::mt19937& random) {
    std::vector<std::pair<double, double>> units;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double reach = radius * between(0.2, 1, random);
        units.emplace_back(x + reach * std::cos(angle), y + reach * std::sin(angle));
    }
    return ring_at(tile, units);
}

// In tile units, for GEOS.
inline geo::MultiPolygon<geo::MercatorPoint> planar(const std::vector<tiles::TilePolygon>& shape) {
    const auto closed = [](const tiles::TileRing& ring) {
        geo::Ring<geo::MercatorPoint> result;
        for (const auto& point : ring) {
            result.push_back({double(point.x), double(point.y)});
        }
        result.push_back(result.front());
        return result;
    };
    geo::MultiPolygon<geo::MercatorPoint> polygons;
    for (const auto& polygon : shape) {
        auto& plane = polygons.emplace_back();
        plane.exterior = closed(polygon.exterior);
        for (const auto& hole : polygon.holes) {
            plane.holes.push_back(closed(hole));
        }
    }
    return polygons;
}

inline double area_units(const std::vector<tiles::TilePolygon>& shape) {
    std::int64_t sum = 0;
    for (const auto& polygon : shape) {
        sum += tiles::twice_area(polygon.exterior);
        for (const auto& hole : polygon.holes) {
            sum += tiles::twice_area(hole);
        }
    }
    return static_cast<double>(sum) / 2;
}

} // namespace hotspots::tests
