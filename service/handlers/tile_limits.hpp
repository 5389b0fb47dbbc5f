// Which tiles of the matrix set a collection's tile set has (OGC API - Tiles, tileMatrixSetLimits).
#pragma once

#include "geo/geometry.hpp"
#include "service/handlers/collection.hpp"
#include "tiles/tile.hpp"

#include <cstdint>

namespace hotspots::service {

struct TileLimits {
    std::uint32_t min_row = 0;
    std::uint32_t max_row = 0;
    std::uint32_t min_column = 0;
    std::uint32_t max_column = 0;

    bool hold(const tiles::TileId& tile) const {
        return tile.y >= min_row && tile.y <= max_row && tile.x >= min_column &&
               tile.x <= max_column;
    }
};

// What the wards lie in; empty where none are loaded.
geo::Box<geo::LonLat> tiled_area(const data::Snapshot& snapshot);

// The tiles of that zoom that the area touches; all of them where it is empty, and of collections
// whose features may lie beyond it: records and names.
TileLimits tile_limits(const Collection& collection, const geo::Box<geo::LonLat>& area, int zoom);

} // namespace hotspots::service
