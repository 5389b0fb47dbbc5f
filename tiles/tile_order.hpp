// Tiles of all zooms in one line: zoom by zoom, each along its Hilbert curve, so that neighbours
// lie near each other. The tile ids of PMTiles version 3.
#pragma once

#include "tiles/tile.hpp"

#include <cstdint>
#include <optional>

namespace hotspots::tiles {

// 0 for 0/0/0, then 1 to 4 for zoom 1, and so on.
std::uint64_t tile_order(const TileId& tile);

// Empty beyond max_zoom.
std::optional<TileId> tile_of_order(std::uint64_t order);

} // namespace hotspots::tiles
