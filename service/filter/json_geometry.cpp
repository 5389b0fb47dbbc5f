// GeoJSON geometries and boxes of CQL2 JSON.
#include "service/filter/filter_error.hpp"
#include "service/filter/json_parser.hpp"

#include <array>
#include <utility>

namespace hotspots::service::filter {

namespace {

using geo::GeometryKind;

constexpr std::array<std::pair<std::string_view, GeometryKind>, 7> types{
    {{"Point", GeometryKind::point},
     {"LineString", GeometryKind::line_string},
     {"Polygon", GeometryKind::polygon},
     {"MultiPoint", GeometryKind::multi_point},
     {"MultiLineString", GeometryKind::multi_line_string},
     {"MultiPolygon", GeometryKind::multi_polygon},
     {"GeometryCollection", GeometryKind::collection}}};

const std::vector<JsonValue>& items_of(const JsonValue& value, const char* expected) {
    if (value.kind != JsonKind::array || value.items.empty()) {
        throw FilterError(std::string("expected ") + expected + ", found another value",
                          value.position);
    }
    return value.items;
}

double number_of(const JsonValue& value) {
    if (value.kind != JsonKind::number) {
        throw FilterError("expected a number, found another value", value.position);
    }
    return value.number;
}

Position parse_position(const JsonValue& value) {
    const auto& items = items_of(value, "a position of two or three numbers");
    if (items.size() < 2 || items.size() > 3) {
        throw FilterError("expected a position of two or three numbers, found " +
                              std::to_string(items.size()),
                          value.position);
    }
    Position position{number_of(items[0]), number_of(items[1]), {}};
    if (items.size() == 3) {
        position.height = number_of(items[2]);
    }
    return position;
}

GeometryKind part_of(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::multi_point:
        return GeometryKind::point;
    case GeometryKind::multi_polygon:
        return GeometryKind::polygon;
    default:
        return GeometryKind::line_string; // of a polygon its rings
    }
}

Geometry parse_coordinates(const JsonValue& value, GeometryKind kind) {
    Geometry geometry{kind, {}, {}};
    if (kind == GeometryKind::point) {
        geometry.points.push_back(parse_position(value));
    } else if (kind == GeometryKind::line_string) {
        for (const auto& item : items_of(value, "a list of positions")) {
            geometry.points.push_back(parse_position(item));
        }
    } else {
        for (const auto& item : items_of(value, "a list of coordinates")) {
            geometry.parts.push_back(parse_coordinates(item, part_of(kind)));
        }
    }
    return geometry;
}

Geometry parse_tagged(const JsonValue& value, bool in_collection) {
    const auto* type = value.find("type");
    for (const auto& [name, kind] : types) {
        if (!type || type->kind != JsonKind::text || type->text != name) {
            continue;
        }
        const bool collection = kind == GeometryKind::collection;
        if (collection && in_collection) {
            break;
        }
        const auto* content = value.find(collection ? "geometries" : "coordinates");
        if (!content) {
            throw FilterError(std::string("expected a member '") +
                                  (collection ? "geometries" : "coordinates") + "', found none",
                              value.position);
        }
        if (!collection) {
            return parse_coordinates(*content, kind);
        }
        Geometry geometry{kind, {}, {}};
        for (const auto& item : items_of(*content, "a list of geometries")) {
            geometry.parts.push_back(parse_tagged(item, true));
        }
        return geometry;
    }
    throw FilterError("expected a geometry whose type is Point, LineString, Polygon, MultiPoint, "
                      "MultiLineString, MultiPolygon or, not in another, GeometryCollection",
                      type ? type->position : value.position);
}

} // namespace

Geometry parse_json_geometry(const JsonValue& value) {
    return parse_tagged(value, false);
}

BoundingBox parse_json_box(const JsonValue& numbers) {
    const auto& items = items_of(numbers, "a bbox of four or six numbers");
    if (items.size() != 4 && items.size() != 6) {
        throw FilterError("expected a bbox of four or six numbers, found " +
                              std::to_string(items.size()),
                          numbers.position);
    }
    const auto at = [&](std::size_t i) { return number_of(items[i]); };
    if (items.size() == 4) {
        return {{at(0), at(1), {}}, {at(2), at(3), {}}};
    }
    return {{at(0), at(1), at(2)}, {at(3), at(4), at(5)}};
}

} // namespace hotspots::service::filter
