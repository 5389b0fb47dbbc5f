// Properties of corrected and adaptive densities; against R they are tested in
// density_estimate_test.cpp.
#include "geo/density_estimate.hpp"
#include "tests/catch.hpp"
#include "tests/geo/density_estimate_cases.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

bool all_fine(const Raster& raster) {
    return std::ranges::all_of(raster.values,
                               [](double value) { return std::isfinite(value) && value >= 0; });
}

} // namespace

TEST_CASE("Under Diggle's correction the mass inside is the number of points, whatever the edge") {
    const auto points = oracle_points();
    const auto window = oracle_window();
    const auto grid = grid_covering(bounds(window), 10, 300);
    for (const Kernel kernel : all_kernels) {
        const double h_m = kernel == Kernel::gaussian ? 120 : 300;
        const auto corrected = estimate_density(
            points, {}, window, grid, rule_of(EdgeCorrection::diggle, false, kernel, h_m));
        const double expected = static_cast<double>(points.size());
        CHECK(mass_in(corrected, window) == Approx(expected).epsilon(0.002));
        CHECK(mass_in(estimate_density(points, {}, window, grid,
                                       rule_of(EdgeCorrection::none, false, kernel, h_m)),
                      window) < 0.95 * expected);
    }
    const auto adaptive =
        estimate_density(points, {}, window, grid, rule_of(EdgeCorrection::diggle, true));
    CHECK(mass_in(adaptive, window) == Approx(120).epsilon(0.002));
}

TEST_CASE("A field that is even stays even up to the boundary under uniform correction") {
    std::vector<BngPoint> lattice; // one in each square of 25 m: 1600 per km2
    for (int row = 0; row < 120; ++row) {
        for (int column = 0; column < 120; ++column) {
            lattice.push_back({450'012.5 + column * 25, 300'012.5 + row * 25});
        }
    }
    for (const Kernel kernel :
         {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular, Kernel::gaussian}) {
        const double h_m = kernel == Kernel::gaussian ? 120 : 300;
        const auto plain = estimate_density(lattice, {}, square, square_grid,
                                            rule_of(EdgeCorrection::none, false, kernel, h_m));
        const auto even = estimate_density(lattice, {}, square, square_grid,
                                           rule_of(EdgeCorrection::uniform, false, kernel, h_m));
        CHECK(plain.values[square_grid.offset({20, 20})] < 800); // at the corner
        for (const auto& run : cells_in(square, square_grid)) {
            for (int column = run.first; column < run.last; ++column) {
                REQUIRE(even.values[square_grid.offset({column, run.row})] ==
                        Approx(1600).epsilon(0.02));
            }
        }
    }
    const auto adaptive =
        estimate_density(lattice, {}, square, square_grid, rule_of(EdgeCorrection::uniform, true));
    for (const auto& run : cells_in(square, square_grid)) {
        for (int column = run.first; column < run.last; ++column) {
            REQUIRE(adaptive.values[square_grid.offset({column, run.row})] ==
                    Approx(1600).epsilon(0.03));
        }
    }
}

