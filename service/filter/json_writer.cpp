#include "service/filter/time_literal.hpp"
#include "service/filter/writers.hpp"
#include "tiles/geojson.hpp"

#include <array>

namespace hotspots::service::filter {

namespace {

using geo::GeometryKind;

std::string quoted(std::string_view text) {
    std::string out;
    tiles::append_json_string(out, text);
    return out;
}

std::string position_json(const Position& position) {
    const auto out = '[' + number_text(position.first) + ',' + number_text(position.second);
    return position.height ? out + ',' + number_text(*position.height) + ']' : out + ']';
}

std::string coordinates_json(const Geometry& geometry) {
    if (geometry.kind == GeometryKind::point) {
        return position_json(geometry.points.at(0));
    }
    std::string out = "[";
    const auto separate = [&] { out.append(out.size() > 1 ? "," : ""); };
    for (const auto& point : geometry.points) {
        separate();
        out.append(position_json(point));
    }
    for (const auto& part : geometry.parts) {
        separate();
        out.append(coordinates_json(part));
    }
    return out + ']';
}

std::string geometry_json(const Geometry& geometry) {
    static constexpr std::array<std::string_view, 7> type_words{
        "Point",           "LineString",   "Polygon",           "MultiPoint",
        "MultiLineString", "MultiPolygon", "GeometryCollection"};
    const auto type = quoted(type_words[static_cast<std::size_t>(geometry.kind)]);
    if (geometry.kind != GeometryKind::collection) {
        return "{\"type\":" + type + ",\"coordinates\":" + coordinates_json(geometry) + '}';
    }
    std::string parts;
    for (const auto& part : geometry.parts) {
        parts.append(parts.empty() ? "" : ",").append(geometry_json(part));
    }
    return "{\"type\":" + type + ",\"geometries\":[" + parts + "]}";
}

std::string box_json(const BoundingBox& box) {
    const auto low = position_json(box.low);
    const auto high = position_json(box.high);
    return "{\"bbox\":" + low.substr(0, low.size() - 1) + ',' + high.substr(1) + '}';
}

struct LiteralJson {
    bool in_interval;

    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(double value) const { return number_text(value); }
    std::string operator()(const std::string& value) const { return quoted(value); }
    std::string operator()(const Date& value) const {
        const auto text = quoted(to_text(value));
        return in_interval ? text : "{\"date\":" + text + '}';
    }
    std::string operator()(const Timestamp& value) const {
        const auto text = quoted(to_text(value));
        return in_interval ? text : "{\"timestamp\":" + text + '}';
    }
    std::string operator()(const OpenEnd&) const { return "\"..\""; }
    std::string operator()(const Geometry& value) const { return geometry_json(value); }
    std::string operator()(const BoundingBox& value) const { return box_json(value); }
};

std::string list_json(const Expression& expression, bool in_interval) {
    std::string out = "[";
    for (const auto& item : expression.arguments) {
        out.append(out.size() > 1 ? "," : "");
        out.append(item.op == Op::literal ? std::visit(LiteralJson{in_interval}, item.literal)
                                          : write_json(item));
    }
    return out + ']';
}

} // namespace

std::string write_json(const Expression& filter) {
    switch (filter.op) {
    case Op::literal:
        return std::visit(LiteralJson{false}, filter.literal);
    case Op::property:
        return "{\"property\":" + quoted(filter.name) + '}';
    case Op::list:
        return list_json(filter, false);
    case Op::interval:
        return "{\"interval\":" + list_json(filter, true) + '}';
    default:
        return "{\"op\":" + quoted(name_of(filter.op)) + ",\"args\":" + list_json(filter, false) +
               '}';
    }
}

} // namespace hotspots::service::filter
