#include "geo/density.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

using namespace hotspots::geo;

namespace {

constexpr Kernel all_kernels[] = {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                  Kernel::uniform, Kernel::gaussian};

// Silverman (1986), table 3.1 and eq. 4.5, in the plane: written from the book, per square metre.
long double textbook(Kernel kernel, long double d_m, long double h_m) {
    const long double pi = std::numbers::pi_v<long double>;
    const long double u = d_m / h_m;
    if (kernel == Kernel::gaussian) {
        const long double kept = 1 - std::exp(-8.0L); // within 4 standard deviations
        return u < 4 ? std::exp(-u * u / 2) / (2 * pi * h_m * h_m * kept) : 0;
    }
    if (u >= 1) {
        return 0;
    }
    switch (kernel) {
    case Kernel::quartic:
        return 3 / (pi * h_m * h_m) * (1 - u * u) * (1 - u * u);
    case Kernel::epanechnikov:
        return 2 / (pi * h_m * h_m) * (1 - u * u);
    case Kernel::triangular:
        return 3 / (pi * h_m * h_m) * (1 - u);
    default:
        return 1 / (pi * h_m * h_m);
    }
}

Raster brute_force(const std::vector<BngPoint>& points, const GridSpec& grid, Kernel kernel,
                   double h_m) {
    Raster raster{grid, {}};
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const BngPoint centre = grid.centre({column, row});
            long double sum = 0;
            for (const auto& point : points) {
                const long double dx = centre.easting_m - point.easting_m;
                const long double dy = centre.northing_m - point.northing_m;
                sum += textbook(kernel, std::sqrt(dx * dx + dy * dy), h_m);
            }
            raster.values.push_back(static_cast<double>(sum * 1e6L));
        }
    }
    return raster;
}

std::vector<BngPoint> random_points(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> east(458'000, 460'000);
    std::uniform_real_distribution<double> north(303'500, 305'000);
    std::vector<BngPoint> points(count);
    for (auto& point : points) {
        point = {east(random), north(random)};
    }
    return points;
}

Box<BngPoint> box_of(const std::vector<BngPoint>& points) {
    Box<BngPoint> box;
    for (const auto& point : points) {
        box.extend(point);
    }
    return box;
}

double mass(const Raster& raster) {
    return std::accumulate(raster.values.begin(), raster.values.end(), 0.0) *
           raster.grid.cell_area_km2();
}

double largest(const Raster& raster) {
    return *std::max_element(raster.values.begin(), raster.values.end());
}

} // namespace

TEST_CASE("Density equals the textbook's sum over all points at every cell centre") {
    const Kernel kernel = GENERATE(Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                   Kernel::uniform, Kernel::gaussian);
    const double h_m = GENERATE(90.0, 300.0, 512.5);
    const double cell_m = GENERATE(37.0, 50.0);
    const auto points = random_points(400, 11);
    // Some points lie outside the grid and reach into it.
    const auto grid = grid_covering({{458'300, 303'800}, {459'500, 304'700}}, cell_m, 0);
    const auto expected = brute_force(points, grid, kernel, h_m);
    const auto found = density(points, grid, kernel, h_m);
    REQUIRE(found.values.size() == expected.values.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.values.size(); ++i) {
        REQUIRE((found.values[i] == 0) == (expected.values[i] == 0));
        if (expected.values[i] > 0) {
            worst = std::max(worst, std::abs(found.values[i] / expected.values[i] - 1));
        }
    }
    CHECK(worst <= 1e-9);
}

TEST_CASE("The mass of a density is the number of points") {
    const Kernel kernel =
        GENERATE(Kernel::quartic, Kernel::epanechnikov, Kernel::triangular, Kernel::gaussian);
    const double cells_per_h = GENERATE(5.0, 6.0, 10.0);
    const double h_m = 300;
    const auto points = random_points(500, 12);
    const auto grid = grid_covering(box_of(points), h_m / cells_per_h, kernel_reach_m(kernel, h_m));
    CHECK(mass(density(points, grid, kernel, h_m)) == Approx(500).epsilon(0.001));
}

