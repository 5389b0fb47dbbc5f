// The oracle is density(), which is tested against the sum over all pairs.
#include "geo/density_resampled.hpp"
#include "geo/random.hpp"
#include "tests/catch.hpp"
#include "tests/geo/city.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

std::vector<std::uint32_t> some_weights(std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::uint32_t> weights(count);
    std::ranges::generate(weights, [&] { return random.below(4); });
    return weights;
}

// The largest difference over the peak; 1 where one is zero and the other is not.
double difference(const Raster& a, const Raster& b) {
    REQUIRE(a.grid == b.grid);
    double most = 0;
    const double peak = *std::ranges::max_element(b.values);
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        most = (a.values[i] == 0) != (b.values[i] == 0)
                   ? 1
                   : std::max(most, std::abs(a.values[i] - b.values[i]) / (peak > 0 ? peak : 1));
    }
    return most;
}

} // namespace

TEST_CASE("Every set of weights gives the density of points that count so often") {
    auto points = clustered(71, 1500);
    for (std::size_t i = 0; i < 300; ++i) {
        points[i] = points[i % 7]; // stacks, as snapped points have them
    }
    points.insert(points.end(), 100, {-120, 5000});     // beyond the grid, within reach
    points.insert(points.end(), 10, {-90'000, 90'000}); // and out of it
    for (const auto kernel : {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                              Kernel::uniform, Kernel::gaussian}) {
        const ResampledDensity resampled(points, city, kernel, 330);
        ResampledDensity::Room room(resampled);
        for (const std::uint64_t seed : {1U, 2U, 3U}) {
            const auto weights = some_weights(points.size(), seed);
            const std::vector<double> numbers(weights.begin(), weights.end());
            const auto& raster = resampled.compute(weights, room);
            CHECK(difference(raster, density(points, numbers, city, kernel, 330)) <= 1e-12);
        }
    }
}

TEST_CASE("Nothing of an earlier set of weights is left in the room") {
    const auto points = clustered(72, 800);
    const ResampledDensity resampled(points, city, Kernel::quartic, 300);
    ResampledDensity::Room used(resampled);
    ResampledDensity::Room fresh(resampled);
    resampled.compute(some_weights(points.size(), 1), used);
    const auto weights = some_weights(points.size(), 2);
    CHECK(resampled.compute(weights, used).values == resampled.compute(weights, fresh).values);
    const std::vector<std::uint32_t> none(points.size());
    CHECK(std::ranges::all_of(resampled.compute(none, used).values,
                              [](double value) { return value == 0; }));
}

TEST_CASE("Grids narrower than a kernel, and of one cell, are right as well") {
    const auto points = clustered(73, 400);
    const auto weights = some_weights(points.size(), 4);
    const std::vector<double> numbers(weights.begin(), weights.end());
    for (const GridSpec& grid :
         {GridSpec{{2000, 3000}, 50, 5, 90}, GridSpec{{2000, 3000}, 50, 90, 3},
          GridSpec{{4000, 4000}, 100, 1, 1}}) {
        const ResampledDensity resampled(points, grid, Kernel::quartic, 700);
        ResampledDensity::Room room(resampled);
        for (int time = 0; time < 2; ++time) {
            CHECK(difference(resampled.compute(weights, room),
                             density(points, numbers, grid, Kernel::quartic, 700)) <= 1e-12);
        }
    }
}

TEST_CASE("Points in one place are one place") {
    const std::vector<BngPoint> points(500, BngPoint{5000, 5000});
    const ResampledDensity resampled(points, city, Kernel::quartic, 300);
    CHECK(resampled.places() == 1);
    CHECK(ResampledDensity({}, city, Kernel::quartic, 300).places() == 0);
}

TEST_CASE("What has no density is refused by name") {
    const std::vector<BngPoint> points{{1, std::numeric_limits<double>::quiet_NaN()}};
    CHECK_THROWS_WITH(ResampledDensity(points, city, Kernel::quartic, 300),
                      Catch::Contains("point 0 is not finite"));
    CHECK_THROWS_AS(ResampledDensity({}, city, Kernel::quartic, 0), std::invalid_argument);
    CHECK_THROWS_AS(ResampledDensity({}, GridSpec{{0, 0}, 50, 0, 3}, Kernel::quartic, 300),
                    std::invalid_argument);
}
