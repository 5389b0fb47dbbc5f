// The trend test against R's Kendall test, and what must hold for any series.
#include "geo/mann_kendall.hpp"
#include "geo/random.hpp"
#include "tests/catch.hpp"
#include "tests/geo/mann_kendall_figures.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

using namespace hotspots;
using geo::mann_kendall;

namespace {

std::vector<double> random_counts(std::uint64_t seed, std::size_t length) {
    geo::Random random(seed);
    std::vector<double> values;
    for (std::size_t i = 0; i < length; ++i) {
        values.push_back(static_cast<double>(random.below(12)));
    }
    return values;
}

} // namespace

TEST_CASE("Tau, z and p are those of R's cor.test", "[trend]") {
    for (const auto& figures : tests::figures::trends) {
        INFO(figures.name);
        const auto trend = mann_kendall(figures.values);
        CHECK(trend.tau == Approx(figures.tau).margin(1e-12));
        CHECK(trend.z == Approx(figures.z).margin(1e-12));
        CHECK(trend.p == Approx(figures.p).epsilon(1e-9));
    }
}

TEST_CASE("A constant series, one value and none have no trend", "[trend]") {
    for (const std::size_t length : {0U, 1U, 2U, 24U}) {
        const auto trend = mann_kendall(std::vector<double>(length, 3.5));
        CHECK(trend.s == 0);
        CHECK(trend.tau == 0);
        CHECK(trend.z == 0);
        CHECK(trend.p == 1);
    }
    CHECK(mann_kendall(std::vector<double>{1, 2}).s == 1);
}

TEST_CASE("A series read backwards has the opposite trend", "[trend]") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        auto values = random_counts(seed, 8 + seed);
        const auto forwards = mann_kendall(values);
        std::ranges::reverse(values);
        const auto backwards = mann_kendall(values);
        CHECK(backwards.s == -forwards.s);
        CHECK(backwards.tau == -forwards.tau);
        CHECK(backwards.z == -forwards.z);
        CHECK(backwards.p == forwards.p);
    }
}

TEST_CASE("Only the order of the values counts, not their size", "[trend]") {
    auto values = random_counts(3, 24);
    const auto before = mann_kendall(values);
    for (auto& value : values) {
        value = value * value * value * 1e100 - 7;
    }
    const auto after = mann_kendall(values);
    CHECK(after.s == before.s);
    CHECK(after.tau == before.tau);
    CHECK(after.p == before.p);
}

TEST_CASE("Without a trend few series have a small p", "[trend]") {
    int below = 0;
    constexpr int trials = 2000;
    for (std::uint64_t seed = 0; seed < trials; ++seed) {
        below += mann_kendall(random_counts(seed + 100, 24)).p < 0.1;
    }
    CHECK(below > trials * 7 / 100);
    CHECK(below < trials * 12 / 100);
}

TEST_CASE("A value that is no number is refused", "[trend]") {
    const std::vector<double> bad{1, std::numeric_limits<double>::quiet_NaN(), 2};
    CHECK_THROWS_AS(mann_kendall(bad), std::invalid_argument);
}
