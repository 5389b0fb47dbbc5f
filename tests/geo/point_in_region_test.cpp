#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "tests/catch.hpp"
#include "tests/geo/ascii_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

// A ring of points at random distances around a centre, with a square hole.
Polygon<BngPoint> random_polygon(std::mt19937& random) {
    std::uniform_real_distribution<double> radius(100, 480);
    Ring<BngPoint> ring;
    for (int i = 0; i < 25; ++i) {
        const double angle = i * 2 * 3.14159265358979 / 25;
        const double r = radius(random);
        ring.push_back({500 + r * std::cos(angle), 500 + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return {ring, {rectangle(470, 470, 530, 530).exterior}};
}

} // namespace

TEST_CASE("Points, sorted points and cells agree with GEOS on what is inside") {
    std::mt19937 random(41);
    std::uniform_real_distribution<double> place(0, 1000);
    for (int round = 0; round < 20; ++round) {
        const auto polygon = random_polygon(random);
        const AreaIndex oracle(just({polygon}));
        std::vector<BngPoint> points(500);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < points.size(); ++i) {
            points[i] = {place(random), place(random)};
            if (oracle.find(points[i])) {
                expected.push_back(i);
            }
            REQUIRE(contains(polygon, points[i]) == oracle.find(points[i]).has_value());
        }
        CHECK(PointsByNorthing(points).in(polygon) == expected);

        const GridSpec grid{{-37, 13}, 17.3, 60, 50};
        std::vector<char> covered(grid.size(), 0);
        for (const auto& run : cells_in({polygon}, grid)) {
            for (int column = run.first; column < run.last; ++column) {
                covered[grid.offset({column, run.row})] = 1;
            }
        }
        for_each_cell(grid, [&](CellIndex cell) {
            REQUIRE((covered[grid.offset(cell)] == 1) ==
                    oracle.find(grid.centre(cell)).has_value());
        });
    }
}

TEST_CASE("Of squares that share edges and corners exactly one holds each point") {
    std::vector<Polygon<BngPoint>> squares;
    for (int i = 0; i < 16; ++i) {
        const double west = i % 4 * 10;
        const double south = i / 4 * 10;
        squares.push_back(rectangle(west, south, west + 10, south + 10));
    }
    for (double x = 0; x < 40; x += 2.5) {
        for (double y = 0; y < 40; y += 2.5) {
            const BngPoint point{x, y};
            REQUIRE(std::ranges::count_if(
                        squares, [&](const auto& square) { return contains(square, point); }) == 1);
        }
    }
}

TEST_CASE("Cells whose centres lie on an edge belong to one of the two sides") {
    const GridSpec grid{{0, 0}, 10, 8, 8};
    const auto west = cells_in({rectangle(0, 0, 35, 80)}, grid);
    const auto east = cells_in({rectangle(35, 0, 80, 80)}, grid);
    REQUIRE(west.size() == 8);
    REQUIRE(east.size() == 8);
    for (int row = 0; row < 8; ++row) {
        CHECK(west[static_cast<std::size_t>(row)] == CellRun{row, 0, 3});
        CHECK(east[static_cast<std::size_t>(row)] == CellRun{row, 3, 8});
    }
}

TEST_CASE("Polygons outside the grid, or reaching over it, give only cells of the grid") {
    const GridSpec grid{{0, 0}, 10, 4, 3};
    CHECK(cells_in({rectangle(1e6, 1e6, 2e6, 2e6)}, grid).empty());
    CHECK(cells_in({rectangle(-500, -500, -5, -5)}, grid).empty());
    const std::vector<CellRun> all{{0, 0, 4}, {1, 0, 4}, {2, 0, 4}};
    CHECK(cells_in({rectangle(-1e6, -1e6, 1e6, 1e6)}, grid) == all);
    CHECK(cells_in({}, grid).empty());
}

TEST_CASE("A point that is not finite is in no region") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<BngPoint> points{{nan, 5}, {5, 5}, {5, nan}};
    CHECK(PointsByNorthing(points).in(rectangle(0, 0, 10, 10)) == std::vector<std::uint32_t>{1});
}
