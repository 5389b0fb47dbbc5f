#include "geo/random.hpp"
#include "geo/resampling.hpp"
#include "geo/stability.hpp"
#include "tests/catch.hpp"
#include "tests/geo/city.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

constexpr auto bandwidth = static_cast<std::size_t>(RunKind::bandwidth);
constexpr auto shift = static_cast<std::size_t>(RunKind::shift);
constexpr auto jitter = static_cast<std::size_t>(RunKind::jitter);
constexpr auto bootstrap = static_cast<std::size_t>(RunKind::bootstrap);

struct Case {
    std::vector<BngPoint> points;
    float uncertainty_m = 10;
    HotspotRule rule = {};
};

std::vector<HotspotSurvival> survival_of(const Case& of, const StabilityRuns& runs) {
    const auto set = find(of.points, of.rule);
    const std::vector<float> uncertainty(of.points.size(), of.uncertainty_m);
    return hotspot_survival({of.points, uncertainty, octagon, city, of.rule, set.hotspots}, runs);
}

StabilityRuns few_runs() {
    StabilityRuns runs;
    runs.jitter = 40;
    runs.bootstrap = 40;
    runs.threads = 1;
    return runs;
}

std::vector<BngPoint> uniform(unsigned seed, std::size_t count) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 10'000);
    std::vector<BngPoint> points(count);
    for (auto& point : points) {
        point = {anywhere(random), anywhere(random)};
    }
    return points;
}

} // namespace

TEST_CASE("A tight cluster far from everything survives every run") {
    std::mt19937 random(5);
    std::normal_distribution<double> spread(0, 20);
    Case of{uniform(81, 100), 1};
    for (int i = 0; i < 200; ++i) {
        of.points.push_back({5000 + spread(random), 5000 + spread(random)});
    }
    const auto survival = survival_of(of, few_runs());
    REQUIRE_FALSE(survival.empty());
    CHECK(survival[0].overall() == Survival{85, 85});
}

TEST_CASE("Hotspots of points that lie anywhere seldom survive the drawing of another sample") {
    Survival all;
    for (const unsigned seed : {82U, 83U, 84U}) {
        for (const auto& survival : survival_of({uniform(seed, 3000), 10}, few_runs())) {
            all.survived += survival.of_kind[bootstrap].survived;
            all.runs += survival.of_kind[bootstrap].runs;
        }
    }
    REQUIRE(all.runs > 0);
    CHECK(all.share() < 0.3);
}

TEST_CASE("Points known exactly are never moved, so every hotspot survives that") {
    const auto survival = survival_of({clustered(85, 1500), 0}, few_runs());
    REQUIRE(survival.size() > 1);
    for (const auto& one : survival) {
        CHECK(one.of_kind[jitter] == Survival{40, 40});
        CHECK(one.of_kind[bandwidth].runs == 2);
        CHECK(one.of_kind[shift].runs == 3);
        CHECK(one.of_kind[bootstrap].runs == 40);
        CHECK(one.overall().runs == 85);
    }
}

TEST_CASE("The less certain its points are, the less a hotspot survives") {
    const auto points = clustered(86, 600);
    double previous = 2;
    for (const float uncertainty_m : {0.F, 300.F, 3000.F}) {
        const auto survival = survival_of({points, uncertainty_m}, few_runs());
        double sum = 0;
        for (const auto& one : survival) {
            sum += one.of_kind[jitter].share() / static_cast<double>(survival.size());
        }
        CHECK(sum < previous);
        previous = sum;
    }
    CHECK(previous < 0.1);
}

TEST_CASE("A run's hotspots of too few events save nothing") {
    // Five events in one place are a hotspot; a bootstrap draws five of them or more in little over
    // half of all samples: 1 - P(Poisson(5) <= 4) = 0.56 for large samples.
    Case of;
    of.points = uniform(87, 400);
    std::erase_if(of.points, [](const BngPoint& p) {
        return std::hypot(p.easting_m - 5000, p.northing_m - 5000) < 900;
    });
    of.points.insert(of.points.end(), 5, {5000, 5000});
    of.rule.top_percent = 5; // the floor sets the level
    auto runs = few_runs();
    runs.jitter = 0;
    runs.bootstrap = 999;
    const auto set = find(of.points, of.rule);
    REQUIRE(set.floor_reached);
    const auto survival = survival_of(of, runs);
    const auto found = std::ranges::find_if(set.hotspots, [](const Hotspot& hotspot) {
        return std::hypot(hotspot.peak_at.easting_m - 5000, hotspot.peak_at.northing_m - 5000) < 60;
    });
    REQUIRE(found != set.hotspots.end());
    const auto& own = survival[static_cast<std::size_t>(found - set.hotspots.begin())];
    CHECK(own.of_kind[bootstrap].share() == Approx(0.56).margin(0.05));
}

TEST_CASE("No points, one, two and points in a line give no NaN and no fault") {
    std::vector<BngPoint> line;
    for (int i = 0; i < 60; ++i) {
        line.push_back({4000 + 10.0 * i, 5000});
    }
    const std::vector<std::vector<BngPoint>> cases{
        {}, {{5000, 5000}}, {{5000, 5000}, {5000, 5000}}, line};
    for (const auto& points : cases) {
        Case of{points, 30};
        of.rule.minimum_events = 1;
        of.rule.floor_peaks = 0.5;
        const auto set = find(points, of.rule);
        const auto survival = survival_of(of, few_runs());
        CHECK(survival.size() == set.hotspots.size());
        CHECK(survival.empty() == points.empty());
        for (const auto& one : survival) {
            const double share = one.overall().share();
            CHECK((share >= 0 && share <= 1));
        }
    }
    CHECK(HotspotSurvival{}.overall().share() == 0);
}

