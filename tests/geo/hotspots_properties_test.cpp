// What holds for every set of hotspots, checked on random clusters by GEOS and by counting.
#include "geo/geos.hpp"
#include "geo/hotspots.hpp"
#include "tests/catch.hpp"
#include "tests/geo/city.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

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
