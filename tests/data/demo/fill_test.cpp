// The demo in a store: loaded through the ordinary import, hot where it should be.
#include "data/demo/demo.hpp"
#include "data/incident_store.hpp"
#include "data/snapshot.hpp"
#include "geo/hotspots.hpp"
#include "tests/catch.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace hotspots;
using namespace hotspots::data;

TEST_CASE("a store filled with the demo is labelled, and as concentrated as a county is") {
    const auto folder =
        std::filesystem::temp_directory_path() / ("hotspots-demo-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    {
        const auto store = IncidentStore::open((folder / "store.gpkg").string(), Access::write);
        fill_with_demo(*store);
        CHECK(store->property("demo") == "true");
        const auto snapshot = load_snapshot(*store);
        CHECK(snapshot->demo);
        CHECK(snapshot->default_scope == "vrn-2021");
        REQUIRE(snapshot->incidents.size() == 26'600);
        CHECK(snapshot->wards.size() == 176);
        CHECK(snapshot->authorities.size() == 9);

        const auto period = parse_period("2024-11-01/2026-10-31");
        const auto& decisions = snapshot->scopes.back().decisions;
        std::vector<geo::BngPoint> points;
        std::int64_t in_scope = 0;
        for (std::size_t i = 0; i < snapshot->incidents.size(); ++i) {
            const auto& record = snapshot->incidents[i].record;
            if (decisions[i].decision == Decision::in &&
                touches(record.occurred_from, record.occurred_to, period)) {
                ++in_scope;
                if (snapshot->columns.mapped[i] != 0) {
                    points.push_back(snapshot->columns.point[i]);
                }
            }
        }
        CHECK(in_scope > 6'000);
        INFO(points.size() << " of " << in_scope << " mapped");
        const double total = static_cast<double>(points.size());
        CHECK(total > 0.85 * static_cast<double>(in_scope));
        CHECK(total < 0.92 * static_cast<double>(in_scope));
        const auto grid = geo::grid_covering(geo::bounds(snapshot->study_area), 100, 300);
        const auto raster = geo::density(points, grid, geo::Kernel::quartic, 300);
        const auto set = geo::find_hotspots(points, raster, snapshot->study_area, {});
        INFO(set.hotspots.size() << " hotspots");
        CHECK(set.hotspots.size() >= 25);
        CHECK(set.hotspots.size() <= 60);
        // A city centre holds much of it and far from most; its nights are more than one hotspot.
        std::size_t largest = 0;
        std::size_t held = 0;
        int in_the_centre = 0;
        for (const auto& hotspot : set.hotspots) {
            largest = std::max(largest, hotspot.events.size());
            held += hotspot.events.size();
            const double east_m = hotspot.peak_at.easting_m - 458800;
            const double north_m = hotspot.peak_at.northing_m - 304400;
            in_the_centre += std::hypot(east_m, north_m) < 1'200 ? 1 : 0;
        }
        CHECK(static_cast<double>(largest) > 0.08 * total);
        CHECK(static_cast<double>(largest) < 0.15 * total);
        CHECK(static_cast<double>(held) > 0.35 * total);
        CHECK(static_cast<double>(held) < 0.50 * total);
        CHECK(in_the_centre >= 3);

        const auto before = store->revision();
        fill_with_demo(*store);
        CHECK(store->incidents().size() == 26'600);
        CHECK(store->revision().number >= before.number);
    }
    std::filesystem::remove_all(folder);
}
