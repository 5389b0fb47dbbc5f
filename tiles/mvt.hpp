// Mapbox Vector Tile 2.1 through protozero. One layer a call; bytes of layers may be concatenated.
#pragma once

#include "tiles/feature.hpp"
#include "tiles/tile.hpp"

#include <span>
#include <string>
#include <string_view>

namespace hotspots::tiles {

// The features that touch the tile and its buffer, clipped to it, simplified to the tile's unit at
// `zoom`, rings oriented and degenerate ones dropped (a polygon smaller than a unit becomes a
// square of one unit, so that nothing disappears). Keys and values deduplicated. Text ids become a
// property `id`; integer ids the feature id. Empty string if no feature touches the tile.
std::string encode_layer(std::string_view layer, std::span<const Feature> features,
                         const TileId& tile);
std::string encode_layer(std::string_view layer, std::span<const Feature* const> features,
                         const TileId& tile);

} // namespace hotspots::tiles
