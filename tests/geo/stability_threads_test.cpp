// Runs of a stability test are handed out to threads.
#include "geo/stability.hpp"
#include "tests/catch.hpp"
#include "tests/geo/city.hpp"

#include <stdexcept>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

TEST_CASE("One thread, two and more find the same survivors") {
    const auto points = clustered(91, 1500);
    const std::vector<float> uncertainty(points.size(), 150);
    HotspotRule how;
    how.top_percent = 1;
    const auto set = find(points, how);
    REQUIRE(set.hotspots.size() > 2);
    StabilityRuns runs;
    runs.jitter = 20;
    runs.bootstrap = 20;
    std::vector<std::vector<HotspotSurvival>> found;
    for (const int threads : {1, 2, 5, 0}) {
        runs.threads = threads;
        found.push_back(
            hotspot_survival({points, uncertainty, octagon, city, how, set.hotspots}, runs));
        CHECK(found.back() == found.front());
    }
}

TEST_CASE("Work that is called off on one thread ends on all") {
    const auto points = clustered(92, 700);
    const std::vector<float> uncertainty(points.size(), 50);
    const auto set = find(points, HotspotRule{});
    StabilityRuns runs;
    runs.threads = 3;
    int calls = 0; // one call at a time
    runs.progress = [&](int, int) {
        if (++calls == 5) {
            throw std::runtime_error("called off");
        }
    };
    CHECK_THROWS_WITH(
        hotspot_survival({points, uncertainty, octagon, city, {}, set.hotspots}, runs),
        "called off");
    CHECK(calls == 5);
}
