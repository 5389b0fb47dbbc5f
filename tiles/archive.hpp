// What archives of tiles (PMTiles, MBTiles) have in common.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "tiles/tile.hpp"

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::tiles {

// A text by name.
using ArchiveText = std::pair<std::string, std::string>;

struct ArchiveInfo {
    int min_zoom = 0;
    int max_zoom = 14;
    geo::Box<geo::LonLat> bounds;   // not empty
    std::vector<ArchiveText> texts; // name, description, attribution, ...
    // Documents: name and JSON. `vector_layers` is one of them.
    std::vector<ArchiveText> documents;
};

// A tile's bytes, packed with gzip, never empty.
using TileReceiver = std::function<void(const TileId& tile, std::string_view packed)>;

// Packs or unpacks with gzip; throws what it will for bytes that are none.
using Packing = std::function<std::string(std::string_view)>;

// Bytes that are no such archive, or a damaged one. The message names the part that is wrong.
class ArchiveError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace hotspots::tiles