TEST_CASE("The uniform kernel's mass is that of the cells under its disc") {
    // A disc's edge cuts cells, so the sum is a count of lattice points: right on average only.
    const auto points = random_points(500, 13);
    const auto grid = grid_covering(box_of(points), 30, 300);
    CHECK(mass(density(points, grid, Kernel::uniform, 300)) == Approx(500).epsilon(0.003));
}

TEST_CASE("A single event on a cell centre has the kernel's peak there, and nothing beyond reach") {
    const Kernel kernel = GENERATE(Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                   Kernel::uniform, Kernel::gaussian);
    const double reach_m = kernel_reach_m(kernel, 100);
    const GridSpec grid{{400'000, 300'000}, 25, 61, 61};
    const BngPoint event = grid.centre({30, 30});
    const auto raster = density(std::vector{event}, grid, kernel, 100);
    CHECK(largest(raster) == Approx(kernel_peak_per_km2(kernel, 100)).epsilon(1e-12));
    CHECK(raster.values[grid.offset({30, 30})] == largest(raster));
    for (int row = 0; row < 61; ++row) {
        for (int column = 0; column < 61; ++column) {
            const double d_m = 25 * std::hypot(column - 30, row - 30);
            REQUIRE((raster.values[grid.offset({column, row})] > 0) == (d_m < reach_m));
        }
    }
}

TEST_CASE("The quartic's peak is 3 over pi h squared") {
    // 3 / (pi 0.3^2) = 10.61 per km2
    CHECK(kernel_peak_per_km2(Kernel::quartic, 300) == Approx(10.6103295).epsilon(1e-8));
    CHECK(kernel_reach_m(Kernel::quartic, 300) == 300);
    CHECK(kernel_reach_m(Kernel::gaussian, 300) == 1200);
}

TEST_CASE("Moving points and grid by whole cells moves the density and changes nothing else") {
    auto points = random_points(200, 14);
    for (auto& point : points) { // sixteenths of a metre survive the move without rounding
        point = {std::round(point.easting_m * 16) / 16, std::round(point.northing_m * 16) / 16};
    }
    const auto grid = grid_covering(box_of(points), 50, 300);
    auto moved = points;
    for (auto& point : moved) {
        point = {point.easting_m + 12'500, point.northing_m - 35'050};
    }
    const auto moved_grid = grid_covering(box_of(moved), 50, 300);
    for (const Kernel kernel : all_kernels) {
        CHECK(density(points, grid, kernel, 300).values ==
              density(moved, moved_grid, kernel, 300).values);
    }
}

TEST_CASE("The density of two sets together is the sum of their densities") {
    const auto a = random_points(150, 15);
    const auto b = random_points(150, 16);
    auto both = a;
    both.insert(both.end(), b.begin(), b.end());
    const auto grid = grid_covering(box_of(both), 50, 300);
    for (const Kernel kernel : all_kernels) {
        const auto of_a = density(a, grid, kernel, 300);
        const auto of_b = density(b, grid, kernel, 300);
        const auto of_both = density(both, grid, kernel, 300);
        for (std::size_t i = 0; i < of_both.values.size(); ++i) {
            REQUIRE(of_both.values[i] == Approx(of_a.values[i] + of_b.values[i]).epsilon(1e-12));
        }
    }
}

TEST_CASE("The order of the points does not matter, but for the rounding of doubles") {
    auto points = random_points(300, 18);
    points.resize(350, points.front());
    const auto grid = grid_covering(box_of(points), 50, 300);
    auto shuffled = points;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(19));
    for (const Kernel kernel : all_kernels) {
        const auto expected = density(points, grid, kernel, 300).values;
        const auto found = density(shuffled, grid, kernel, 300).values;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            REQUIRE(found[i] == Approx(expected[i]).epsilon(1e-13));
        }
    }
}

