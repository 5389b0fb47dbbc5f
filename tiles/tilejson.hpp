// TileJSON 3.0.0 documents: what a map library needs to know of a tile set.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "tiles/tile.hpp"

#include <string>
#include <utility>
#include <vector>

namespace hotspots::tiles {

struct VectorLayer {
    std::string id; // the layer's name in the tiles
    std::string description;
    std::vector<std::pair<std::string, std::string>> fields; // name, and its type or meaning
};

struct TileSet {
    std::string name;
    std::string description; // left out if empty, as is `attribution`
    std::string attribution;
    std::vector<std::string> tiles; // URL templates with {z}, {x}, {y}; at least one
    int min_zoom = 0;
    int max_zoom = 14;
    geo::Box<geo::LonLat> bounds; // left out if empty
    std::vector<VectorLayer> layers;
};

std::string tilejson(const TileSet& tile_set);

} // namespace hotspots::tiles
