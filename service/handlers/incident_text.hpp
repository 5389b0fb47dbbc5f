// An incident as GeoJSON, written straight from the snapshot: pages of thousands need no feature in
// between. The text is that of tiles::append_feature on the feature that find_incidents() makes.
#pragma once

#include "data/snapshot.hpp"
#include "tiles/geojson.hpp"

#include <cstdint>
#include <string>

namespace hotspots::service {

// `scope` is one of the snapshot's.
void append_incident(std::string& out, const data::Snapshot& snapshot,
                     const data::ScopeColumn& scope, std::uint32_t row,
                     const tiles::PositionStyle& style);

} // namespace hotspots::service
