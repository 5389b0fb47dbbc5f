#include "geo/geos.hpp"
#include "geo/hotspots.hpp"
#include "tests/catch.hpp"
#include "tests/geo/city.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

TEST_CASE("Hotspots are the places where digits crowd, ranked by events") {
    const Map counts{"..............", "..2...........", ".242......33..", "..2.......33..",
                     "..............", "......1.......", "..............", "..............",
                     "..............", ".............."};
    // The 15 hottest of 140 cells; the contour goes through the last of them, on b's side.
    const auto points = points_of(counts, 100);
    const auto grid = grid_of(counts, 100);
    const auto raster = density(points, grid, Kernel::quartic, 200);
    const auto set = find_hotspots(points, raster, whole(grid), rule(15 * 100 / 140.0, 200));
    REQUIRE(set.hotspots.size() == 2);
    CHECK_FALSE(set.floor_reached);
    CHECK(set.hotspots[0].events.size() == 12);
    CHECK(set.hotspots[1].events.size() == 12);
    // Equal events: the higher peak first. All but the lone 1 are in.
    CHECK(set.hotspots[0].peak_per_km2 > set.hotspots[1].peak_per_km2);
    CHECK(set.hotspots[0].peak_at == grid.centre({2, 7}));
    CHECK(set.not_drawn == 0);
    const auto map = drawn(outlines(set), grid);
    for_each_cell(grid, [&](CellIndex cell) {
        CHECK((at(map, cell) != '.') == (raster.values[grid.offset(cell)] > set.level_per_km2));
    });
    CHECK(at(map, {2, 7}) == 'a');
    CHECK(at(map, {10, 6}) == 'b');
    CHECK(at(map, {6, 4}) == '.');
}

TEST_CASE("The map of a cross and a square of events") {
    const Map counts{"............", "...3........", "..393.......", "...3.....44.",
                     ".........44.", "............", "............"};
    const Map expected{"............", "...a........", "..aaa.......", "...a.....bb.",
                       ".........bb.", "............", "............"};
    // With a bandwidth of one cell each cell's density comes from its own events alone; 3 events'
    // worth is the level of ten hottest cells out of 84, and the floor of two peaks lies below.
    const auto points = points_of(counts, 100);
    const auto grid = grid_of(counts, 100);
    auto how = rule(12, 100);
    how.floor_peaks = 2;
    const auto set =
        find_hotspots(points, density(points, grid, Kernel::quartic, 100), whole(grid), how);
    CHECK(set.floor_reached);
    CHECK(drawn(outlines(set), grid) == expected);
    REQUIRE(set.hotspots.size() == 2);
    CHECK(set.hotspots[0].events.size() == 21);
    CHECK(set.hotspots[1].events.size() == 16);
}

TEST_CASE("The level is never below three single events' peaks") {
    const auto points = clustered(52, 200);
    HotspotRule how;
    how.top_percent = 20;
    const auto set = find(points, how);
    CHECK(set.floor_reached);
    // 3 x 3 / (pi 0.3^2)
    CHECK(set.level_per_km2 == Approx(31.830988618));
}

TEST_CASE("Regions of fewer events than the minimum are counted, not drawn") {
    const auto points = clustered(59, 1000);
    auto how = rule(2, 300);
    const auto everything = find(points, how);
    std::size_t small = 0;
    std::size_t events = 0;
    for (const auto& hotspot : everything.hotspots) {
        small += hotspot.events.size() < 40 ? 1U : 0U;
        events += hotspot.events.size() < 40 ? hotspot.events.size() : 0;
    }
    REQUIRE(small > 0);
    how.minimum_events = 40;
    const auto drawn_only = find(points, how);
    CHECK(drawn_only.hotspots.size() == everything.hotspots.size() - small);
    CHECK(drawn_only.not_drawn == everything.not_drawn + small);
    CHECK(drawn_only.events_not_drawn == everything.events_not_drawn + events);
}

