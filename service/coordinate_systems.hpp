// The coordinate reference systems that features are asked for and served in (OGC API - Features
// Part 2, OGC 18-058r1): one list for crs, bbox-crs and filter-crs.
#pragma once

#include "geo/coordinates.hpp"
#include "service/filter/literal_geometry.hpp"
#include "tiles/geojson.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace hotspots::service {

// The URIs, CRS84 first.
std::span<const std::string_view> crs_uris();
std::string_view uri_of(filter::Crs crs);

// The system whose URI the parameter holds. Throws Problem naming those that there are.
filter::Crs read_crs(std::string_view parameter, std::string_view text);

bool is_in_metres(filter::Crs crs);

// A position of a system in its unit: x is longitude or easting, whatever axis comes first in the
// system's definition.
struct PlanarPoint {
    double x = 0;
    double y = 0;
};

// The decimals that coordinates are served with: 7 in degrees, 2 in metres: centimetres.
int decimals_of(filter::Crs crs);

// The place in the system with the decimals that it is served with. Empty where it has none there.
std::optional<PlanarPoint> as_served(const geo::LonLat& place, filter::Crs crs);

// How GeoJSON writes positions of the system: in the axis order of its definition, which for
// EPSG:4326 is latitude first. Its function throws std::domain_error for a place that the system
// does not reach.
tiles::PositionStyle position_style(filter::Crs crs);

} // namespace hotspots::service
