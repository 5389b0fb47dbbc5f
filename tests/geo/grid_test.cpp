#include "geo/grid.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

using namespace hotspots::geo;

namespace {

Box<BngPoint> box(double west, double south, double east, double north) {
    return {{west, south}, {east, north}};
}

} // namespace

TEST_CASE("A grid covers the padded extent with corners at multiples of the cell") {
    const auto grid = grid_covering(box(430'010, 280'001, 430'190, 280'099), 50, 30);
    CHECK(grid.south_west == BngPoint{429'950, 279'950});
    CHECK(grid.columns == 6); // 429,980 .. 430,220
    CHECK(grid.rows == 4);    // 279,971 .. 280,129
    CHECK(grid.size() == 24);
    CHECK(grid.cell_area_km2() == 0.0025);
    CHECK(grid.centre({0, 0}) == BngPoint{429'975, 279'975});
    CHECK(grid.offset({5, 3}) == 23);
}

TEST_CASE("A single point still gets a cell") {
    const auto grid = grid_covering(box(100, 100, 100, 100), 50, 0);
    CHECK(grid.columns == 1);
    CHECK(grid.rows == 1);
}

TEST_CASE("Cells of two extents lie in equal places") {
    const auto a = grid_covering(box(1'234, 2'345, 9'999, 9'999), 70, 0);
    const auto b = grid_covering(box(2'345, 1'234, 8'888, 8'888), 70, 210);
    const double columns = (a.south_west.easting_m - b.south_west.easting_m) / 70;
    const double rows = (a.south_west.northing_m - b.south_west.northing_m) / 70;
    CHECK(columns == std::round(columns));
    CHECK(rows == std::round(rows));
}

TEST_CASE("A grid holds the padded extent and not a whole cell more, whatever its place") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> anywhere(-1e6, 1e6);
    std::uniform_real_distribution<double> extent_m(0, 20'000);
    std::uniform_real_distribution<double> size_m(20, 500);
    for (int i = 0; i < 1000; ++i) {
        const double west = anywhere(random);
        const double south = anywhere(random);
        const double east = west + extent_m(random);
        const double cell_m = size_m(random);
        const double padding_m = size_m(random);
        const auto grid = grid_covering(box(west, south, east, south), cell_m, padding_m);
        const double tolerance = 1e-6;
        const double left = west - padding_m - grid.south_west.easting_m;
        const double right = grid.south_west.easting_m + grid.columns * cell_m - east - padding_m;
        REQUIRE(left >= -tolerance);
        REQUIRE(left < cell_m + tolerance);
        REQUIRE(right >= -tolerance);
        REQUIRE(right < cell_m + tolerance);
    }
}

TEST_CASE("A grid that cannot be made says why") {
    const auto extent = box(0, 0, 1000, 1000);
    const double infinity = std::numeric_limits<double>::infinity();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const double cell_m : {0.0, -5.0, nan, infinity}) {
        CHECK_THROWS_AS(grid_covering(extent, cell_m, 0), std::invalid_argument);
    }
    for (const double padding_m : {-1.0, nan, infinity}) {
        CHECK_THROWS_AS(grid_covering(extent, 50, padding_m), std::invalid_argument);
    }
    CHECK_THROWS_AS(grid_covering({}, 50, 0), std::invalid_argument);
    CHECK_THROWS_AS(grid_covering(box(nan, 0, 1, 1), 50, 0), std::invalid_argument);
    CHECK_THROWS_AS(grid_covering(box(0, 0, infinity, 1), 50, 0), std::invalid_argument);
    CHECK_THROWS_WITH(grid_covering(box(0, 0, 700'000, 1'300'000), 5, 0),
                      Catch::Contains("at most 2^28"));
}
