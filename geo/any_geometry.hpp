// Points, lines, polygons and collections of them in one tree: the geometry of simple features (OGC
// 06-103r4) as WKT and GeoJSON write it.
#pragma once

#include <cstdint>
#include <vector>

namespace hotspots::geo {

enum class GeometryKind : std::uint8_t {
    point,
    line_string,
    polygon,
    multi_point,
    multi_line_string,
    multi_polygon,
    collection
};

// A point has one of `points` and a line string its points; both have no parts. A polygon's parts
// are its closed rings as line strings, the exterior first; those of the others are their members.
template <class Point>
struct AnyGeometry {
    GeometryKind kind = GeometryKind::point;
    std::vector<Point> points;
    std::vector<AnyGeometry> parts;
    friend bool operator==(const AnyGeometry&, const AnyGeometry&) = default;
};

} // namespace hotspots::geo
