#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "tests/catch.hpp"
#include "tests/geo/ascii_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <utility>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

MultiPolygon<BngPoint> square(double west, double south, double side) {
    return {rectangle(west, south, west + side, south + side)};
}

// A star-shaped polygon of random radius around its centre, so always simple.
MultiPolygon<BngPoint> star(std::mt19937& random, BngPoint centre, double radius_m) {
    std::uniform_real_distribution<double> radius(0.2 * radius_m, radius_m);
    Ring<BngPoint> ring;
    for (int i = 0; i < 40; ++i) {
        const double angle = i * 2 * 3.14159265358979 / 40;
        const double r = radius(random);
        ring.push_back(
            {centre.easting_m + r * std::cos(angle), centre.northing_m + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return {{ring, {}}};
}

std::vector<BngPoint> random_points(std::mt19937& random, std::size_t count) {
    std::uniform_real_distribution<double> place(0, 1000);
    std::vector<BngPoint> points(count);
    for (auto& point : points) {
        point = {place(random), place(random)};
    }
    return points;
}

// Winding number by angles: another method than the crossing counts it checks.
bool winds_around(const Ring<BngPoint>& ring, const BngPoint& point) {
    double angle = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double ax = ring[i - 1].easting_m - point.easting_m;
        const double ay = ring[i - 1].northing_m - point.northing_m;
        const double bx = ring[i].easting_m - point.easting_m;
        const double by = ring[i].northing_m - point.northing_m;
        angle += std::atan2(ax * by - ay * bx, ax * bx + ay * by);
    }
    return std::abs(angle) > 3;
}

} // namespace

TEST_CASE("Areas and boundaries count holes") {
    auto polygon = rectangle(400'000, 300'000, 402'000, 301'000);
    polygon.holes.push_back(rectangle(400'500, 300'250, 401'000, 300'750).exterior);
    CHECK(area_km2({polygon}) == Approx(2 - 0.25));
    CHECK(boundary_length_m({polygon}) == Approx(6000 + 2000));
    CHECK(area_km2({}) == 0);
}

TEST_CASE("Intersection and union of overlapping squares have the areas of geometry") {
    const auto a = square(0, 0, 1000);
    const auto b = square(500, 500, 1000);
    CHECK(area_km2(intersection(a, b)) == Approx(0.25));
    const std::vector<MultiPolygon<BngPoint>> parts{a, b, {}};
    const auto united = unite<BngPoint>(parts);
    CHECK(united.size() == 1);
    CHECK(area_km2(united) == Approx(1.75));
    CHECK(intersection(a, square(5000, 5000, 10)).empty());
    CHECK(intersection(a, square(1000, 0, 1000)).empty()); // a shared edge has no area
    CHECK(unite<BngPoint>({}).empty());
}

TEST_CASE("A union that leaves a gap has a hole") {
    const std::vector<MultiPolygon<BngPoint>> frame{{rectangle(0, 0, 30, 10)},
                                                    {rectangle(0, 20, 30, 30)},
                                                    {rectangle(0, 0, 10, 30)},
                                                    {rectangle(20, 0, 30, 30)}};
    const auto united = unite<BngPoint>(frame);
    REQUIRE(united.size() == 1);
    CHECK(united[0].holes.size() == 1);
    CHECK(area_km2(united) == Approx(800e-6));
}

TEST_CASE("A bow tie is not valid and is made valid as two triangles") {
    const MultiPolygon<LonLat> bow_tie{{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}, {}}};
    CHECK_FALSE(is_valid(bow_tie));
    const auto valid = make_valid(bow_tie);
    CHECK(is_valid(valid));
    CHECK(valid.size() == 2);
    CHECK(is_valid(MultiPolygon<LonLat>{}));
    CHECK(make_valid(MultiPolygon<LonLat>{}).empty());
}

TEST_CASE("Simplifying keeps corners and drops what lies within the tolerance") {
    MultiPolygon<MercatorPoint> noisy{
        {{{0, 0}, {50, 0.4}, {100, 0}, {100, 100}, {0, 100}, {0, 0}}, {}}};
    const auto simple = simplify_preserving_topology(noisy, 1.0);
    REQUIRE(simple.size() == 1);
    CHECK(simple[0].exterior.size() == 5);
    CHECK(simplify_preserving_topology(noisy, 0.1) == noisy);
}

TEST_CASE("Rings that are open, too short or not finite are refused, not crashed on") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const MultiPolygon<BngPoint> open{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}};
    const MultiPolygon<BngPoint> two{{{{0, 0}, {0, 0}}, {}}};
    const MultiPolygon<BngPoint> none{{{}, {}}};
    const MultiPolygon<BngPoint> lost{{{{0, 0}, {1, nan}, {1, 1}, {0, 0}}, {}}};
    for (const auto& bad : {open, two, none, lost}) {
        CHECK_THROWS_AS(is_valid(bad), GeometryError);
        CHECK_THROWS_AS(AreaIndex(just(bad)), GeometryError);
    }
    MultiPolygon<BngPoint> bad_hole{rectangle(0, 0, 9, 9)};
    bad_hole[0].holes.push_back(open[0].exterior);
    CHECK_THROWS_AS(make_valid(bad_hole), GeometryError);
}

