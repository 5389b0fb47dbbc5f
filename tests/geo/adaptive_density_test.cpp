#include "geo/adaptive_density.hpp"
#include "geo/density_estimate.hpp"
#include "tests/catch.hpp"
#include "tests/geo/density_estimate_figures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

using namespace hotspots::geo;
namespace figures = hotspots::tests::figures;

namespace {

constexpr Kernel all_kernels[] = {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                  Kernel::uniform, Kernel::gaussian};

std::vector<BngPoint> pairs(const std::vector<double>& east, const std::vector<double>& north) {
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < east.size(); ++i) {
        points.push_back({east[i], north[i]});
    }
    return points;
}

MultiPolygon<BngPoint> oracle_window() {
    auto ring = pairs(figures::window_easting, figures::window_northing);
    ring.push_back(ring.front());
    return {{ring, {}}};
}

std::vector<double> pilot_of(std::span<const Place> places, Kernel kernel, double h_m) {
    return PlaceSums(places, kernel_reach_m(kernel, h_m)).at_places(kernel, h_m, true);
}

} // namespace

TEST_CASE("Abramson's bandwidths and the density with them are those of all pairs in R") {
    const auto points = pairs(figures::points_easting, figures::points_northing);
    std::vector<Place> places;
    for (const auto& point : points) { // in R's order
        places.push_back({point, 1});
    }
    const auto bandwidths =
        abramson_bandwidths_m(places, pilot_of(places, Kernel::quartic, 300), 300);
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(bandwidths[i] == Approx(figures::abramson_h[i]).epsilon(1e-9));
    }
    const auto at = pairs(figures::adaptive_easting, figures::adaptive_northing);
    DensityRule rule{Kernel::quartic, 300, EdgeCorrection::none, true};
    for (std::size_t i = 0; i < at.size(); ++i) {
        const GridSpec cell{{at[i].easting_m - 1, at[i].northing_m - 1}, 2, 1, 1};
        rule.edge = EdgeCorrection::none;
        CHECK(estimate_density(points, {}, oracle_window(), cell, rule).values.front() ==
              Approx(figures::adaptive_per_km2[i]).epsilon(1e-9));
        rule.edge = EdgeCorrection::diggle; // the masses are R's numerical integrals
        CHECK(estimate_density(points, {}, oracle_window(), cell, rule).values.front() ==
              Approx(figures::adaptive_diggle_per_km2[i]).epsilon(1e-6));
    }
}

TEST_CASE("With one bandwidth for all the adaptive density is the fixed one") {
    std::mt19937 random(61);
    std::uniform_real_distribution<double> anywhere(0, 3'000);
    std::vector<BngPoint> points;
    for (int i = 0; i < 300; ++i) {
        const double east = anywhere(random);
        points.push_back({458'000 + east, 303'000 + anywhere(random)});
    }
    const auto places = collapse(points);
    const std::vector<double> ones(places.size(), 1);
    const std::vector<double> widths(places.size(), 217);
    // Smaller than the points' extent, so that some reach in from outside.
    const GridSpec grid{{458'500, 303'400}, 47, 40, 30};
    for (const Kernel kernel : all_kernels) {
        const auto fixed = density(points, grid, kernel, 217);
        const auto adaptive = adaptive_density(places, ones, widths, grid, kernel);
        for (std::size_t i = 0; i < fixed.values.size(); ++i) {
            CHECK((adaptive.values[i] > 0) == (fixed.values[i] > 0));
            CHECK(adaptive.values[i] == Approx(fixed.values[i]).epsilon(1e-9));
        }
    }
}

TEST_CASE("Whatever the bandwidths, the mass is the sum of the weights") {
    const std::vector<Place> places{
        {{458'000, 304'000}, 1}, {{458'400, 304'100}, 3}, {{458'420, 304'900}, 2}};
    const std::vector<double> weights{1, 3.5, 2};
    const std::vector<double> widths{100, 400, 250};
    for (const Kernel kernel :
         {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular, Kernel::gaussian}) {
        const auto grid = grid_covering({{458'000, 304'000}, {458'420, 304'900}}, 20,
                                        kernel_reach_m(kernel, 400));
        const auto raster = adaptive_density(places, weights, widths, grid, kernel);
        const double sum = std::accumulate(raster.values.begin(), raster.values.end(), 0.0);
        CHECK(sum * grid.cell_area_km2() == Approx(6.5).epsilon(0.001));
    }
}

TEST_CASE("Where points are dense bandwidths are narrow, and none leaves its bounds") {
    std::vector<BngPoint> points;
    for (int i = 0; i < 4'000; ++i) { // a town's worth in one street, and a farm every kilometre
        points.push_back(i % 100 == 0 ? BngPoint{430'000.0 + (i / 100) * 1'000, 310'000}
                                      : BngPoint{458'000.0 + i % 60, 304'000.0 + i % 7});
    }
    const auto places = collapse(points);
    const auto widths = abramson_bandwidths_m(places, pilot_of(places, Kernel::quartic, 300), 300);
    const auto [narrow, wide] = std::ranges::minmax_element(widths);
    CHECK(*narrow >= 100);
    CHECK(*wide == 900);
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK((widths[i] == 900) == (places[i].at.northing_m == 310'000));
    }
}

TEST_CASE("Points of one place, or as dense as each other, keep the bandwidth given") {
    CHECK(abramson_bandwidths_m({}, {}, 300).empty());
    const std::vector<BngPoint> one_place(7, BngPoint{458'000, 304'000});
    const auto place = collapse(one_place);
    REQUIRE(place.size() == 1);
    CHECK(place.front().count == 7);
    CHECK(abramson_bandwidths_m(place, pilot_of(place, Kernel::quartic, 300), 300).front() ==
          Approx(300));
    const auto two = collapse(std::vector<BngPoint>{{458'000, 304'000}, {458'100, 304'000}});
    for (const double h_m : abramson_bandwidths_m(two, pilot_of(two, Kernel::gaussian, 300), 300)) {
        CHECK(h_m == Approx(300));
    }
    CHECK(local_bandwidth_m(300, 0, 5) == 900); // nothing near
}

TEST_CASE("Spans that do not match the places are refused") {
    const std::vector<Place> places{{{458'000, 304'000}, 1}};
    const std::vector<double> one{1};
    const std::vector<double> bad{-1};
    const std::vector<double> wide{300};
    const GridSpec grid{{457'000, 303'000}, 50, 40, 40};
    CHECK_THROWS_AS(abramson_bandwidths_m(places, {}, 300), std::invalid_argument);
    CHECK_THROWS_AS(adaptive_density(places, {}, wide, grid, Kernel::quartic),
                    std::invalid_argument);
    CHECK_THROWS_AS(adaptive_density(places, bad, wide, grid, Kernel::quartic),
                    std::invalid_argument);
    CHECK_THROWS_AS(adaptive_density(places, one, bad, grid, Kernel::quartic),
                    std::invalid_argument);
}
