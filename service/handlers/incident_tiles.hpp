// Incidents as points of vector tiles: what a map draws and a click shows; the item has the rest.
// Read from a table that is made once a revision and scope profile, so that a tile costs what is in
// it, whatever its filters.
#pragma once

#include "service/handlers/collection.hpp"
#include "service/handlers/item_filter.hpp"
#include "tiles/mvt_points.hpp"
#include "tiles/point_table.hpp"
#include "tiles/tile.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct TileLayer {
    std::string bytes;                    // empty where nothing lies in the tile or its buffer
    std::optional<std::uint64_t> records; // that it tells of; empty where it tells of none
};

// Of the mapped incidents; rows are indexes into the snapshot. Made by the first to ask, O(n log
// n).
std::shared_ptr<const tiles::PointTable> incident_points(const AppContext& context,
                                                         const data::Snapshot& snapshot,
                                                         const std::string& scope);

// Takes out of `positions` of the table those whose incidents do not match. Throws Problem for a
// filter that does not fit.
void keep_matching(const FeatureQuery& query, const std::optional<ItemFilter>& filter,
                   const tiles::PointTable& table, std::vector<std::uint32_t>& positions);

// Those in a tile and its buffer, whatever the filter.
struct IncidentsOfTile {
    std::shared_ptr<const tiles::PointTable> table;
    std::vector<std::uint32_t> positions; // in the table, ascending
};
IncidentsOfTile incidents_of_tile(const AppContext& context, const FeatureQuery& query,
                                  const tiles::TileId& tile);
// The same where the table is there and incident_tile() takes well below a millisecond: at most a
// thousand incidents to look at, fewer under a long filter.
std::optional<IncidentsOfTile> few_incidents_of_tile(const AppContext& context,
                                                     const FeatureQuery& query,
                                                     const std::optional<ItemFilter>& filter,
                                                     const tiles::TileId& tile);

// The layer `incidents`.
TileLayer incident_tile(const FeatureQuery& query, const std::optional<ItemFilter>& filter,
                        const tiles::TileId& tile, IncidentsOfTile incidents);

} // namespace hotspots::service