TEST_CASE("Correction changes nothing a kernel's reach away from the boundary") {
    const auto points = random_points(500, 41, bounds(square));
    const auto plain =
        estimate_density(points, {}, square, square_grid, rule_of(EdgeCorrection::none));
    const MultiPolygon<BngPoint> inner{rectangle(450'600, 300'600, 452'400, 302'400)};
    for (const auto edge : {EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        const auto corrected = estimate_density(points, {}, square, square_grid, rule_of(edge));
        for (const auto& run : cells_in(inner, square_grid)) {
            for (int column = run.first; column < run.last; ++column) {
                const auto cell = square_grid.offset({column, run.row});
                REQUIRE(corrected.values[cell] == Approx(plain.values[cell]).epsilon(1e-12));
            }
        }
    }
}

TEST_CASE("With Diggle's correction densities of two sets add up; with uniform correction too") {
    const auto a = random_points(150, 44, bounds(square));
    const auto b = random_points(150, 45, bounds(square));
    auto both = a;
    both.insert(both.end(), b.begin(), b.end());
    for (const auto edge : {EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        const auto of_a = estimate_density(a, {}, square, square_grid, rule_of(edge));
        const auto of_b = estimate_density(b, {}, square, square_grid, rule_of(edge));
        const auto of_both = estimate_density(both, {}, square, square_grid, rule_of(edge));
        for (std::size_t i = 0; i < of_both.values.size(); ++i) {
            REQUIRE(of_both.values[i] ==
                    Approx(of_a.values[i] + of_b.values[i]).epsilon(1e-9).margin(1e-9));
        }
    }
}

TEST_CASE("Moving everything by whole cells moves the estimate and changes nothing else") {
    auto points = random_points(200, 46, bounds(square));
    for (auto& point : points) { // sixteenths of a metre survive the move without rounding
        point = {std::round(point.easting_m * 16) / 16, std::round(point.northing_m * 16) / 16};
    }
    auto moved = points;
    for (auto& point : moved) {
        point = {point.easting_m + 12'500, point.northing_m - 35'050};
    }
    const MultiPolygon<BngPoint> moved_square{rectangle(462'500, 264'950, 465'500, 267'950)};
    const GridSpec moved_grid{{461'500, 263'950}, 50, 100, 100};
    for (const Kernel kernel : all_kernels) {
        for (const auto& rule : all_rules(kernel, 300)) {
            const auto here = estimate_density(points, {}, square, square_grid, rule);
            const auto there = estimate_density(moved, {}, moved_square, moved_grid, rule);
            for (std::size_t i = 0; i < here.values.size(); ++i) {
                REQUIRE(there.values[i] == Approx(here.values[i]).epsilon(1e-6).margin(1e-9));
            }
        }
    }
}

TEST_CASE("Neither threads nor the order of what is corrected change a bit of an estimate") {
    auto points = random_points(400, 47, bounds(square));
    points.resize(450, points.front());
    auto outside = random_points(60, 48, {{449'700, 300'000}, {449'990, 303'000}});
    auto shuffled = points;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(49));
    auto shuffled_outside = outside;
    std::ranges::reverse(shuffled_outside);
    for (const Kernel kernel : {Kernel::quartic, Kernel::gaussian}) {
        for (const auto& rule : all_rules(kernel, 200)) {
            const auto one =
                estimate_density(points, outside, square, square_grid, rule, {1, 0}).values;
            CHECK(estimate_density(points, outside, square, square_grid, rule, {3, 0}).values ==
                  one);
            if (rule.edge == EdgeCorrection::none && !rule.adaptive) {
                continue; // geo/density keeps the order that it is given
            }
            CHECK(estimate_density(shuffled, shuffled_outside, square, square_grid, rule, {2, 0})
                      .values == one);
        }
    }
}

TEST_CASE("None, one, two, collinear points and points on the boundary give finite densities") {
    const BngPoint middle{451'500, 301'500};
    const std::vector<std::vector<BngPoint>> sets{
        {},
        {middle},
        {middle, middle},
        {middle, {451'700, 301'500}},
        {{450'300, 301'500}, {451'000, 301'500}, {451'050, 301'500}, {452'000, 301'500}},
        {{450'000, 300'000}, {453'000, 303'000}, {450'000, 301'500}, {451'525, 300'000}}};
    for (const auto& points : sets) {
        for (const Kernel kernel : all_kernels) {
            for (const auto& rule : all_rules(kernel, 300)) {
                const auto raster = estimate_density(points, {}, square, square_grid, rule);
                CHECK(all_fine(raster));
                const bool any = std::ranges::any_of(raster.values, [](double v) { return v > 0; });
                CHECK(any == !points.empty());
            }
        }
    }
    // On the boundary half of a kernel is inside, in a corner a quarter.
    const std::vector<BngPoint> on_edges{{450'000, 300'000}, {451'525, 300'000}};
    const auto raster =
        estimate_density(on_edges, {}, square, square_grid, rule_of(EdgeCorrection::diggle));
    CHECK(mass_in(raster, square) == Approx(2).epsilon(0.01));
}
