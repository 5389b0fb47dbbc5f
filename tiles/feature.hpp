// A feature as encoders see it: a geometry in longitude/latitude and properties. Knows nothing of
// incidents or hotspots; service/ makes these from the snapshot.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hotspots::tiles {

using Null = std::monostate;
using TextList = std::vector<std::string>;
// Null is written as null in GeoJSON and left out of MVT, which has none. Lists: an array; joined
// by ", ".
using Value = std::variant<Null, bool, std::int64_t, double, std::string, TextList>;

struct Property {
    std::string_view name; // a literal: outlives the feature
    Value value;
};

// Shared with the snapshot, which outlives the feature, or owned by it.
using Geometry = std::variant<Null, geo::LonLat, geo::MultiPolygon<geo::LonLat>,
                              const geo::MultiPolygon<geo::LonLat>*>;

struct Feature {
    std::variant<Null, std::int64_t, std::string> id;
    Geometry geometry;
    std::vector<Property> properties;
};

} // namespace hotspots::tiles
