// The `bbox` parameter (OGC API - Features, 7.15.3) and which geometries touch a box.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <string>
#include <string_view>

namespace hotspots::service {

// "west,south,east,north" in degrees, CRS84. A west beyond the east is a box across the
// antimeridian, kept as it is: only the functions below understand it. Of six numbers the third and
// sixth are heights, which features here do not have; they are checked and left out. Throws
// Problem.
geo::Box<geo::LonLat> parse_bbox(std::string_view text);

// Four numbers; parse_bbox reads them to the same box.
std::string format_bbox(const geo::Box<geo::LonLat>& box);

// Whether the polygons and the box share a point. Exact but for rounding; O(vertices).
bool touches(const geo::MultiPolygon<geo::LonLat>& polygons, const geo::Box<geo::LonLat>& box);

// Whether bounds that do not cross the antimeridian and the box share a point.
bool bounds_touch(const geo::Box<geo::LonLat>& bounds, const geo::Box<geo::LonLat>& box);

// Whether the point lies in the box, its edges included.
bool holds(const geo::Box<geo::LonLat>& box, const geo::LonLat& point);

} // namespace hotspots::service