TEST_CASE("Clipping gives each polygon's part inside the mask, and those inside unchanged") {
    MultiPolygon<BngPoint> mask = square(0, 0, 100);
    mask[0].holes.push_back(rectangle(40, 40, 60, 60).exterior);
    const MultiPolygon<BngPoint> polygons{rectangle(10, 10, 20, 20), rectangle(90, 10, 110, 20),
                                          rectangle(200, 200, 300, 300), rectangle(45, 45, 55, 55),
                                          rectangle(30, 45, 70, 55)};
    const auto clipped = clip_each(polygons, mask);
    REQUIRE(clipped.size() == 5);
    CHECK(clipped[0] == MultiPolygon<BngPoint>{polygons[0]});
    CHECK(area_km2(clipped[1]) == Approx(100e-6));
    CHECK(clipped[2].empty());
    CHECK(clipped[3].empty());
    CHECK(clipped[4].size() == 2);
    CHECK(area_km2(clipped[4]) == Approx(200e-6));
    CHECK(clip_each(polygons, {})[0].empty());
}

TEST_CASE("Every place belongs to the Voronoi cell of its nearest site") {
    std::mt19937 random(31);
    const auto extent = square(0, 0, 1000);
    const auto sites = random_points(random, 60);
    const auto cells = voronoi(sites, extent);
    REQUIRE(cells.size() == sites.size());
    double sum_km2 = 0;
    for (const auto& cell : cells) {
        CHECK(is_valid(cell));
        sum_km2 += area_km2(cell);
    }
    CHECK(sum_km2 == Approx(1.0));
    const AreaIndex index(cells);
    for (const auto& place : random_points(random, 2000)) {
        const auto nearest = std::ranges::min_element(sites, {}, [&](const BngPoint& site) {
            return std::hypot(site.easting_m - place.easting_m, site.northing_m - place.northing_m);
        });
        REQUIRE(index.find(place) == static_cast<std::size_t>(nearest - sites.begin()));
    }
}

TEST_CASE("Voronoi cells of one site, of sites in a row, and of equal sites") {
    const auto extent = square(0, 0, 100);
    const auto one = voronoi(std::vector<BngPoint>{{50, 50}}, extent);
    REQUIRE(one.size() == 1);
    CHECK(area_km2(one[0]) == Approx(0.01));
    const auto row = voronoi(std::vector<BngPoint>{{75, 50}, {25, 50}}, extent);
    REQUIRE(row.size() == 2);
    CHECK(bounds(row[0]).min.easting_m == Approx(50));
    CHECK(bounds(row[1]).max.easting_m == Approx(50));
    CHECK(voronoi({}, extent).empty());
    CHECK_THROWS_AS(voronoi(std::vector<BngPoint>{{50, 50}, {50, 50}}, extent), GeometryError);
}

TEST_CASE("The point on a surface lies inside, also of a horseshoe") {
    const MultiPolygon<BngPoint> horseshoe{
        {{{0, 0}, {90, 0}, {90, 90}, {80, 90}, {80, 10}, {10, 10}, {10, 90}, {0, 90}, {0, 0}}, {}}};
    CHECK(contains(horseshoe[0], point_on_surface(horseshoe)));
    CHECK_THROWS_AS(point_on_surface({}), GeometryError);
}

TEST_CASE("The area index finds the first area that holds a point, as a search of all does") {
    std::mt19937 random(32);
    std::vector<MultiPolygon<BngPoint>> areas;
    for (const auto& centre : random_points(random, 80)) {
        areas.push_back(star(random, centre, 150));
    }
    areas.push_back({});
    const AreaIndex index(areas);
    int found = 0;
    for (const auto& point : random_points(random, 3000)) {
        std::optional<std::size_t> expected;
        for (std::size_t i = 0; i < areas.size() && !expected; ++i) {
            if (!areas[i].empty() && winds_around(areas[i][0].exterior, point)) {
                expected = i;
            }
        }
        REQUIRE(index.find(point) == expected);
        found += expected ? 1 : 0;
    }
    CHECK(found > 1000);
    CHECK(found < 3000);
}

TEST_CASE("A point on a shared boundary belongs to the first area in the given order") {
    const auto west = square(0, 0, 10);
    const auto east = square(10, 0, 10);
    CHECK(AreaIndex(std::vector{west, east}).find({10, 5}) == 0U);
    CHECK(AreaIndex(std::vector{east, west}).find({10, 5}) == 0U);
    CHECK(AreaIndex(std::vector{west, east}).find({10, 0}) == 0U);
    CHECK(AreaIndex(std::vector{west, east}).find({15, 5}) == 1U);
}

TEST_CASE("The area index answers nothing for places outside, not finite, or without areas") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    AreaIndex index(just(square(0, 0, 10)));
    CHECK_FALSE(index.find({20, 5}));
    CHECK_FALSE(index.find({nan, 5}));
    CHECK_FALSE(AreaIndex({}).find({5, 5}));
    const AreaIndex moved = std::move(index);
    CHECK(moved.find({5, 5}) == 0U);
}
