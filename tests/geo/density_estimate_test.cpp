#include "geo/density_estimate.hpp"
#include "geo/geos.hpp"
#include "tests/catch.hpp"
#include "tests/geo/density_estimate_cases.hpp"

#include <cmath>
#include <limits>
#include <span>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

// The density at one place: that of a grid of one cell around it.
double at(const BngPoint& place, std::span<const BngPoint> points,
          const MultiPolygon<BngPoint>& area, const DensityRule& rule) {
    const GridSpec cell{{place.easting_m - 1, place.northing_m - 1}, 2, 1, 1};
    return estimate_density(points, {}, area, cell, rule).values.front();
}

} // namespace

TEST_CASE("At its points the density is spatstat's, without correction and with both") {
    const auto points = oracle_points();
    const auto window = oracle_window();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& place = points[i];
        CHECK(at(place, points, window, rule_of(EdgeCorrection::none)) ==
              Approx(figures::plain_per_km2[i]).epsilon(1e-9));
        // spatstat's own figures move by so much when its pixels are four times as wide.
        CHECK(at(place, points, window, rule_of(EdgeCorrection::uniform)) ==
              Approx(figures::uniform_per_km2[i]).epsilon(0.003));
        CHECK(at(place, points, window, rule_of(EdgeCorrection::diggle)) ==
              Approx(figures::diggle_per_km2[i]).epsilon(0.003));
    }
}

TEST_CASE("Without correction and with one bandwidth it is the density itself, to the last bit") {
    const auto points = oracle_points();
    const auto grid = grid_covering(bounds(oracle_window()), 50, 300);
    for (const Kernel kernel : all_kernels) {
        CHECK(estimate_density(points, points, oracle_window(), grid,
                               rule_of(EdgeCorrection::none, false, kernel))
                  .values == density(points, grid, kernel, 300).values);
    }
}

TEST_CASE("Uniform correction gives values to the cells next to the area's, and none beyond") {
    const auto points = random_points(300, 42, bounds(square));
    const auto raster =
        estimate_density(points, {}, square, square_grid, rule_of(EdgeCorrection::uniform));
    // The square's cells are 20...79: a ring of one around it.
    CHECK(raster.values[square_grid.offset({19, 50})] > 0);
    CHECK(raster.values[square_grid.offset({80, 50})] > 0);
    CHECK(raster.values[square_grid.offset({18, 50})] == 0);
    CHECK(raster.values[square_grid.offset({50, 81})] == 0);
}

TEST_CASE("Neighbours' points are used before any correction is made up") {
    // An even field that runs on beyond the western side alone.
    std::vector<BngPoint> inside;
    std::vector<BngPoint> outside;
    for (int row = 0; row < 60; ++row) {
        for (int column = -20; column < 60; ++column) {
            auto& points = column < 0 ? outside : inside;
            points.push_back({450'025.0 + column * 50, 300'025.0 + row * 50});
        }
    }
    const auto window = complete_window(square, outside, Kernel::quartic, 300);
    // The neighbours' strip of the kernel's reach, and 300 m around its points.
    CHECK(area_km2(window) - 9 == Approx(0.6 * 3.6).epsilon(0.1));
    CHECK(complete_window(square, {}, Kernel::quartic, 300) == square);
    const std::vector<BngPoint> far{{449'600, 301'000}, {470'000, 301'000}};
    CHECK(complete_window(square, far, Kernel::quartic, 300) == square);

    for (const auto edge : {EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        const auto raster = estimate_density(inside, outside, square, square_grid, rule_of(edge));
        const auto plain = density(inside, square_grid, Kernel::quartic, 300);
        const auto west = square_grid.offset({20, 50});
        CHECK(plain.values[west] < 270);
        CHECK(raster.values[west] == Approx(400).epsilon(0.02));
        // What lies there is used, not what the correction would have assumed.
        std::vector<BngPoint> fewer;
        for (std::size_t i = 0; i < outside.size(); i += 2) {
            fewer.push_back(outside[i]);
        }
        const auto half = estimate_density(inside, fewer, square, square_grid, rule_of(edge));
        CHECK(half.values[west] < 340);
        CHECK(half.values[west] > 270);
    }
    CHECK(estimate_density(inside, outside, square, square_grid, rule_of(EdgeCorrection::none))
              .values == density(inside, square_grid, Kernel::quartic, 300).values);
}

TEST_CASE("Points that lie in no complete window are left out of a correction") {
    auto points = random_points(100, 43, bounds(square));
    const auto expected =
        estimate_density(points, {}, square, square_grid, rule_of(EdgeCorrection::diggle));
    points.push_back({449'900, 301'500});
    CHECK(
        estimate_density(points, {}, square, square_grid, rule_of(EdgeCorrection::diggle)).values ==
        expected.values);
}

TEST_CASE("What cannot be estimated is refused by name") {
    const double nan = std::nan("");
    const std::vector<BngPoint> bad{{451'000, 301'000}, {nan, 301'000}};
    for (const auto& rule : all_rules(Kernel::quartic, 300)) {
        CHECK_THROWS_WITH(estimate_density(bad, {}, square, square_grid, rule),
                          Catch::Contains("point 1"));
    }
    for (const double h_m : {0.0, -1.0, nan, std::numeric_limits<double>::infinity()}) {
        for (const auto& rule : all_rules(Kernel::quartic, h_m)) {
            CHECK_THROWS_WITH(estimate_density({}, {}, square, square_grid, rule),
                              Catch::Contains("bandwidth"));
        }
    }
    CHECK_THROWS_WITH(estimate_density({}, {}, {}, square_grid, rule_of(EdgeCorrection::uniform)),
                      Catch::Contains("study area"));
}