TEST_CASE("Progress counts every run once, and what it throws ends the work") {
    struct Cancelled {};
    const Case of{clustered(88, 500), 20};
    auto runs = few_runs();
    int calls = 0;
    runs.progress = [&](int done, int all) {
        CHECK(done == ++calls);
        CHECK(all == 85);
    };
    survival_of(of, runs);
    CHECK(calls == 85);
    calls = 0;
    runs.progress = [&](int, int) {
        if (++calls == 4) {
            throw Cancelled();
        }
    };
    CHECK_THROWS_AS(survival_of(of, runs), Cancelled);
    CHECK(calls == 4);
}

TEST_CASE("Other seeds are other runs, the same seed the same") {
    const Case of{clustered(89, 700), 150};
    auto runs = few_runs();
    const auto first = survival_of(of, runs);
    CHECK(survival_of(of, runs) == first);
    runs.seed = 2;
    CHECK_FALSE(survival_of(of, runs) == first);
}

TEST_CASE("A moved point is within its uncertainty 68 times of 100, as a Gaussian is") {
    Random random(9);
    constexpr int draws = 100'000;
    constexpr double uncertainty_m = 100;
    const double sigma_m = uncertainty_m / std::sqrt(-2 * std::log(0.32));
    int within = 0;
    int beyond_two_sigma = 0;
    BngPoint sum;
    double squares = 0;
    for (int i = 0; i < draws; ++i) {
        const auto moved = jittered({0, 0}, uncertainty_m, random);
        within += std::hypot(moved.easting_m, moved.northing_m) <= uncertainty_m;
        beyond_two_sigma += std::abs(moved.easting_m) > 2 * sigma_m;
        sum = {sum.easting_m + moved.easting_m, sum.northing_m + moved.northing_m};
        squares += moved.easting_m * moved.easting_m + moved.northing_m * moved.northing_m;
    }
    CHECK(static_cast<double>(within) / draws == Approx(0.68).margin(0.005));
    CHECK(static_cast<double>(beyond_two_sigma) / draws == Approx(0.0455).margin(0.003));
    CHECK(std::abs(sum.easting_m / draws) < 1);
    CHECK(std::abs(sum.northing_m / draws) < 1);
    CHECK(squares / draws == Approx(2 * sigma_m * sigma_m).epsilon(0.02));
    CHECK(jittered({3, 4}, 0, random) == BngPoint{3, 4});
}

TEST_CASE("A bootstrap sample is as large as the data and leaves 37 in 100 out") {
    Random random(10);
    std::vector<std::uint32_t> weights(20'000, 7);
    draw_bootstrap(weights, random);
    std::uint64_t sum = 0;
    for (const auto weight : weights) {
        sum += weight;
    }
    CHECK(sum == weights.size());
    const auto left_out = std::ranges::count(weights, 0U);
    CHECK(static_cast<double>(left_out) / 20'000 ==
          Approx(1 / std::numbers::e).margin(0.01)); // (1 - 1/n)^n
    draw_bootstrap({}, random);
}

TEST_CASE("Another way to make the density is used in every run") {
    const auto points = clustered(93, 700);
    const std::vector<float> uncertainty(points.size(), 150);
    const HotspotRule how;
    const auto set = find(points, how);
    StabilityInput input{points, uncertainty, octagon, city, how, set.hotspots};
    const auto usual = hotspot_survival(input, few_runs());
    int made = 0;
    input.density = [&](std::span<const BngPoint> some, const GridSpec& grid, double bandwidth_m) {
        ++made;
        CHECK(some.size() == points.size());
        return density(some, grid, how.kernel, bandwidth_m);
    };
    CHECK(hotspot_survival(input, few_runs()) == usual); // the same density
    CHECK(made == 85);
    input.density = [](std::span<const BngPoint>, const GridSpec& grid, double) {
        return Raster{grid, std::vector<double>(grid.size())};
    };
    for (const auto& one : hotspot_survival(input, few_runs())) {
        CHECK(one.overall().survived == 0);
    }
}

TEST_CASE("Uncertainties and runs that cannot be are refused") {
    const auto points = clustered(90, 300);
    const auto set = find(points, HotspotRule{});
    std::vector<float> uncertainty(points.size() - 1, 10);
    CHECK_THROWS_WITH(
        hotspot_survival({points, uncertainty, octagon, city, {}, set.hotspots}, few_runs()),
        Catch::Contains("299 uncertainties for 300 points"));
    uncertainty.push_back(std::numeric_limits<float>::quiet_NaN());
    CHECK_THROWS_AS(
        hotspot_survival({points, uncertainty, octagon, city, {}, set.hotspots}, few_runs()),
        std::invalid_argument);
    uncertainty.back() = 10;
    auto runs = few_runs();
    runs.jitter = -1;
    CHECK_THROWS_AS(hotspot_survival({points, uncertainty, octagon, city, {}, set.hotspots}, runs),
                    std::invalid_argument);
}
