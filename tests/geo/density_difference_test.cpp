// The test of a difference of densities: its statistic against sums over all pairs and against what
// labels drawn anew give, its error rate on maps without differences, and what it finds where there
// are some.
#include "geo/density_difference.hpp"
#include "geo/kernel_profile.hpp"
#include "geo/random.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <vector>

using namespace hotspots;
using namespace hotspots::geo;

namespace {

using Points = std::vector<BngPoint>;

const GridSpec grid{{450'000, 300'000}, 100, 40, 30};

BngPoint anywhere(Random& random) {
    const double east_m = 4000 * random.unit();
    return {450'000 + east_m, 300'000 + 3000 * random.unit()};
}

BngPoint around(const BngPoint& centre, double spread_m, Random& random) {
    const double angle = 2 * std::numbers::pi * random.unit();
    const double off_m = spread_m * std::sqrt(-2 * std::log(1 - random.unit()));
    return {centre.easting_m + off_m * std::cos(angle),
            centre.northing_m + off_m * std::sin(angle)};
}

// Half of them in a cluster, half anywhere.
Points town(std::uint64_t seed, std::size_t count, const BngPoint& centre = {452'000, 301'500}) {
    Random random(seed);
    Points points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back(i % 2 == 0 ? around(centre, 300, random) : anywhere(random));
    }
    return points;
}

DifferenceRule rule(int permutations = 99) {
    DifferenceRule result;
    result.bandwidth_m = 400;
    result.permutations = permutations;
    return result;
}

// z of a cell from all points, one by one.
double z_at(const BngPoint& centre, const Points& a, const Points& b, const DifferenceRule& how) {
    double of_a = 0;
    double all = 0;
    double squares = 0;
    for (const auto* points : {&a, &b}) {
        for (const auto& p : *points) {
            const double d =
                std::hypot(p.easting_m - centre.easting_m, p.northing_m - centre.northing_m);
            const double kernel = with_profile(how.kernel, [&](auto profile) {
                return decltype(profile)::at(d * d / (how.bandwidth_m * how.bandwidth_m));
            });
            of_a += points == &a ? kernel : 0;
            all += kernel;
            squares += kernel * kernel;
        }
    }
    const auto n = static_cast<double>(a.size() + b.size());
    const double share = how.share_a.value_or(static_cast<double>(a.size()) / n);
    double variance = share * (1 - share) * squares;
    if (!how.share_a) { // of a sum over a sample without replacement
        variance = share * (1 - share) * n / (n - 1) * (squares - all * all / n);
    }
    return all * all < how.least_effective * squares ? 0
                                                     : (of_a - share * all) / std::sqrt(variance);
}

} // namespace

TEST_CASE("z is that of sums over all pairs, for every kernel and both null hypotheses",
          "[difference]") {
    const auto a = town(1, 150);
    const auto b = town(2, 250);
    for (const auto kernel : {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                              Kernel::uniform, Kernel::gaussian}) {
        for (const auto share : {std::optional<double>(), std::optional(0.3)}) {
            auto how = rule(0);
            how.kernel = kernel;
            how.share_a = share;
            how.bandwidth_m = kernel == Kernel::gaussian ? 150 : 400;
            const auto found = density_difference(a, b, grid, how);
            double largest = 0;
            for (int row = 0; row < grid.rows; ++row) {
                for (int column = 0; column < grid.columns; ++column) {
                    const double z = z_at(grid.centre({column, row}), a, b, how);
                    largest = std::max(largest, std::abs(z));
                    CHECK(found.z.values[grid.offset({column, row})] == Approx(z).margin(1e-9));
                }
            }
            CHECK(found.largest_z == Approx(largest));
        }
    }
}

TEST_CASE("The variance of z is that of labels drawn anew: 1", "[difference]") {
    const auto all = town(3, 300);
    double sum = 0;
    double squares = 0;
    constexpr int draws = 400;
    for (int draw = 0; draw < draws; ++draw) {
        Random random(50, static_cast<std::uint64_t>(draw));
        Points a;
        Points b;
        for (const auto& p : all) {
            (random.unit() < 0.3 ? a : b).push_back(p);
        }
        auto how = rule(0);
        how.share_a = 0.3;
        const double z = density_difference(a, b, grid, how).z.values[grid.offset({20, 15})];
        sum += z;
        squares += z * z;
    }
    CHECK(sum / draws == Approx(0).margin(4 / std::sqrt(draws)));
    CHECK(squares / draws == Approx(1).margin(4 * std::sqrt(2.0 / draws)));
}

TEST_CASE("Of maps without differences about one in twenty shows one", "[difference]") {
    constexpr int trials = 300;
    int significant = 0;
    double p_sum = 0;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        const auto found =
            density_difference(town(100 + trial, 60), town(9000 + trial, 120), grid, rule());
        REQUIRE(found.critical_z);
        significant += found.largest_z > *found.critical_z;
        CHECK((found.largest_z > *found.critical_z) == (found.p <= 0.05));
        p_sum += found.p;
    }
    CHECK(significant < trials / 20 + 4 * std::sqrt(trials * 0.05));
    CHECK(significant > 0);
    CHECK(p_sum / trials == Approx(0.5).margin(4 * std::sqrt(1.0 / 12 / trials)));
}

