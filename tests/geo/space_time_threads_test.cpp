// Permutations shared out over threads, for ThreadSanitizer: the same figures, and a way out that
// is safe.
#include "geo/density_difference.hpp"
#include "geo/near_repeat.hpp"
#include "geo/random.hpp"
#include "tests/catch.hpp"

#include <stdexcept>
#include <vector>

using namespace hotspots::geo;

namespace {

std::vector<BngPoint> scattered(std::uint64_t seed, std::size_t count) {
    Random random(seed);
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double east_m = 2000 * random.unit();
        points.push_back({450'000 + east_m, 300'000 + 2000 * random.unit()});
    }
    return points;
}

} // namespace

TEST_CASE("Near repeats come out alike on one thread and on four", "[concurrency]") {
    const auto points = scattered(1, 400);
    std::vector<std::int32_t> day;
    for (std::size_t i = 0; i < points.size(); ++i) {
        day.push_back(static_cast<std::int32_t>(i * 7 % 365));
    }
    NearRepeatRun run;
    run.permutations = 299;
    run.threads = 1;
    const auto one = near_repeat(points, day, {{100, 200}, {7, 14}}, run);
    run.threads = 4;
    int told = 0;
    run.progress = [&](int done) { told = done; };
    const auto four = near_repeat(points, day, {{100, 200}, {7, 14}}, run);
    CHECK(told == 299);
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
        CHECK(four.cells[i].p == one.cells[i].p);
        CHECK(four.cells[i].permutation_mean == one.cells[i].permutation_mean);
    }
    run.progress = [](int) { throw std::runtime_error("enough"); };
    CHECK_THROWS_WITH(near_repeat(points, day, {{100, 200}, {7, 14}}, run), "enough");
}

TEST_CASE("A difference of densities comes out alike on one thread and on four", "[concurrency]") {
    const auto a = scattered(2, 150);
    const auto b = scattered(3, 150);
    const GridSpec grid{{450'000, 300'000}, 100, 20, 20};
    DifferenceRule rule;
    rule.permutations = 99;
    rule.threads = 1;
    const auto one = density_difference(a, b, grid, rule);
    rule.threads = 4;
    int told = 0;
    rule.progress = [&](int done) { told = done; };
    const auto four = density_difference(a, b, grid, rule);
    CHECK(told == 99);
    CHECK(four.critical_z == one.critical_z);
    CHECK(four.z.values == one.z.values);
    CHECK(four.p == one.p);
}
