// The density against the sum over all pairs in long double, in the shapes that its sorting, its
// tiles and its threads could get wrong.
#include "geo/density.hpp"
#include "geo/simd.hpp"
#include "tests/catch.hpp"
#include "tests/sanitized.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>
#include <random>
#include <stdexcept>
#include <vector>

using namespace hotspots::geo;

namespace {

constexpr Kernel all_kernels[] = {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                  Kernel::uniform, Kernel::gaussian};

// Silverman (1986), table 3.1 and eq. 4.5, from d^2, so that the edge of a disc is exact where
// squares are. Per km2; the Gaussian is cut off at 4 h and its mass made 1.
long double textbook(Kernel kernel, long double d2, long double h_m) {
    const long double pi = std::numbers::pi_v<long double>;
    const long double h2 = h_m * h_m;
    const long double disc_km2 = pi * h2 / 1e6L;
    if (kernel == Kernel::gaussian) {
        return d2 < 16 * h2 ? std::exp(-d2 / h2 / 2) / (2 * disc_km2 * (1 - std::exp(-8.0L))) : 0;
    }
    if (d2 >= h2) {
        return 0;
    }
    const long double u = d2 / h2;
    switch (kernel) {
    case Kernel::quartic:
        return 3 / disc_km2 * (1 - u) * (1 - u);
    case Kernel::epanechnikov:
        return 2 / disc_km2 * (1 - u);
    case Kernel::triangular:
        return 3 / disc_km2 * (1 - std::sqrt(u));
    default:
        return 1 / disc_km2;
    }
}

std::vector<double> all_pairs(const std::vector<BngPoint>& points,
                              const std::vector<double>& weights, const GridSpec& grid,
                              Kernel kernel, double h_m) {
    std::vector<double> values;
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const BngPoint centre = grid.centre({column, row});
            long double sum = 0;
            for (std::size_t i = 0; i < points.size(); ++i) {
                const long double dx = centre.easting_m - points[i].easting_m;
                const long double dy = centre.northing_m - points[i].northing_m;
                sum += weights[i] * textbook(kernel, dx * dx + dy * dy, h_m);
            }
            values.push_back(static_cast<double>(sum));
        }
    }
    return values;
}

// Within 1e-12 of the peak, exactly zero where all pairs are, never negative.
void check_exact(const std::vector<BngPoint>& points, const std::vector<double>& weights,
                 const GridSpec& grid, Kernel kernel, double h_m) {
    const auto expected = all_pairs(points, weights, grid, kernel, h_m);
    const auto found = density(points, weights, grid, kernel, h_m).values;
    REQUIRE(found.size() == expected.size());
    const double peak = expected.empty() ? 0 : *std::ranges::max_element(expected);
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE((found[i] > 0) == (expected[i] > 0));
        REQUIRE(found[i] >= 0);
        worst = std::max(worst, std::abs(found[i] - expected[i]));
    }
    CHECK(worst <= 1e-12 * peak);
}

// Two tight clusters that fill cells beyond what is sorted by counting, a scatter, and snapped
// repeats.
std::vector<BngPoint> clustered(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> off(0, 60);
    std::uniform_real_distribution<double> anywhere(0, 1500);
    std::vector<BngPoint> points;
    while (points.size() < count) {
        switch (points.size() % 5) {
        case 0:
            points.push_back({458'000 + anywhere(random), 303'000 + anywhere(random)});
            break;
        case 1:
            points.push_back({458'412.5, 303'700 + 25.0 * static_cast<double>(random() % 4)});
            break;
        case 2:
            points.push_back({459'100 + off(random), 304'100 + off(random)});
            break;
        default:
            points.push_back({458'500 + off(random) / 4, 303'400 + off(random) / 4});
        }
    }
    return points;
}

std::vector<double> random_weights(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> weight(0, 3);
    std::vector<double> weights(count);
    std::ranges::generate(weights, [&] { return weight(random); });
    return weights;
}

const GridSpec city{{457'900, 302'900}, 50, 34, 31};

} // namespace

