// Spatial predicates. Oracles: GEOS on plain geometries, and for mixed collections, which it
// refuses, the same geometries as multi-geometries, and cases worked out by hand.
#include "geo/geos.hpp"
#include "geo/spatial_relation.hpp"
#include "tests/catch.hpp"

#include <array>
#include <limits>

using namespace hotspots::geo;
using Any = AnyGeometry<LonLat>;

namespace {

constexpr std::array<SpatialRelation, 8> relations{
    SpatialRelation::intersects, SpatialRelation::equals,  SpatialRelation::disjoint,
    SpatialRelation::touches,    SpatialRelation::within,  SpatialRelation::overlaps,
    SpatialRelation::crosses,    SpatialRelation::contains};

Any point(double x, double y) {
    return {GeometryKind::point, {{x, y}}, {}};
}
Any line(std::vector<LonLat> points) {
    return {GeometryKind::line_string, std::move(points), {}};
}
Any box(double x0, double y0, double x1, double y1) {
    return {GeometryKind::polygon, {}, {line({{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}})}};
}
Any many(GeometryKind kind, std::vector<Any> parts) {
    return {kind, {}, std::move(parts)};
}

// Points, lines and areas that meet each other in many ways.
std::vector<Any> pool() {
    return {point(1, 1),
            point(2, 2),
            point(5, 5),
            line({{0, 0}, {4, 4}}),
            line({{0, 4}, {4, 0}}),
            line({{2, 2}, {6, 6}}),
            line({{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}),
            box(0, 0, 4, 4),
            box(1, 1, 2, 2),
            box(4, 0, 8, 4),
            box(2, 2, 6, 6),
            many(GeometryKind::multi_point, {point(1, 1), point(3, 3)}),
            many(GeometryKind::multi_line_string, {line({{0, 1}, {4, 1}}), line({{0, 3}, {8, 3}})}),
            many(GeometryKind::multi_polygon, {box(0, 0, 1, 1), box(3, 3, 5, 5)})};
}

} // namespace

TEST_CASE("A collection of one geometry relates as that geometry does", "[geos]") {
    for (const auto& a : pool()) {
        for (const auto& b : pool()) {
            const Shape left(a);
            const Shape right(b);
            const Shape wrapped(many(GeometryKind::collection, {a}));
            Shape prepared(a);
            prepared.prepare();
            for (const auto relation : relations) {
                CAPTURE(static_cast<int>(relation));
                const bool expected = left.relates(relation, right);
                CHECK(wrapped.relates(relation, right) == expected);
                CHECK(prepared.relates(relation, right) == expected);
                const bool turned = right.relates(relation, left);
                CHECK(right.relates(relation, wrapped) == turned);
                CHECK(right.relates(relation, prepared) == turned);
            }
        }
    }
}

TEST_CASE("A collection of areas relates as the multi-polygon of them does", "[geos]") {
    const std::vector<Any> parts{box(0, 0, 1, 1), box(3, 3, 5, 5)};
    const Shape collection(many(GeometryKind::collection, parts));
    const Shape multi(many(GeometryKind::multi_polygon, parts));
    for (const auto& other : pool()) {
        const Shape shape(other);
        for (const auto relation : relations) {
            CAPTURE(static_cast<int>(relation));
            CHECK(collection.relates(relation, shape) == multi.relates(relation, shape));
            CHECK(shape.relates(relation, collection) == shape.relates(relation, multi));
        }
    }
}

TEST_CASE("A mixed collection is the union of its members", "[geos]") {
    const Shape mixed(many(GeometryKind::collection,
                           {box(0, 0, 2, 2), line({{2, 1}, {6, 1}}), point(9, 9), point(1, 1)}));
    const auto holds = [&](SpatialRelation relation, const Any& other) {
        return mixed.relates(relation, Shape(other));
    };
    CHECK(holds(SpatialRelation::contains, point(9, 9)));
    CHECK(holds(SpatialRelation::contains, line({{1, 1}, {5, 1}}))); // through area and line
    CHECK_FALSE(holds(SpatialRelation::contains, line({{1, 1}, {7, 1}})));
    CHECK(holds(SpatialRelation::within, box(-1, -1, 10, 10)));
    CHECK_FALSE(holds(SpatialRelation::within, box(-1, -1, 8, 8)));
    CHECK(holds(SpatialRelation::touches, box(6, 0, 8, 2)));
    CHECK_FALSE(holds(SpatialRelation::touches, box(5, 0, 8, 2)));
    CHECK(holds(SpatialRelation::disjoint, box(3, 2, 8, 8)));
    CHECK(holds(SpatialRelation::overlaps, box(1, 0, 3, 2)));
    CHECK(holds(SpatialRelation::crosses, line({{-1, 1}, {1, 1}})));
    CHECK(mixed.relates(SpatialRelation::equals,
                        Shape(many(GeometryKind::collection,
                                   {point(9, 9), line({{1, 1}, {6, 1}}), box(0, 0, 2, 2)}))));
    CHECK_FALSE(holds(SpatialRelation::equals, box(0, 0, 2, 2)));
}

TEST_CASE("A point, polygons of the snapshot's kind and trees of them are the same shapes",
          "[geos]") {
    const MultiPolygon<LonLat> square{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {}}};
    CHECK(Shape(square).relates(SpatialRelation::equals, Shape(box(0, 0, 4, 4))));
    CHECK(Shape(LonLat{1, 1}).relates(SpatialRelation::within, Shape(square)));
    CHECK(Shape(square).bounds() == Box<LonLat>{{0, 0}, {4, 4}});
}

TEST_CASE("Faults of a geometry are named, and do not stop a question about it", "[geos]") {
    const Any bow_tie{GeometryKind::polygon, {}, {line({{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}})}};
    CHECK_THAT(Shape(bow_tie).fault(), Catch::Contains("Self-intersection"));
    CHECK(Shape(box(0, 0, 1, 1)).fault().empty());
    for (const auto relation : relations) {
        CHECK_NOTHROW(Shape(bow_tie).relates(relation, Shape(box(1, 1, 5, 5))));
    }
    CHECK_THROWS_AS(Shape(line({{0, 0}})), GeometryError);
    CHECK_THROWS_AS(Shape(line({{0, 0}, {std::numeric_limits<double>::infinity(), 0}})),
                    GeometryError);
    const Any open{GeometryKind::polygon, {}, {line({{0, 0}, {1, 0}, {1, 1}, {0, 1}})}};
    CHECK_THROWS_AS(Shape(open), GeometryError);
}
