// Times geo::density against a floor of its own making, in one run, at the same points: clustered,
// unsorted, 430000-500000 x 275000-335000, cells of 100 m, quartic, h = 500 m. Quote ratios of
// lines of one run. `from_floor` is the largest difference from the floor over the peak.
#include "geo/density.hpp"
#include "tests/bench/density_floor.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <vector>

namespace {

using namespace hotspots;

constexpr double bandwidth_m = 500;
const geo::GridSpec grid{{430'000, 275'000}, 100, 700, 600};

// 200 clusters of 200 m to 2 km, and one point in ten anywhere.
std::vector<geo::BngPoint> clustered(std::size_t count) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> easting(430'000, 500'000);
    std::uniform_real_distribution<double> northing(275'000, 335'000);
    std::uniform_real_distribution<double> share(0, 1);
    std::normal_distribution<double> off;
    struct Cluster {
        geo::BngPoint middle;
        double sigma_m;
    };
    std::vector<Cluster> clusters(200);
    for (auto& cluster : clusters) {
        const double wide = share(random);
        cluster = {{easting(random), northing(random)}, 200 + 1800 * wide * wide};
    }
    std::vector<geo::BngPoint> points;
    points.reserve(count);
    while (points.size() < count) {
        const auto& from = clusters[random() % clusters.size()];
        geo::BngPoint point{from.middle.easting_m + from.sigma_m * off(random),
                            from.middle.northing_m + from.sigma_m * off(random)};
        if (share(random) < 0.1) {
            point = {easting(random), northing(random)};
        }
        if (point.easting_m >= 430'000 && point.easting_m < 500'000 &&
            point.northing_m >= 275'000 && point.northing_m < 335'000) {
            points.push_back(point);
        }
    }
    return points;
}

const std::vector<geo::BngPoint>& points_of(benchmark::State& state) {
    static std::map<std::int64_t, std::vector<geo::BngPoint>> made;
    auto& points = made[state.range(0)];
    if (points.empty()) {
        points = clustered(static_cast<std::size_t>(state.range(0)));
    }
    return points;
}

void ours(benchmark::State& state) {
    const auto& points = points_of(state);
    const int threads = static_cast<int>(state.range(1));
    geo::Raster raster;
    for (auto _ : state) {
        raster = geo::density(points, grid, geo::Kernel::quartic, bandwidth_m, {threads, 0});
        benchmark::DoNotOptimize(raster.values.data());
    }
    const auto floor = bench::sorted_floor(points, grid, bandwidth_m, 1);
    double difference = 0;
    for (std::size_t i = 0; i < floor.values.size(); ++i) {
        difference = std::max(difference, std::abs(floor.values[i] - raster.values[i]));
    }
    state.counters["from_floor"] = difference / *std::ranges::max_element(raster.values);
}

void floor_sorted(benchmark::State& state) {
    const auto& points = points_of(state);
    for (auto _ : state) {
        const auto raster =
            bench::sorted_floor(points, grid, bandwidth_m, static_cast<int>(state.range(1)));
        benchmark::DoNotOptimize(raster.values.data());
    }
}

void floor_plain(benchmark::State& state) {
    const auto& points = points_of(state);
    for (auto _ : state) {
        const auto raster = bench::plain_floor(points, grid, bandwidth_m);
        benchmark::DoNotOptimize(raster.values.data());
    }
}

const std::vector<std::int64_t> counts{10'000, 100'000, 1'000'000, 10'000'000};

BENCHMARK(floor_plain)->Args({10'000, 1})->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(floor_sorted)
    ->ArgsProduct({counts, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(ours)->ArgsProduct({counts, {1, 2}})->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