TEST_CASE("A hotspot that the study area's boundary cuts in two is two") {
    // A notch from the north separates the halves of one cluster.
    const MultiPolygon<BngPoint> notched{{{{0, 0},
                                           {10'000, 0},
                                           {10'000, 10'000},
                                           {5010, 10'000},
                                           {5010, 4000},
                                           {4990, 4000},
                                           {4990, 10'000},
                                           {0, 10'000},
                                           {0, 0}},
                                          {}}};
    std::vector<BngPoint> points;
    for (int i = 0; i < 41; ++i) {
        points.push_back({i % 2 == 0 ? 4900.0 : 5100.0, 5000.0 + i});
    }
    const auto raster = density(points, city, Kernel::quartic, 300);
    const auto set = find_hotspots(points, raster, notched, HotspotRule{});
    REQUIRE(set.hotspots.size() == 2);
    CHECK(set.hotspots[0].events.size() == 21);
    CHECK(set.hotspots[1].events.size() == 20);
    CHECK(set.hotspots[0].peak_at.easting_m < 5000);
}

TEST_CASE("None, one, two, equal and collinear points are hotspots only by the rule") {
    const HotspotRule how;
    CHECK(find({}, how).hotspots.empty());
    CHECK(find({}, how).floor_reached);
    CHECK(find({{5000, 5000}}, how).hotspots.empty());
    CHECK(find({{5000, 5000}, {5001, 5000}}, how).hotspots.empty());
    CHECK(find({{5000, 5000}, {5000, 5000}, {5000, 5000}, {5000, 5000}}, how).not_drawn == 1);
    CHECK(find({{5000, 5000}, {5000, 5000}, {5000, 5000}, {5000, 5000}}, how).events_not_drawn ==
          4);
    const auto stacked = find(std::vector<BngPoint>(6, {5012, 5034}), how);
    REQUIRE(stacked.hotspots.size() == 1);
    CHECK(stacked.hotspots[0].events.size() == 6);
    std::vector<BngPoint> line;
    for (int i = 0; i < 50; ++i) {
        line.push_back({4000.0 + 20 * i, 5000});
    }
    const auto along = find(line, how);
    REQUIRE(along.hotspots.size() == 1);
    CHECK(along.hotspots[0].events.size() > 30);
    CHECK(is_valid(along.hotspots[0].outline));
}

TEST_CASE("Where the hottest cells tie, all of them are drawn rather than none") {
    const std::vector<BngPoint> points(9, BngPoint{5025, 5025});
    auto how = rule(0.05, 300); // 32 of the octagon's cells; the disc holds more than 100
    how.kernel = Kernel::uniform;
    const auto set = find(points, how);
    REQUIRE(set.hotspots.size() == 1);
    CHECK(set.hotspots[0].events.size() == 9);
}

TEST_CASE("Points outside the study area raise density but are no hotspot's events") {
    std::vector<BngPoint> points(20, BngPoint{980, 5000}); // 20 m beyond the western edge
    points.resize(30, BngPoint{1020, 5000});
    const auto set = find(points, HotspotRule{});
    REQUIRE(set.hotspots.size() == 1);
    CHECK(set.hotspots[0].events.size() == 10);
    CHECK(bounds(set.hotspots[0].outline).min.easting_m == 1000);
}

TEST_CASE("A hotspot between cell centres has the level as its peak, at a place inside it") {
    // A study area of two slivers: one over cell centres, far off, one between two columns'
    // centres.
    const MultiPolygon<BngPoint> slivers{rectangle(2000, 2000, 2500, 2500),
                                         rectangle(5030, 4500, 5040, 5500)};
    const std::vector<BngPoint> points(8, BngPoint{5035, 5000});
    const auto raster = density(points, city, Kernel::quartic, 300);
    const auto set = find_hotspots(points, raster, slivers, HotspotRule{});
    REQUIRE(set.hotspots.size() == 1);
    CHECK(set.hotspots[0].peak_per_km2 == set.level_per_km2);
    CHECK(AreaIndex(just(set.hotspots[0].outline)).find(set.hotspots[0].peak_at));
}

TEST_CASE("A rule or study area that makes no sense is refused by name") {
    const auto raster = density({}, city, Kernel::quartic, 300);
    const auto refuse = [&](HotspotRule how, const MultiPolygon<BngPoint>& area,
                            const std::string& word) {
        CHECK_THROWS_WITH(find_hotspots({}, raster, area, how), Catch::Contains(word));
    };
    refuse({}, {}, "study area is empty");
    refuse({}, {rectangle(-900, -900, -800, -800)}, "no cell centre lies in the study area");
    refuse(rule(0, 300), octagon, "top_percent is 0");
    refuse(rule(101, 300), octagon, "top_percent is 101");
    refuse(rule(1, -1), octagon, "bandwidth is -1");
    auto no_floor = rule(1, 300);
    no_floor.floor_peaks = 0;
    refuse(no_floor, octagon, "floor_peaks is 0");
    CHECK_THROWS_AS(find_hotspots({}, Raster{city, {}}, octagon, {}), std::invalid_argument);
}
