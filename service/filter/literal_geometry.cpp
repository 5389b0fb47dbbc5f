#include "service/filter/literal_geometry.hpp"

#include "geo/crs.hpp"
#include "service/filter/writers.hpp"
#include "tiles/tile.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace hotspots::service::filter {

namespace {

using geo::GeometryKind;
using Shape = geo::AnyGeometry<geo::LonLat>;

constexpr double step_m = 500;
constexpr double most_vertices = 20'000;
constexpr double mercator_edge_m = 20'037'508.342789244; // pi times the equatorial radius

bool is_in_metres(Crs crs) {
    return crs == Crs::epsg_27700 || crs == Crs::epsg_3857;
}

[[noreturn]] void refuse(const Position& position, const char* rule) {
    throw std::invalid_argument("the position (" + number_text(position.first) + ", " +
                                number_text(position.second) + ") " + rule);
}

geo::LonLat from_degrees(const Position& position, Crs crs) {
    const bool lon_first = crs == Crs::crs84;
    const geo::LonLat point{lon_first ? position.first : position.second,
                            lon_first ? position.second : position.first};
    if (!(std::abs(point.lon_deg) <= 180) || !(std::abs(point.lat_deg) <= 90)) {
        refuse(position, lon_first ? "is not in CRS84: longitude (-180 to 180) comes first, then "
                                     "latitude (-90 to 90)"
                                   : "is not in EPSG:4326: latitude (-90 to 90) comes first, then "
                                     "longitude (-180 to 180)");
    }
    return point;
}

geo::LonLat to_lon_lat(const Position& position, Crs crs) {
    if (crs == Crs::epsg_27700) {
        const auto point = geo::to_lon_lat(geo::BngPoint{position.first, position.second});
        if (!point) {
            refuse(position, "is not in EPSG:27700: easting (0 to 700000) comes first, then "
                             "northing (0 to 1300000), in metres");
        }
        return *point;
    }
    if (crs == Crs::epsg_3857) {
        if (!(std::abs(position.first) <= mercator_edge_m) ||
            !(std::abs(position.second) <= mercator_edge_m)) {
            refuse(position, "is not in EPSG:3857: both coordinates are metres, -20037508.34 to "
                             "20037508.34");
        }
        return tiles::to_lon_lat(geo::MercatorPoint{position.first, position.second});
    }
    return from_degrees(position, crs);
}

double length_of(const Geometry& geometry) {
    double length = 0;
    for (std::size_t i = 1; i < geometry.points.size(); ++i) {
        const auto& a = geometry.points[i - 1];
        const auto& b = geometry.points[i];
        length += std::hypot(b.first - a.first, b.second - a.second);
    }
    for (const auto& part : geometry.parts) {
        length += length_of(part);
    }
    return length;
}

// Appends the way from `a`, which is there already, to `b`.
void append_edge(std::vector<geo::LonLat>& out, const Position& a, const Position& b, double step,
                 Crs crs) {
    const double length = std::hypot(b.first - a.first, b.second - a.second);
    const double pieces = std::ceil(length / step);
    for (double i = 1; i < pieces; ++i) {
        const double t = i / pieces;
        out.push_back(to_lon_lat(
            {a.first + t * (b.first - a.first), a.second + t * (b.second - a.second), {}}, crs));
    }
    out.push_back(to_lon_lat(b, crs));
}

Shape convert(const Geometry& geometry, Crs crs, double step) {
    Shape shape{geometry.kind, {}, {}};
    for (std::size_t i = 0; i < geometry.points.size(); ++i) {
        const auto& point = geometry.points[i];
        if (i > 0 && is_in_metres(crs)) {
            append_edge(shape.points, geometry.points[i - 1], point, step, crs);
        } else {
            shape.points.push_back(to_lon_lat(point, crs));
        }
    }
    for (const auto& part : geometry.parts) {
        shape.parts.push_back(convert(part, crs, step));
    }
    return shape;
}

// Checks all positions before lengths are taken of them.
void check_positions(const Geometry& geometry, Crs crs) {
    for (const auto& point : geometry.points) {
        to_lon_lat(point, crs);
    }
    for (const auto& part : geometry.parts) {
        check_positions(part, crs);
    }
}

Shape convert(const Geometry& geometry, Crs crs) {
    check_positions(geometry, crs);
    return convert(geometry, crs, std::max(step_m, length_of(geometry) / most_vertices));
}

// A polygon, line or point, by how many of its corners differ.
Geometry box_between(const Position& low, const Position& high) {
    const Position other{low.first, high.second, {}};
    const Position a{low.first, low.second, {}};
    const Position b{high.first, low.second, {}};
    const Position c{high.first, high.second, {}};
    if (a == c) {
        return {GeometryKind::point, {a}, {}};
    }
    if (a == b || b == c) {
        return {GeometryKind::line_string, {a, c}, {}};
    }
    return {GeometryKind::polygon, {}, {{GeometryKind::line_string, {a, b, c, other, a}, {}}}};
}

Position with(Position position, double Position::*axis, double value) {
    position.*axis = value;
    return position;
}

Shape convert(const BoundingBox& box, Crs crs) {
    const auto longitude = crs == Crs::epsg_4326 ? &Position::second : &Position::first;
    const auto latitude = crs == Crs::epsg_4326 ? &Position::first : &Position::second;
    const bool turned = box.low.*longitude > box.high.*longitude;
    if (box.low.*latitude > box.high.*latitude || (turned && is_in_metres(crs))) {
        throw std::invalid_argument("the BBOX's first corner lies beyond its second; lower values "
                                    "come first, and only longitudes may cross the antimeridian");
    }
    if (!turned) {
        return convert(box_between(box.low, box.high), crs);
    }
    Shape both{GeometryKind::collection, {}, {}};
    both.parts.push_back(convert(box_between(box.low, with(box.high, longitude, 180)), crs));
    both.parts.push_back(convert(box_between(with(box.low, longitude, -180), box.high), crs));
    if (std::ranges::all_of(both.parts,
                            [](const Shape& s) { return s.kind == GeometryKind::polygon; })) {
        both.kind = GeometryKind::multi_polygon;
    }
    return both;
}

} // namespace

geo::AnyGeometry<geo::LonLat> to_lon_lat(const Literal& literal, Crs crs) {
    if (const auto* geometry = std::get_if<Geometry>(&literal)) {
        return convert(*geometry, crs);
    }
    if (const auto* box = std::get_if<BoundingBox>(&literal)) {
        return convert(*box, crs);
    }
    throw std::invalid_argument("expected a geometry or BBOX");
}

} // namespace hotspots::service::filter
