// Properties of shapes in tile units; validity is GEOS's (OGC Simple Features), orientation that of
// MVT 2.1, 4.3.3.3.
#include "tests/catch.hpp"
#include "tests/tiles/shapes.hpp"
#include "tiles/tile_shape.hpp"

#include <algorithm>
#include <set>

using namespace hotspots;
using namespace hotspots::tiles;
using namespace hotspots::tests;

namespace {

const TileId middle_tile{14, 8140, 5364};

void require_sound(const std::vector<TilePolygon>& shape) {
    for (const auto& polygon : shape) {
        REQUIRE(polygon.exterior.size() >= 3);
        REQUIRE(twice_area(polygon.exterior) > 0);
        for (const auto& hole : polygon.holes) {
            REQUIRE(hole.size() >= 3);
            REQUIRE(twice_area(hole) < 0);
        }
        for (const auto& point : polygon.exterior) {
            REQUIRE(point.x >= -tile_buffer);
            REQUIRE(point.y >= -tile_buffer);
            REQUIRE(point.x <= tile_extent + tile_buffer);
            REQUIRE(point.y <= tile_extent + tile_buffer);
        }
    }
    REQUIRE(geo::is_valid(planar(shape)));
}

std::vector<TilePolygon> shape_of(const std::vector<std::pair<double, double>>& units) {
    return tile_polygons({{ring_at(middle_tile, units), {}}}, middle_tile);
}

std::set<std::pair<int, int>> corners(const std::vector<TilePolygon>& shape) {
    std::set<std::pair<int, int>> points;
    for (const auto& polygon : shape) {
        for (const auto& point : polygon.exterior) {
            points.emplace(point.x, point.y);
        }
    }
    return points;
}

} // namespace

TEST_CASE("a rectangle keeps its corners, whatever way it was wound") {
    const std::set<std::pair<int, int>> expected{{10, 20}, {110, 20}, {110, 70}, {10, 70}};
    const auto one = shape_of({{10, 20}, {110, 20}, {110, 70}, {10, 70}});
    const auto other = shape_of({{10, 70}, {110, 70}, {110, 20}, {10, 20}});
    REQUIRE(one.size() == 1);
    CHECK(corners(one) == expected);
    CHECK(corners(other) == expected);
    CHECK(twice_area(one[0].exterior) == 2 * 100 * 50);
    CHECK(twice_area(other[0].exterior) == 2 * 100 * 50);
}

TEST_CASE("points in line, repeated points and spikes are dropped") {
    const auto shape = shape_of({{0, 0},
                                 {50, 0.2},
                                 {100, 0},
                                 {100, 0.3},
                                 {100, 100},
                                 {50, 100},
                                 {50, 160},
                                 {50, 100.2},
                                 {0, 100},
                                 {0, 50}});
    REQUIRE(shape.size() == 1);
    CHECK(corners(shape) == std::set<std::pair<int, int>>{{0, 0}, {100, 0}, {100, 100}, {0, 100}});
}

TEST_CASE("a polygon over the whole tile becomes the tile with its buffer") {
    const auto shape = shape_of({{-9000, -9000}, {9000, -9000}, {9000, 9000}, {-9000, 9000}});
    REQUIRE(shape.size() == 1);
    CHECK(corners(shape) ==
          std::set<std::pair<int, int>>{{-64, -64}, {4160, -64}, {4160, 4160}, {-64, 4160}});
}

TEST_CASE("a polygon cut by the tile's edge into two is two polygons without a bridge") {
    // A U whose base lies beyond the buffer.
    const auto shape = shape_of({{100, 4000},
                                 {200, 4000},
                                 {200, 4300},
                                 {300, 4300},
                                 {300, 4000},
                                 {400, 4000},
                                 {400, 4400},
                                 {100, 4400}});
    REQUIRE(shape.size() == 2);
    require_sound(shape);
    CHECK(area_units(shape) == 2 * 100 * 160);
}

TEST_CASE("what touches neither tile nor buffer is not in the tile") {
    CHECK(shape_of({{4200, 10}, {4300, 10}, {4300, 20}}).empty());
    CHECK(shape_of({{4160, 10}, {4300, 10}, {4300, 20}, {4160, 20}}).empty()); // touches the edge
    CHECK_FALSE(shape_of({{4150, 10}, {4300, 10}, {4300, 20}}).empty());
    CHECK(tile_polygons({}, middle_tile).empty());
}

TEST_CASE("a polygon smaller than a unit becomes a square of one unit where it is") {
    const auto shape = shape_of({{100.1, 50.1}, {100.3, 50.1}, {100.3, 50.3}});
    REQUIRE(shape.size() == 1);
    CHECK(corners(shape) ==
          std::set<std::pair<int, int>>{{100, 50}, {101, 50}, {101, 51}, {100, 51}});
    require_sound(shape_of({{4159.9, 4159.9}, {4160.5, 4159.9}, {4160.5, 4160.5}}));
    // Long, but thinner than a unit.
    CHECK(shape_of({{10.1, 10.1}, {500.1, 10.1}, {500.1, 10.2}, {10.1, 10.2}}).size() == 1);
}

