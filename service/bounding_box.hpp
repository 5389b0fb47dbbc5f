// The `bbox` parameter (OGC API - Features, 7.15.3) and which geometries touch a box.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <string>
#include <string_view>

namespace hotspots::service {

// "west,south,east,north" in degrees, CRS84. Throws Problem.
geo::Box<geo::LonLat> parse_bbox(std::string_view text);

// The way back; parse_bbox reads it to the same box.
std::string format_bbox(const geo::Box<geo::LonLat>& box);

// Whether the polygons and the box share a point. Exact but for rounding; O(vertices).
bool touches(const geo::MultiPolygon<geo::LonLat>& polygons, const geo::Box<geo::LonLat>& box);

} // namespace hotspots::service
