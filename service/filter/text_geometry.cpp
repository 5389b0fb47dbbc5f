// Well-known text of geometries, and BBOX, as CQL2 text writes them.
#include "service/filter/filter_error.hpp"
#include "service/filter/text_parser.hpp"

#include <array>
#include <utility>

namespace hotspots::service::filter {

namespace {

using geo::GeometryKind;

constexpr std::array<std::pair<std::string_view, GeometryKind>, 7> keywords{
    {{"POINT", GeometryKind::point},
     {"LINESTRING", GeometryKind::line_string},
     {"POLYGON", GeometryKind::polygon},
     {"MULTIPOINT", GeometryKind::multi_point},
     {"MULTILINESTRING", GeometryKind::multi_line_string},
     {"MULTIPOLYGON", GeometryKind::multi_polygon},
     {"GEOMETRYCOLLECTION", GeometryKind::collection}}};

constexpr std::string_view a_number = "a coordinate, such as -1.13";

Position parse_position(TokenStream& tokens) {
    Position position;
    position.first = tokens.expect_signed_number(a_number);
    position.second = tokens.expect_signed_number(a_number);
    if (!tokens.at_symbol(",") && !tokens.at_symbol(")")) {
        position.height = tokens.expect_signed_number("',' or ')' after the position");
    }
    return position;
}

// "(" one {"," one} ")"
template <class Read>
void parse_list(TokenStream& tokens, const Read& read) {
    tokens.expect_symbol("(", "'('");
    do {
        read();
    } while (tokens.take_symbol(","));
    tokens.expect_symbol(")", "',' or ')'");
}

Geometry parse_line(TokenStream& tokens) {
    Geometry line{GeometryKind::line_string, {}, {}};
    parse_list(tokens, [&] { line.points.push_back(parse_position(tokens)); });
    return line;
}

Geometry parse_point(TokenStream& tokens) {
    Geometry point{GeometryKind::point, {}, {}};
    tokens.expect_symbol("(", "'('");
    point.points.push_back(parse_position(tokens));
    tokens.expect_symbol(")", "')'");
    return point;
}

Geometry parse_polygon(TokenStream& tokens) {
    Geometry polygon{GeometryKind::polygon, {}, {}};
    parse_list(tokens, [&] { polygon.parts.push_back(parse_line(tokens)); });
    return polygon;
}

Geometry parse_tagged(TokenStream& tokens, bool in_collection);

Geometry parse_body(TokenStream& tokens, GeometryKind kind) {
    Geometry geometry{kind, {}, {}};
    const auto parts = [&](const auto& read) {
        parse_list(tokens, [&] { geometry.parts.push_back(read()); });
        return geometry;
    };
    switch (kind) {
    case GeometryKind::point:
        return parse_point(tokens);
    case GeometryKind::line_string:
        return parse_line(tokens);
    case GeometryKind::polygon:
        return parse_polygon(tokens);
    case GeometryKind::multi_point:
        return parts([&] {
            return tokens.at_symbol("(")
                       ? parse_point(tokens)
                       : Geometry{GeometryKind::point, {parse_position(tokens)}, {}};
        });
    case GeometryKind::multi_line_string:
        return parts([&] { return parse_line(tokens); });
    case GeometryKind::multi_polygon:
        return parts([&] { return parse_polygon(tokens); });
    case GeometryKind::collection:
        break;
    }
    return parts([&] { return parse_tagged(tokens, true); });
}

std::optional<GeometryKind> kind_at(const TokenStream& tokens) {
    for (const auto& [keyword, kind] : keywords) {
        const bool z = tokens.at_keyword("Z", 1);
        if (tokens.at_keyword(keyword) && tokens.at_symbol("(", z ? 2 : 1)) {
            return kind;
        }
    }
    return std::nullopt;
}

Geometry parse_tagged(TokenStream& tokens, bool in_collection) {
    const auto kind = kind_at(tokens);
    if (!kind || (in_collection && *kind == GeometryKind::collection)) {
        tokens.fail("POINT, LINESTRING, POLYGON, MULTIPOINT, MULTILINESTRING or MULTIPOLYGON");
    }
    tokens.take();
    tokens.take_keyword("Z");
    return parse_body(tokens, *kind);
}

BoundingBox parse_box(TokenStream& tokens) {
    tokens.take();
    const auto begin = tokens.peek().begin;
    std::vector<double> numbers;
    parse_list(tokens, [&] {
        if (numbers.size() == 6) {
            tokens.fail("')' after six numbers");
        }
        numbers.push_back(tokens.expect_signed_number("a number of the box"));
    });
    if (numbers.size() == 4) {
        return {{numbers[0], numbers[1], {}}, {numbers[2], numbers[3], {}}};
    }
    if (numbers.size() != 6) {
        throw FilterError("a BBOX has four numbers, or six with heights; found " +
                              std::to_string(numbers.size()),
                          begin);
    }
    return {{numbers[0], numbers[1], numbers[2]}, {numbers[3], numbers[4], numbers[5]}};
}

} // namespace

bool at_geometry(const TokenStream& tokens) {
    return kind_at(tokens) || (tokens.at_keyword("BBOX") && tokens.at_symbol("(", 1));
}

Expression parse_geometry(TokenStream& tokens) {
    const auto begin = tokens.peek().begin;
    return tokens.at_keyword("BBOX") ? make_literal(parse_box(tokens), begin)
                                     : make_literal(parse_tagged(tokens, false), begin);
}

} // namespace hotspots::service::filter
