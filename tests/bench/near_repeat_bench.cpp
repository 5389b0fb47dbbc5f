// Times geo::near_repeat with 999 permutations on clustered events of two years, 200 m and 400 m by
// 7, 14 and 28 days. What it costs depends on how many pairs are close: `close_pairs` says how
// many.
#include "geo/near_repeat.hpp"
#include "geo/random.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <utility>

namespace {

using namespace hotspots;

struct Events {
    std::vector<geo::BngPoint> points;
    std::vector<std::int32_t> day;
};

// Nine in ten around so many centres, about a kilometre wide, the others anywhere in LLR's extent.
Events clustered(std::size_t count, std::uint32_t clusters) {
    geo::Random random(7);
    const auto anywhere = [&] {
        return geo::BngPoint{430'000 + 70'000 * random.unit(), 275'000 + 60'000 * random.unit()};
    };
    std::vector<geo::BngPoint> centres;
    for (std::uint32_t i = 0; i < clusters; ++i) {
        centres.push_back(anywhere());
    }
    Events events;
    for (std::size_t i = 0; i < count; ++i) {
        auto at = anywhere();
        if (random.below(10) > 0) {
            at = centres[random.below(clusters)];
            const double angle = 2 * std::numbers::pi * random.unit();
            const double off_m = 600 * std::sqrt(-2 * std::log(1 - random.unit()));
            at.easting_m += off_m * std::cos(angle);
            at.northing_m += off_m * std::sin(angle);
        }
        events.points.push_back(at);
        events.day.push_back(static_cast<std::int32_t>(random.below(730)));
    }
    return events;
}

void knox(benchmark::State& state) {
    static std::map<std::pair<std::int64_t, std::int64_t>, Events> made;
    auto& events = made[{state.range(0), state.range(1)}];
    if (events.points.empty()) {
        events = clustered(static_cast<std::size_t>(state.range(0)),
                           static_cast<std::uint32_t>(state.range(1)));
    }
    geo::NearRepeatRun run;
    run.threads = static_cast<int>(state.range(2));
    geo::NearRepeat result;
    for (auto _ : state) {
        result = geo::near_repeat(events.points, events.day, {{0, 200, 400}, {7, 14, 28}}, run);
        benchmark::DoNotOptimize(result.cells.data());
    }
    state.counters["close_pairs"] = static_cast<double>(
        std::accumulate(result.within_band.begin(), result.within_band.end(), std::int64_t{0}));
}

BENCHMARK(knox)
    ->ArgNames({"events", "clusters", "threads"})
    ->ArgsProduct({{10'000}, {200, 20, 4}, {1, 2}})
    ->Args({100'000, 200, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