TEST_CASE("a hole stays a hole, and one smaller than a unit goes") {
    const geo::Polygon<geo::LonLat> polygon{
        ring_at(middle_tile, {{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}),
        {ring_at(middle_tile, {{100, 100}, {300, 100}, {300, 300}, {100, 300}}),
         ring_at(middle_tile, {{500.1, 500.1}, {500.3, 500.1}, {500.3, 500.3}})}};
    const auto shape = tile_polygons({polygon}, middle_tile);
    REQUIRE(shape.size() == 1);
    REQUIRE(shape[0].holes.size() == 1);
    require_sound(shape);
    CHECK(area_units(shape) == 1000 * 1000 - 200 * 200);
}

TEST_CASE("a neck that rounding closes leaves valid polygons") {
    // Two squares joined by a passage a third of a unit wide, its sides a unit's half apart.
    const auto shape = shape_of({{0, 0},
                                 {100, 0},
                                 {100, 50.4},
                                 {200, 50.4},
                                 {200, 0},
                                 {300, 0},
                                 {300, 100},
                                 {200, 100},
                                 {200, 50.49},
                                 {100, 50.49},
                                 {100, 100},
                                 {0, 100}});
    require_sound(shape);
    CHECK(area_units(shape) == Approx(2 * 100 * 100).margin(100));
}

TEST_CASE("random stars with holes give valid rings inside the buffer, at every zoom") {
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        const int zoom = 6 + i % 14;
        const TileId tile = tile_at({-1.13, 52.63}, zoom);
        const double x = between(-400, 4600, random);
        const double y = between(-400, 4600, random);
        const double radius = std::pow(10, between(0, 4, random));
        geo::Polygon<geo::LonLat> star{star_at(tile, x, y, radius, 5 + i % 60, random), {}};
        star.holes.push_back(star_at(tile, x, y, radius * 0.15, 8, random));
        require_sound(tile_polygons({star}, tile));
    }
}

TEST_CASE("rounding moves the area by less than the boundary's length in units") {
    std::mt19937 random(8);
    for (int i = 0; i < 100; ++i) {
        const auto ring = star_at(middle_tile, 2000, 2000, 1500, 40, random);
        const auto shape = tile_polygons({{ring, {}}}, middle_tile);
        double area = 0;
        double length = 0;
        const auto box = mercator_bounds(middle_tile);
        const double unit_m = (box.max.x_m - box.min.x_m) / tile_extent;
        for (std::size_t k = 1; k < ring.size(); ++k) {
            const auto a = to_mercator(ring[k - 1]);
            const auto b = to_mercator(ring[k]);
            area += (a.x_m - box.min.x_m) * (b.y_m - box.min.y_m) -
                    (b.x_m - box.min.x_m) * (a.y_m - box.min.y_m);
            length += std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
        }
        const double exact = std::abs(area) / 2 / (unit_m * unit_m);
        REQUIRE(std::abs(area_units(shape) - exact) < length / unit_m);
    }
}

TEST_CASE("two polygons that share an edge leave neither gap nor overlap between them") {
    std::mt19937 random(9);
    for (int i = 0; i < 50; ++i) {
        // A ragged line from north to south; one polygon on each side of it.
        std::vector<std::pair<double, double>> line;
        for (double y = 0; y <= 4096; y += 37) {
            line.emplace_back(2048 + between(0, 100, random), y + between(0, 10, random));
        }
        auto west = line;
        west.emplace_back(-500, 4100);
        west.emplace_back(-500, -10);
        auto east = line;
        std::reverse(east.begin(), east.end());
        east.emplace_back(4700, -10);
        east.emplace_back(4700, 4100);
        const auto one = planar(shape_of(west));
        const auto other = planar(shape_of(east));
        REQUIRE(geo::intersection(one, other).empty());
        const geo::MultiPolygon<geo::MercatorPoint> parts[] = {one, other};
        const auto both = geo::unite<geo::MercatorPoint>(parts);
        REQUIRE(both.size() == 1);
        REQUIRE(both[0].holes.empty());
    }
}

TEST_CASE("the four children of a tile cover what it shows") {
    std::mt19937 random(10);
    const TileId parent{12, 2035, 1341};
    for (int i = 0; i < 40; ++i) {
        const geo::MultiPolygon<geo::LonLat> star{
            {star_at(parent, between(0, 4096, random), between(0, 4096, random), 2000, 30, random),
             {}}};
        const auto whole = planar(tile_polygons(star, parent));
        std::vector<geo::MultiPolygon<geo::MercatorPoint>> parts;
        for (std::uint32_t child = 0; child < 4; ++child) {
            const std::uint32_t dx = child % 2;
            const std::uint32_t dy = child / 2;
            auto part = planar(tile_polygons(star, {13, parent.x * 2 + dx, parent.y * 2 + dy}));
            for (auto& polygon : part) {
                for (auto& point : polygon.exterior) {
                    point = {(point.x_m + 4096 * dx) / 2, (point.y_m + 4096 * dy) / 2};
                }
            }
            parts.push_back(std::move(part));
        }
        const auto together = geo::unite<geo::MercatorPoint>(parts);
        // Every corner of the parent within the tile lies within a unit of the children's union.
        for (const auto& polygon : whole) {
            for (const auto& point : polygon.exterior) {
                if (point.x_m < 0 || point.y_m < 0 || point.x_m > 4096 || point.y_m > 4096) {
                    continue;
                }
                const geo::MultiPolygon<geo::MercatorPoint> around{
                    {{{point.x_m - 1, point.y_m - 1},
                      {point.x_m + 1, point.y_m - 1},
                      {point.x_m + 1, point.y_m + 1},
                      {point.x_m - 1, point.y_m + 1},
                      {point.x_m - 1, point.y_m - 1}},
                     {}}};
                REQUIRE_FALSE(geo::intersection(around, together).empty());
            }
        }
    }
}

TEST_CASE("a point is kept in the tile and its buffer, and nowhere else") {
    CHECK(tile_point(at_units(middle_tile, 10.4, 20.6), middle_tile) == TilePoint{10, 21});
    CHECK(tile_point(at_units(middle_tile, -63.9, 4159.9), middle_tile) == TilePoint{-64, 4160});
    CHECK_FALSE(tile_point(at_units(middle_tile, -64.6, 10), middle_tile).has_value());
    CHECK_FALSE(tile_point({170, -80}, middle_tile).has_value());
}