TEST_CASE("Events in one place count as often as they occurred") {
    const std::vector<BngPoint> once{{458'777.7, 304'321.1}};
    const std::vector<BngPoint> five_times(5, once.front());
    const auto grid = grid_covering(box_of(once), 50, 300);
    const auto single = density(once, grid, Kernel::quartic, 300);
    const auto five = density(five_times, grid, Kernel::quartic, 300);
    for (std::size_t i = 0; i < five.values.size(); ++i) {
        REQUIRE(five.values[i] == Approx(5 * single.values[i]).epsilon(1e-14));
    }
    CHECK(mass(five) == Approx(5).epsilon(0.001));
}

TEST_CASE("A point on a corner of cells counts alike in the cells around it") {
    const GridSpec grid{{400'000, 300'000}, 50, 20, 20};
    const std::vector<BngPoint> corner{{400'500, 300'500}};
    const auto raster = density(corner, grid, Kernel::quartic, 300);
    for (int row = 0; row < 20; ++row) {
        for (int column = 0; column < 20; ++column) {
            const double value = raster.values[grid.offset({column, row})];
            REQUIRE(value == raster.values[grid.offset({19 - column, row})]);
            REQUIRE(value == raster.values[grid.offset({column, 19 - row})]);
            REQUIRE(value == raster.values[grid.offset({row, column})]);
        }
    }
    CHECK(mass(raster) == Approx(1).epsilon(0.001));
}

TEST_CASE("No points, and points far away, give zeros") {
    const GridSpec grid{{400'000, 300'000}, 50, 20, 20};
    const std::vector<BngPoint> far{{-1e300, 1e300}, {500'000, 300'500}, {400'500, 1e18}};
    for (const Kernel kernel : all_kernels) {
        CHECK(largest(density({}, grid, kernel, 300)) == 0);
        CHECK(largest(density(far, grid, kernel, 300)) == 0);
    }
}

TEST_CASE("No bandwidth from tiny to huge gives a value that is not finite") {
    const auto points = random_points(50, 17);
    const auto grid = grid_covering(box_of(points), 100, 0);
    for (const double h_m : {1e-3, 1.0, 1e3, 1e6, 1e9}) {
        for (const Kernel kernel : all_kernels) {
            const auto raster = density(points, grid, kernel, h_m);
            CHECK(std::all_of(raster.values.begin(), raster.values.end(),
                              [](double value) { return std::isfinite(value) && value >= 0; }));
        }
    }
}

TEST_CASE("A bandwidth or point that cannot be is refused by name") {
    const GridSpec grid{{0, 0}, 50, 2, 2};
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const double h_m : {0.0, -300.0, nan, std::numeric_limits<double>::infinity()}) {
        CHECK_THROWS_AS(density({}, grid, Kernel::quartic, h_m), std::invalid_argument);
        CHECK_THROWS_AS(kernel_peak_per_km2(Kernel::quartic, h_m), std::invalid_argument);
    }
    const std::vector<BngPoint> points{{1, 1}, {nan, 1}};
    CHECK_THROWS_WITH(density(points, grid, Kernel::quartic, 300), Catch::Contains("point 1"));
}

TEST_CASE("What the Gaussian's truncation cuts off is given back: exp(-8) of the mass") {
    const double h_m = 120;
    const double untruncated_peak = 1e6 / (2 * std::numbers::pi * h_m * h_m);
    CHECK(1 - untruncated_peak / kernel_peak_per_km2(Kernel::gaussian, h_m) ==
          Approx(3.3546e-4).epsilon(1e-4)); // exp(-8)
    CHECK(kernel_peak_per_km2(Kernel::gaussian, h_m) / untruncated_peak ==
          Approx(1.000336).margin(5e-7));
    const GridSpec grid{{400'000, 300'000}, 10, 121, 121};
    const std::vector<BngPoint> one{grid.centre({60, 60})};
    // A sum over cells does not follow the cut's circle: 1e-5 off, where the cut itself is 3e-4.
    CHECK(mass(density(one, grid, Kernel::gaussian, h_m)) == Approx(1).epsilon(3e-5));
}
