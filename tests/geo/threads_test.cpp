// PROJ and GEOS contexts belong to a thread: many threads at once get what one gets. A density on
// many threads is that on one.
#include "geo/bandwidths.hpp"
#include "geo/crs.hpp"
#include "geo/density.hpp"
#include "geo/density_estimate.hpp"
#include "geo/geos.hpp"
#include "geo/parallel.hpp"
#include "geo/stop.hpp"
#include "tests/catch.hpp"
#include "tests/geo/ascii_map.hpp"

#include <atomic>
#include <stop_token>
#include <thread>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

template <class Result, class Work>
std::vector<Result> in_threads(Work work) {
    std::vector<Result> results(8);
    std::vector<std::thread> threads;
    for (auto& result : results) {
        threads.emplace_back([&result, work] { result = work(); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    return results;
}

} // namespace

TEST_CASE("Threads get the same coordinates") {
    const auto work = [] {
        std::vector<BngPoint> points;
        for (int i = 0; i < 200; ++i) {
            points.push_back(to_bng(LonLat{-1.1 - i * 0.001, 52.6 + i * 0.001}).value());
        }
        return points;
    };
    const auto results = in_threads<std::vector<BngPoint>>(work);
    for (const auto& result : results) {
        CHECK(result == work());
    }
}

TEST_CASE("Threads get the same geometry, and their errors stay their own") {
    const auto work = [] {
        MultiPolygon<BngPoint> region{rectangle(0, 0, 1000, 1000)};
        for (int i = 0; i < 100; ++i) {
            region = intersection(region, {rectangle(i, i, 1000, 1000)});
            try {
                region = unite<BngPoint>(just({{{{0, 0}, {1, 1}}, {}}}));
            } catch (const GeometryError&) {
                continue;
            }
        }
        return region;
    };
    const auto results = in_threads<MultiPolygon<BngPoint>>(work);
    for (const auto& result : results) {
        CHECK(result == work());
        CHECK(area_km2(result) == Approx(0.901 * 0.901));
    }
}

TEST_CASE("Threads share the work of a density and change nothing of it") {
    std::vector<BngPoint> points;
    for (int i = 0; i < 5'000; ++i) { // a lattice that no two threads' bands share evenly
        points.push_back({458'000.0 + (i * 7'919) % 2'000, 303'000.0 + (i * 104'729) % 1'500});
    }
    const auto grid = grid_covering({{457'900, 302'900}, {460'100, 304'600}}, 40, 0);
    for (const Kernel kernel : {Kernel::quartic, Kernel::gaussian}) {
        const auto one = density(points, grid, kernel, 150, {1, 0}).values;
        CHECK(density(points, grid, kernel, 150, {2, 0}).values == one);
        CHECK(density(points, grid, kernel, 150, {8, 0}).values == one);
    }
}

TEST_CASE("Threads share the work of corrections, local bandwidths and suggestions") {
    std::vector<BngPoint> points;
    for (int i = 0; i < 3'000; ++i) {
        points.push_back({458'000.0 + (i * 7'919) % 2'000, 303'000.0 + (i * 104'729) % 1'500});
    }
    const MultiPolygon<BngPoint> area{rectangle(458'000, 303'000, 460'000, 304'500)};
    const auto grid = grid_covering(bounds(area), 40, 0);
    for (const auto edge : {EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        const DensityRule rule{Kernel::quartic, 150, edge, true};
        const auto one = estimate_density(points, {}, area, grid, rule, {1, 0}).values;
        CHECK(estimate_density(points, {}, area, grid, rule, {4, 0}).values == one);
    }
    const auto places = collapse(points);
    CHECK(likelihood_bandwidth(places, Kernel::quartic, 50, 500, 3, 1)->log_likelihood ==
          likelihood_bandwidth(places, Kernel::quartic, 50, 500, 3, 4)->log_likelihood);
}

TEST_CASE("Asked to stop, no thread begins another job, and the caller is told") {
    for (const int threads : {1, 4}) {
        std::stop_source stop;
        const StopScope scope(stop.get_token());
        std::atomic<int> jobs = 0;
        std::atomic<int> went_on = 0;
        CHECK_THROWS_AS(for_each_job(1000, threads,
                                     [&](int) {
                                         ++jobs;
                                         stop.request_stop();
                                         stop_if_asked(); // on whichever thread
                                         ++went_on;
                                     }),
                        Stopped);
        CHECK(jobs <= threads);
        CHECK(went_on == 0);
    }
}

TEST_CASE("Who is asked to stop is a thread's own matter, and ends with the scope") {
    std::stop_source stop;
    stop.request_stop();
    {
        const StopScope scope(stop.get_token());
        CHECK_THROWS_AS(stop_if_asked(), Stopped);
        {
            const StopScope inner(std::stop_token{});
            stop_if_asked();
        }
        CHECK_THROWS_AS(stop_if_asked(), Stopped);
        std::thread([] { stop_if_asked(); }).join();
    }
    stop_if_asked();
}

TEST_CASE("Densities of every kind heed the request to stop, with one thread and with several") {
    std::vector<BngPoint> points;
    for (int i = 0; i < 300; ++i) {
        points.push_back({458'000.0 + (i * 7'919) % 2'000, 303'000.0 + (i * 104'729) % 1'500});
    }
    const MultiPolygon<BngPoint> area{rectangle(458'000, 303'000, 460'000, 304'500)};
    const auto grid = grid_covering(bounds(area), 40, 0);
    std::stop_source stop;
    stop.request_stop();
    const StopScope scope(stop.get_token());
    for (const int threads : {1, 4}) {
        for (const auto edge :
             {EdgeCorrection::none, EdgeCorrection::uniform, EdgeCorrection::diggle}) {
            for (const bool adaptive : {false, true}) {
                const DensityRule rule{Kernel::quartic, 150, edge, adaptive};
                CHECK_THROWS_AS(estimate_density(points, {}, area, grid, rule, {threads, 0}),
                                Stopped);
            }
        }
    }
}
