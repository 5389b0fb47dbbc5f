// Geometry in a tile's own whole units (4096 across, x right, y down): projected, clipped to the
// tile and its buffer, rounded to the unit. Between features and their MVT encoding.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "tiles/tile.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace hotspots::tiles {

struct TilePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;
    friend bool operator==(const TilePoint&, const TilePoint&) = default;
};

// Open: the first point is not repeated. At least three points, none in line with its neighbours.
using TileRing = std::vector<TilePoint>;

struct TilePolygon {
    TileRing exterior;
    std::vector<TileRing> holes;
    friend bool operator==(const TilePolygon&, const TilePolygon&) = default;
};

// Twice the surveyor's area (MVT 2.1, 4.3.3.3): positive where the ring runs clockwise on the
// screen.
std::int64_t twice_area(const TileRing& ring);

// Empty beyond the buffer.
std::optional<TilePoint> tile_point(const geo::LonLat& point, const TileId& tile);

// The part within the tile and its buffer: valid, exteriors with positive area, holes with
// negative. Vertices are rounded one by one, never moved along: polygons that share an edge still
// share it. What is smaller than a unit becomes a square of one unit. Empty where nothing lies in
// the tile.
std::vector<TilePolygon> tile_polygons(const geo::MultiPolygon<geo::LonLat>& polygons,
                                       const TileId& tile);

} // namespace hotspots::tiles
