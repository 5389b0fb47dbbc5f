// Times what stability is made of: 999 bootstrap densities of 10,000 points over 430000-500000 x
// 275000-335000 (wanted: at most 2 s on two threads), by geo::ResampledDensity and, for comparison,
// by geo::density; and all runs of a stability test. Arguments: bandwidth, cells' side (m), metres
// that points are snapped to (0: not at all), threads.
#include "geo/density_resampled.hpp"
#include "geo/parallel.hpp"
#include "geo/random.hpp"
#include "geo/resampling.hpp"
#include "geo/stability.hpp"

#include <benchmark/benchmark.h>

#include <atomic>
#include <cmath>
#include <vector>

namespace {

using namespace hotspots;
using geo::BngPoint;

constexpr int runs = 999;
constexpr std::size_t count = 10'000;
constexpr BngPoint south_west{430'000, 275'000};
constexpr double width_m = 70'000;
constexpr double height_m = 60'000;

geo::GridSpec grid_of(double cell_m) {
    return {south_west, cell_m, static_cast<int>(width_m / cell_m),
            static_cast<int>(height_m / cell_m)};
}

// 200 clusters of 200 m to 2 km, and one point in ten anywhere.
std::vector<BngPoint> clustered(double snap_m) {
    geo::Random random(7);
    const auto anywhere = [&] {
        return BngPoint{south_west.easting_m + width_m * random.unit(),
                        south_west.northing_m + height_m * random.unit()};
    };
    struct Cluster {
        BngPoint middle;
        double radius_m;
    };
    std::vector<Cluster> clusters(200);
    for (auto& cluster : clusters) {
        const double wide = random.unit();
        cluster = {anywhere(), 200 + 1800 * wide * wide};
    }
    const auto snapped = [&](double value) {
        return snap_m > 0 ? std::round(value / snap_m) * snap_m : value;
    };
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& cluster = clusters[random.below(200)];
        const auto point = i % 10 == 0
                               ? anywhere()
                               : geo::jittered(cluster.middle, 1.5 * cluster.radius_m, random);
        points.push_back({snapped(point.easting_m), snapped(point.northing_m)});
    }
    return points;
}

template <class Work> // work(random, weights) in each thread, which `begin` makes
void each_sample(int threads, const Work& begin) {
    std::atomic<int> next = 0;
    geo::for_each_job(threads, threads, [&](int) {
        auto work = begin();
        std::vector<std::uint32_t> weights(count);
        for (int run = next++; run < runs; run = next++) {
            geo::Random random(1, static_cast<std::uint64_t>(run));
            geo::draw_bootstrap(weights, random);
            work(weights);
        }
    });
}

void resampled(benchmark::State& state) {
    const auto points = clustered(static_cast<double>(state.range(2)));
    const auto grid = grid_of(static_cast<double>(state.range(1)));
    const auto bandwidth_m = static_cast<double>(state.range(0));
    for (auto _ : state) {
        const geo::ResampledDensity density(points, grid, geo::Kernel::quartic, bandwidth_m);
        state.counters["places"] = static_cast<double>(density.places());
        each_sample(static_cast<int>(state.range(3)), [&] {
            return [&, room = geo::ResampledDensity::Room(density)](const auto& weights) mutable {
                benchmark::DoNotOptimize(density.compute(weights, room).values.data());
            };
        });
    }
}

void each_anew(benchmark::State& state) {
    const auto points = clustered(static_cast<double>(state.range(2)));
    const auto grid = grid_of(static_cast<double>(state.range(1)));
    const auto bandwidth_m = static_cast<double>(state.range(0));
    for (auto _ : state) {
        each_sample(static_cast<int>(state.range(3)), [&] {
            return [&](const std::vector<std::uint32_t>& weights) {
                const std::vector<double> numbers(weights.begin(), weights.end());
                const auto raster =
                    geo::density(points, numbers, grid, geo::Kernel::quartic, bandwidth_m, {1, 0});
                benchmark::DoNotOptimize(raster.values.data());
            };
        });
    }
}

void stability(benchmark::State& state) {
    const auto points = clustered(static_cast<double>(state.range(2)));
    const auto grid = grid_of(static_cast<double>(state.range(1)));
    geo::HotspotRule rule;
    rule.bandwidth_m = static_cast<double>(state.range(0));
    const double east = south_west.easting_m + width_m;
    const double north = south_west.northing_m + height_m;
    const geo::MultiPolygon<BngPoint> area{{{south_west,
                                             {east, south_west.northing_m},
                                             {east, north},
                                             {south_west.easting_m, north},
                                             south_west},
                                            {}}};
    const auto found = geo::find_hotspots(
        points, geo::density(points, grid, rule.kernel, rule.bandwidth_m), area, rule);
    const std::vector<float> uncertainty(points.size(), 50);
    geo::StabilityRuns how;
    how.threads = static_cast<int>(state.range(3));
    for (auto _ : state) {
        auto survival =
            geo::hotspot_survival({points, uncertainty, area, grid, rule, found.hotspots}, how);
        benchmark::DoNotOptimize(survival.data());
    }
    state.counters["hotspots"] = static_cast<double>(found.hotspots.size());
}

const std::vector<std::vector<std::int64_t>> shapes{
    {300, 50, 0}, {300, 50, 100}, {500, 100, 0}, {500, 100, 100}};

void for_all(benchmark::internal::Benchmark* benchmark) {
    for (const auto& shape : shapes) {
        for (const std::int64_t threads : {1, 2}) {
            benchmark->Args({shape[0], shape[1], shape[2], threads});
        }
    }
    benchmark->UseRealTime()->Unit(benchmark::kMillisecond);
}

BENCHMARK(resampled)->Apply(for_all);
BENCHMARK(each_anew)->Apply(for_all);
BENCHMARK(stability)->Apply(for_all);

} // namespace

BENCHMARK_MAIN();