TEST_CASE(
    "Weighted densities are within 1e-12 of the peak from all pairs, and zero where they are") {
    const Kernel kernel = GENERATE(Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                   Kernel::uniform, Kernel::gaussian);
    const double h_m = GENERATE(20.0, 125.0, 277.7);
    const auto points = clustered(700, 21);
    check_exact(points, random_weights(points.size(), 22), city, kernel, h_m);
    check_exact(points, std::vector<double>(points.size(), 1.0), city, kernel, h_m);
}

TEST_CASE("Grids narrower than a register, of one row, and within one disc are exact") {
    const auto points = clustered(300, 23);
    const std::vector<double> weights(points.size(), 1.0);
    for (const Kernel kernel : all_kernels) {
        check_exact(points, weights, {{458'400, 303'300}, 50, 3, 30}, kernel, 200);
        check_exact(points, weights, {{458'400, 303'300}, 50, 1, 1}, kernel, 200);
        check_exact(points, weights, {{458'400, 303'300}, 20, 70, 1}, kernel, 300);
        check_exact(points, weights, {{458'400, 303'300}, 50, 13, 9}, kernel, 5'000);
        check_exact(points, weights, {{458'400, 303'300}, 50, 0, 9}, kernel, 200);
    }
}

TEST_CASE("Points on edges of cells and of the grid, and on the edge of a disc, are exact") {
    // From the centre of a cell, (300, 400) m is exactly 500 m: the quartic's first zero.
    const GridSpec grid{{430'000, 275'000}, 100, 20, 20};
    std::vector<BngPoint> points{grid.centre({4, 4})};
    for (const double x : {0.0, 700.0, 2'000.0, -50.0, 2'050.0}) {
        for (const double y : {0.0, 700.0, 2'000.0, 2'499.0, -500.0}) {
            points.push_back({430'000 + x, 275'000 + y});
        }
    }
    for (const Kernel kernel : all_kernels) {
        check_exact(points, random_weights(points.size(), 24), grid, kernel, 500);
        check_exact({points.front()}, {1.0}, grid, kernel, 500);
    }
    const auto alone = density(std::vector{points.front()}, grid, Kernel::quartic, 500);
    CHECK(alone.values[grid.offset({7, 8})] == 0);
    CHECK(alone.values[grid.offset({7, 7})] > 0);
}

TEST_CASE("Threads and width of registers change no bit") {
    const auto points = clustered(hotspots::tests::is_sanitized ? 500 : 3'000, 25);
    const auto weights = random_weights(points.size(), 26);
    for (const Kernel kernel : all_kernels) {
        const auto plain = density(points, city, kernel, 300, {1, 2}).values;
        const auto weighted = density(points, weights, city, kernel, 300, {1, 2}).values;
        for (const int threads : {1, 2, 3, 7, 64}) {
            for (int lanes = 2; lanes <= widest_lanes(); lanes *= 2) {
                CHECK(density(points, city, kernel, 300, {threads, lanes}).values == plain);
                CHECK(density(points, weights, city, kernel, 300, {threads, lanes}).values ==
                      weighted);
            }
        }
    }
}

TEST_CASE(
    "A part of a grid needs only the points in reach of it, and meets the rest without a seam") {
    const auto points = clustered(3'000, 31);
    const GridSpec part{{458'200, 303'100}, 50, 11, 17};
    const CellIndex offset{6, 4}; // of its south-west corner in the whole
    for (const Kernel kernel : all_kernels) {
        const double reach_m = kernel_reach_m(kernel, 120);
        std::vector<BngPoint> near;
        std::ranges::copy_if(points, std::back_inserter(near), [&](const BngPoint& point) {
            return point.easting_m > 458'200 - reach_m && point.easting_m < 458'750 + reach_m &&
                   point.northing_m > 303'100 - reach_m && point.northing_m < 303'950 + reach_m;
        });
        REQUIRE(near.size() < points.size());
        const auto whole = density(points, city, kernel, 120);
        const auto values = density(near, part, kernel, 120, {2, 2}).values;
        for (int row = 0; row < part.rows; ++row) {
            for (int column = 0; column < part.columns; ++column) {
                const CellIndex in_whole{column + offset.column, row + offset.row};
                REQUIRE(values[part.offset({column, row})] ==
                        Approx(whole.values[city.offset(in_whole)]).epsilon(1e-13));
            }
        }
    }
}

TEST_CASE("Points that repeat a few places are exact, few or many in a cell") {
    std::mt19937 random(32);
    const auto places = clustered(150, 33);
    for (const std::size_t count : {std::size_t{200}, std::size_t{5'000}}) {
        std::vector<BngPoint> points;
        while (points.size() < count) {
            points.push_back(places[random() % places.size()]);
        }
        points.resize(count + 100, {458'501, 303'401}); // and more than are added at once in one
        for (int i = 0; i < 100; ++i) {
            points.push_back({458'502 + i / 4.0, 303'402});
        }
        for (const Kernel kernel : all_kernels) {
            check_exact(points, random_weights(points.size(), 34), city, kernel, 200);
        }
    }
}

TEST_CASE("A place given twice is a place of weight 2") {
    const auto points = clustered(400, 28);
    auto twice = points;
    twice.insert(twice.end(), points.begin(), points.end());
    for (const Kernel kernel : all_kernels) {
        const auto doubled =
            density(points, std::vector<double>(points.size(), 2.0), city, kernel, 200).values;
        const auto repeated = density(twice, city, kernel, 200).values;
        for (std::size_t i = 0; i < doubled.size(); ++i) {
            REQUIRE(repeated[i] == Approx(doubled[i]).epsilon(1e-13));
        }
    }
}

TEST_CASE("A weight of 1 is no weight, a weight of 0 no point") {
    const auto points = clustered(200, 29);
    auto more = points;
    more.push_back({458'250, 303'250});
    std::vector<double> weights(points.size(), 1.0);
    weights.push_back(0);
    for (const Kernel kernel : all_kernels) {
        CHECK(density(points, std::vector<double>(points.size(), 1.0), city, kernel, 200).values ==
              density(points, city, kernel, 200).values);
        CHECK(density(more, weights, city, kernel, 200).values ==
              density(points, city, kernel, 200).values);
    }
}

TEST_CASE("Turning points and grid by a right angle turns the density") {
    const GridSpec grid{{458'000, 303'000}, 50, 30, 30};
    const auto points = clustered(500, 30);
    std::vector<BngPoint> turned;
    for (const auto& point : points) { // about the grid's middle, anticlockwise
        turned.push_back(
            {458'750 - (point.northing_m - 303'750), 303'750 + (point.easting_m - 458'750)});
    }
    for (const Kernel kernel : all_kernels) {
        const auto before = density(points, grid, kernel, 212.5).values;
        const auto after = density(turned, grid, kernel, 212.5).values;
        const double peak = *std::ranges::max_element(before);
        for (int row = 0; row < grid.rows; ++row) {
            for (int column = 0; column < grid.columns; ++column) {
                REQUIRE(after[grid.offset({grid.rows - 1 - row, column})] ==
                        Approx(before[grid.offset({column, row})]).margin(1e-12 * peak));
            }
        }
    }
}

TEST_CASE("None, one, two and collinear points give no NaN and nothing negative") {
    std::vector<BngPoint> line;
    for (int i = 0; i < 200; ++i) {
        line.push_back({458'000 + 5.0 * i, 303'500});
    }
    const std::vector<std::vector<BngPoint>> sets{
        {}, {line[0]}, {line[0], line[1]}, {line[0], line[0]}, line};
    for (const auto& points : sets) {
        for (const Kernel kernel : all_kernels) {
            check_exact(points, std::vector<double>(points.size(), 1.0), city, kernel, 150);
        }
    }
}

TEST_CASE("A weight that cannot be is refused by name") {
    const std::vector<BngPoint> points{{458'000, 303'000}, {458'100, 303'000}};
    const auto with = [&](std::vector<double> weights) {
        return density(points, weights, city, Kernel::quartic, 300);
    };
    CHECK_THROWS_WITH(with({1}), Catch::Contains("1 weights for 2 points"));
    CHECK_THROWS_WITH(with({1, -0.5}), Catch::Contains("weight 1 is -0.5"));
    CHECK_THROWS_WITH(with({std::numeric_limits<double>::quiet_NaN(), 1}),
                      Catch::Contains("weight 0"));
    CHECK_THROWS_AS(with({std::numeric_limits<double>::infinity(), 1}), std::invalid_argument);
}