TEST_CASE("A cluster that moved is denser where it is, and thinner where it was", "[difference]") {
    const BngPoint before{451'050, 301'050};
    const BngPoint after{453'050, 302'050};
    const auto found = density_difference(town(4, 300, after), town(5, 300, before), grid, rule());
    REQUIRE(found.critical_z);
    CHECK(found.z.values[grid.offset({30, 20})] > *found.critical_z);
    CHECK(found.z.values[grid.offset({10, 10})] < -*found.critical_z);
    CHECK(std::abs(found.z.values[grid.offset({3, 27})]) < *found.critical_z);
    CHECK(found.p == Approx(0.01));
}

TEST_CASE("More of the same everywhere differs in numbers, not in shares", "[difference]") {
    const auto a = town(6, 600);
    const auto b = town(7, 300);
    auto how = rule();
    const auto shares = density_difference(a, b, grid, how);
    CHECK(shares.largest_z <= shares.critical_z.value());
    how.share_a = 0.5;
    const auto numbers = density_difference(a, b, grid, how);
    CHECK(numbers.largest_z > numbers.critical_z.value());
    how.share_a = 2.0 / 3; // A's period is twice as long
    const auto rates = density_difference(a, b, grid, how);
    CHECK(rates.largest_z <= rates.critical_z.value());
}

TEST_CASE("Swapping the selections turns the sign, and the order of points changes nothing",
          "[difference]") {
    auto a = town(8, 200);
    const auto b = town(9, 100);
    const auto found = density_difference(a, b, grid, rule());
    const auto swapped = density_difference(b, a, grid, rule());
    for (std::size_t i = 0; i < found.z.values.size(); ++i) {
        CHECK(swapped.z.values[i] == Approx(-found.z.values[i]).margin(1e-9));
    }
    std::ranges::reverse(a);
    const auto reversed = density_difference(a, b, grid, rule());
    CHECK(reversed.z.values == found.z.values);
    CHECK(reversed.critical_z == found.critical_z);
    auto threads = rule();
    threads.threads = 3;
    CHECK(density_difference(a, b, grid, threads).critical_z == found.critical_z);
    auto other = rule();
    other.seed = 77;
    CHECK(density_difference(a, b, grid, other).critical_z != found.critical_z);
}

TEST_CASE("Moving everything by whole cells moves the map alone", "[difference]") {
    auto a = town(10, 200);
    auto b = town(11, 200);
    // Whole binary steps: the coordinates stay exact.
    for (auto* points : {&a, &b}) {
        for (auto& p : *points) {
            p = {std::floor(p.easting_m), std::floor(p.northing_m)};
        }
    }
    const auto before = density_difference(a, b, grid, rule());
    auto moved = grid;
    moved.south_west = {grid.south_west.easting_m + 700, grid.south_west.northing_m - 1300};
    for (auto* points : {&a, &b}) {
        for (auto& p : *points) {
            p = {p.easting_m + 700, p.northing_m - 1300};
        }
    }
    const auto after = density_difference(a, b, moved, rule());
    CHECK(after.z.values == before.z.values);
    CHECK(after.critical_z == before.critical_z);
}

TEST_CASE("Few, none, equal and collinear points give zeros, not NaN", "[difference]") {
    const Points none;
    const Points one{{452'000, 301'000}};
    const Points stack(50, BngPoint{452'050, 301'050});
    Points line;
    for (int i = 0; i < 20; ++i) {
        line.push_back({450'500.0 + 100 * i, 301'000});
    }
    const std::vector<const Points*> all{&none, &one, &stack, &line};
    for (const auto* a : all) {
        for (const auto* b : all) {
            for (const auto share : {std::optional<double>(), std::optional(0.5)}) {
                auto how = rule(19);
                how.share_a = share;
                const auto found = density_difference(*a, *b, grid, how);
                CHECK(
                    std::ranges::all_of(found.z.values, [](double z) { return std::isfinite(z); }));
                CHECK((found.p > 0 && found.p <= 1));
                CHECK(found.critical_z.has_value() == (found.tested_cells > 0));
            }
        }
    }
    // All events A's: nothing to compare with.
    CHECK(density_difference(stack, none, grid, rule()).tested_cells == 0);
}

TEST_CASE("Too few permutations for the error rate make nothing significant", "[difference]") {
    const auto found = density_difference(town(12, 100), town(13, 100), grid, rule(10));
    CHECK(found.tested_cells > 0);
    CHECK_FALSE(found.critical_z);
    CHECK_FALSE(density_difference(town(12, 100), town(13, 100), grid, rule(0)).critical_z);
}

TEST_CASE("What makes no sense in a comparison is refused", "[difference]") {
    const auto refused = [](auto change) {
        auto how = rule(1);
        Points a{{452'000, 301'000}};
        change(how, a);
        CHECK_THROWS_AS(density_difference(a, a, grid, how), std::invalid_argument);
    };
    refused([](auto& how, auto&) { how.bandwidth_m = 0; });
    refused([](auto& how, auto&) { how.share_a = 1; });
    refused([](auto& how, auto&) { how.error_rate = 0; });
    refused([](auto& how, auto&) { how.least_effective = 0.5; });
    refused([](auto& how, auto&) { how.permutations = -1; });
    refused([](auto&, auto& a) { a[0].easting_m = std::numeric_limits<double>::quiet_NaN(); });
}

TEST_CASE("Progress of a comparison is told, and what it throws ends it", "[difference]") {
    auto how = rule(50);
    int last = 0;
    how.progress = [&](int done) { last = std::max(last, done); };
    density_difference(town(14, 100), town(15, 100), grid, how);
    CHECK(last == 50);
    how.progress = [](int) { throw std::runtime_error("enough"); };
    CHECK_THROWS_WITH(density_difference(town(14, 100), town(15, 100), grid, how), "enough");
}
