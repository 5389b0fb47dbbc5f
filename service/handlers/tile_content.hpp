// What a tile holds, for HTTP and for archives alike.
#pragma once

#include "service/handlers/collection.hpp"
#include "service/handlers/incident_tiles.hpp"
#include "service/handlers/item_filter.hpp"
#include "tiles/mvt_points.hpp"
#include "tiles/tile.hpp"
#include "tiles/tilejson.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

// Of the layer that tile_layer() gives: its name, fields, and how it is thinned.
tiles::VectorLayer describe_layer(const Collection& collection);

// The layer of the collection's features that touch the tile or its buffer and match the filter.
// The query's box is set to the tile's. Throws Problem for a filter that does not fit the
// collection.
TileLayer tile_layer(const AppContext& context, const Collection& collection, FeatureQuery query,
                     const std::optional<ItemFilter>& filter, const tiles::TileId& tile);

// The same for tile after tile of one collection under one query: its features are found once.
// Belongs to one thread; a copy may go to another, and shares the features.
class LayerSource {
public:
    // Throws Problem as tile_layer() does.
    LayerSource(const AppContext& context, const Collection& collection, FeatureQuery query,
                const std::optional<ItemFilter>& filter);

    // Empty below the collection's least zoom and where the tile holds nothing of it.
    std::string layer(const tiles::TileId& tile);
    // Whether the tile, or one within it, may hold something.
    bool may_touch(const tiles::TileId& tile) const;
    // What all features lie in; empty where there are none.
    const geo::Box<geo::LonLat>& bounds() const { return m_bounds; }
    const Collection& collection() const { return *m_collection; }

private:
    struct Placed {
        tiles::Feature feature;
        geo::Box<geo::LonLat> box;
    };
    void take_features(const AppContext& context, FeatureQuery query,
                       const std::optional<ItemFilter>& filter);
    void take_points(const AppContext& context, const FeatureQuery& query,
                     const std::optional<ItemFilter>& filter);

    const Collection* m_collection;
    geo::Box<geo::LonLat> m_bounds;
    std::shared_ptr<std::vector<Placed>> m_features; // null for a table of points
    std::shared_ptr<const tiles::PointTable> m_points;
    std::shared_ptr<const std::vector<bool>> m_matching; // by position; null: all do
    std::shared_ptr<const data::Snapshot> m_snapshot;    // what features point into
    tiles::PointEncoder m_encoder;
};

} // namespace hotspots::service
