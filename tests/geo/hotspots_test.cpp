#include "geo/geos.hpp"
#include "geo/hotspots.hpp"
#include "tests/catch.hpp"
#include "tests/geo/ascii_map.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

// A floor so low that `top_percent` alone sets the level.
HotspotRule rule(double top_percent, double bandwidth_m) {
    HotspotRule result;
    result.top_percent = top_percent;
    result.bandwidth_m = bandwidth_m;
    result.floor_peaks = 1e-9;
    result.minimum_events = 1;
    return result;
}

MultiPolygon<BngPoint> whole(const GridSpec& grid) {
    const double east = grid.south_west.easting_m + grid.columns * grid.cell_m;
    const double north = grid.south_west.northing_m + grid.rows * grid.cell_m;
    return {rectangle(grid.south_west.easting_m, grid.south_west.northing_m, east, north)};
}

MultiPolygon<BngPoint> outlines(const HotspotSet& set) {
    MultiPolygon<BngPoint> result;
    for (const auto& hotspot : set.hotspots) {
        result.insert(result.end(), hotspot.outline.begin(), hotspot.outline.end());
    }
    return result;
}

// Clusters of points over 10 km x 10 km, and a few anywhere.
std::vector<BngPoint> clustered(unsigned seed, std::size_t count) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 10'000);
    std::normal_distribution<double> spread(0, 250);
    std::vector<BngPoint> centres(8);
    for (auto& centre : centres) {
        centre = {anywhere(random), anywhere(random)};
    }
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& centre = centres[i % centres.size()];
        points.push_back(i % 10 == 0 ? BngPoint{anywhere(random), anywhere(random)}
                                     : BngPoint{centre.easting_m + spread(random),
                                                centre.northing_m + spread(random)});
    }
    return points;
}

const GridSpec city{{0, 0}, 50, 200, 200};
// An octagon in the city's grid: its boundary cuts cells and clusters, but no cell's centre.
const MultiPolygon<BngPoint> octagon{{{{3000, 1000},
                                       {7003, 1011},
                                       {9000, 3000},
                                       {9013, 7000},
                                       {7000, 9007},
                                       {3000, 9000},
                                       {1000, 7031},
                                       {1000, 3000},
                                       {3000, 1000}},
                                      {}}};

HotspotSet find(const std::vector<BngPoint>& points, const HotspotRule& how) {
    return find_hotspots(points, density(points, city, how.kernel, how.bandwidth_m), octagon, how);
}

} // namespace

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

TEST_CASE("The level is the density of the last cell within the hottest share of the study area") {
    const auto points = clustered(51, 3000);
    for (const double top_percent : {0.1, 0.25, 0.5, 2.0}) {
        const auto how = rule(top_percent, 300);
        const auto raster = density(points, city, how.kernel, how.bandwidth_m);
        const AreaIndex area(just(octagon)); // GEOS decides which cells count
        std::vector<double> inside;
        for_each_cell(city, [&](CellIndex cell) {
            if (area.find(city.centre(cell))) {
                inside.push_back(raster.values[city.offset(cell)]);
            }
        });
        std::ranges::sort(inside, std::greater{});
        const auto share =
            static_cast<std::size_t>(static_cast<double>(inside.size()) * top_percent / 100);
        const auto set = find(points, how);
        CHECK(set.level_per_km2 == inside[share - 1]);
        CHECK_FALSE(set.floor_reached);
    }
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

TEST_CASE("Hotspots are valid, in the study area, apart from each other, and measured right") {
    for (const unsigned seed : {53U, 54U, 55U, 56U}) {
        const auto points = clustered(seed, 4000);
        HotspotRule how;
        how.top_percent = 1;
        const auto raster = density(points, city, how.kernel, how.bandwidth_m);
        const auto set = find(points, how);
        REQUIRE(set.hotspots.size() > 1);
        const auto all = outlines(set);
        CHECK(is_valid(all));
        CHECK(area_km2(intersection(all, octagon)) == Approx(area_km2(all)).epsilon(1e-9));
        double covered_km2 = 0;
        std::size_t previous = points.size();
        for (const auto& hotspot : set.hotspots) {
            const AreaIndex index(just(hotspot.outline));
            std::vector<std::uint32_t> events;
            for (std::uint32_t i = 0; i < points.size(); ++i) {
                if (index.find(points[i])) {
                    events.push_back(i);
                }
            }
            CHECK(hotspot.events == events);
            CHECK(events.size() >= how.minimum_events);
            CHECK(events.size() <= previous);
            previous = events.size();
            CHECK(hotspot.outline.size() == 1);
            CHECK(hotspot.area_km2 == area_km2(hotspot.outline));
            CHECK(hotspot.peak_per_km2 > set.level_per_km2);
            double peak = 0;
            for_each_cell(city, [&](CellIndex cell) {
                if (index.find(city.centre(cell))) {
                    peak = std::max(peak, raster.values[city.offset(cell)]);
                }
            });
            CHECK(hotspot.peak_per_km2 == peak);
            CHECK(index.find(hotspot.peak_at));
            covered_km2 += hotspot.area_km2;
        }
        CHECK(area_km2(unite<BngPoint>(just(all))) == Approx(covered_km2));
    }
}

TEST_CASE(
    "The hotspots' area is that of the cells above the level, within half a cell of boundary") {
    const auto points = clustered(57, 4000);
    const auto how = rule(1, 300);
    const auto raster = density(points, city, how.kernel, how.bandwidth_m);
    const auto set = find_hotspots(points, raster, whole(city), how);
    const auto cells = std::ranges::count_if(
        raster.values, [&](double value) { return value > set.level_per_km2; });
    const auto all = outlines(set);
    const double difference =
        std::abs(area_km2(all) - static_cast<double>(cells) * city.cell_area_km2());
    CHECK(set.not_drawn == 0);
    CHECK(difference <= 0.5 * city.cell_m * boundary_length_m(all) / 1e6);
}

TEST_CASE("Hotspots nest as the share of the area shrinks") {
    const auto points = clustered(58, 4000);
    auto outer = find(points, rule(4, 300));
    for (const double top_percent : {2.0, 1.0, 0.5, 0.25, 0.1}) {
        const auto inner = find(points, rule(top_percent, 300));
        const auto inside = outlines(inner);
        CHECK(inner.level_per_km2 > outer.level_per_km2);
        CHECK(area_km2(inside) < area_km2(outlines(outer)));
        CHECK(area_km2(intersection(inside, outlines(outer))) ==
              Approx(area_km2(inside)).epsilon(1e-9));
        outer = inner;
    }
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

TEST_CASE("Equal input gives equal hotspots") {
    const auto points = clustered(60, 2000);
    const auto a = find(points, HotspotRule{});
    const auto b = find(points, HotspotRule{});
    REQUIRE(a.hotspots.size() == b.hotspots.size());
    for (std::size_t i = 0; i < a.hotspots.size(); ++i) {
        CHECK(a.hotspots[i].outline == b.hotspots[i].outline);
        CHECK(a.hotspots[i].events == b.hotspots[i].events);
    }
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
