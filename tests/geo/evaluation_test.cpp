// Accuracy measures against the figures that Chainey, Tompson & Uhlig (2008) explain PAI with, the
// definitions of Hunt (2016) and Levine (2008), and counts by hand; intervals against R.
#include "geo/evaluation.hpp"
#include "geo/geos.hpp"
#include "tests/catch.hpp"
#include "tests/geo/city.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

Hotspot hotspot_of(const Polygon<BngPoint>& polygon, const std::vector<BngPoint>& points) {
    Hotspot hotspot;
    hotspot.outline = {polygon};
    hotspot.area_km2 = area_km2(hotspot.outline);
    hotspot.events = PointsByNorthing(points).in(polygon);
    return hotspot;
}

void check_sane(const std::optional<Estimate>& estimate) {
    if (estimate) {
        CHECK(std::isfinite(estimate->value));
        CHECK(estimate->low <= estimate->value);
        CHECK(estimate->value <= estimate->high);
        CHECK((estimate->low >= 0 && std::isfinite(estimate->high)));
    }
}

void check_sane(const Forecast& forecast) {
    check_sane(forecast.same.hit_rate);
    check_sane(forecast.next.hit_rate);
    check_sane(forecast.next.pai);
    check_sane(forecast.pei);
    check_sane(forecast.rri);
    CHECK((!forecast.pei || forecast.pei->high <= 1));
}

// The first period's map, and the next one's; cells of 100 m.
const Map march{"..........", ".62.......", ".21.......", "......3...", "..........", ".........."};
const Map april{"..........", ".41.......", ".2....1...", "......2..4", "..........", "..1......."};

} // namespace

TEST_CASE("PAI is 0.5 where half of the area holds a quarter, 2 where a tenth holds a fifth") {
    CHECK(accuracy_of(25, 100, 50, 100).pai->value == Approx(0.5));
    const auto accuracy = accuracy_of(20, 100, 25, 250);
    CHECK(accuracy.pai->value == Approx(2));
    CHECK(accuracy.hit_rate->value == Approx(0.2));
    CHECK(accuracy.area_share == Approx(0.1));
    // R: binom.test(20, 100)$conf.int
    CHECK(accuracy.hit_rate->low == Approx(0.126655552).margin(1e-8));
    CHECK(accuracy.hit_rate->high == Approx(0.291842689).margin(1e-8));
    CHECK(accuracy.pai->low == Approx(1.26655552).margin(1e-7));
    CHECK(accuracy.pai->high == Approx(2.91842689).margin(1e-7));
}

TEST_CASE("The whole study area has a PAI of 1") {
    const auto accuracy = accuracy_of(40, 40, 7, 7);
    CHECK(accuracy.pai->value == 1);
    CHECK(accuracy.hit_rate->value == 1);
    CHECK(accuracy.area_share == 1);
}

TEST_CASE("PEI is the PAI over that of the best area of the same size") {
    const auto own = accuracy_of(12, 90, 2, 100);
    const auto best = accuracy_of(36, 90, 2, 100);
    const auto pei = efficiency_index(12, 36, 90);
    CHECK(pei->value == Approx(own.pai->value / best.pai->value));
    CHECK(pei->value == Approx(1.0 / 3));
    CHECK(pei->low == Approx(own.pai->low / best.pai->value));
    CHECK(efficiency_index(36, 36, 90)->value == 1);
    CHECK(efficiency_index(36, 36, 90)->high == 1);
    CHECK_FALSE(efficiency_index(0, 0, 90));
    CHECK_FALSE(efficiency_index(0, 0, 0));
}

TEST_CASE("RRI is the PAI of the next period over that of the same") {
    const auto same = accuracy_of(50, 200, 2, 100); // a quarter
    const auto next = accuracy_of(12, 80, 2, 100);  // 15 in a hundred
    const auto rri = recapture_rate_index(next, same);
    CHECK(rri->value == Approx(next.pai->value / same.pai->value));
    CHECK(rri->value == Approx(0.6));
    // R: poisson.test(c(12, 50), c(80, 200))$conf.int
    CHECK(rri->low == Approx(0.290831518).margin(1e-8));
    CHECK(rri->high == Approx(1.142647278).margin(1e-8));
    CHECK_FALSE(recapture_rate_index(accuracy_of(0, 0, 2, 100), same));
    CHECK_FALSE(recapture_rate_index(next, accuracy_of(0, 10, 2, 100)));
    CHECK(recapture_rate_index(accuracy_of(0, 9, 2, 100), same)->value == 0);
}

TEST_CASE("Measures of nothing are empty, and what cannot be is refused") {
    CHECK_FALSE(accuracy_of(0, 0, 1, 10).hit_rate);
    CHECK_FALSE(accuracy_of(0, 0, 1, 10).pai);
    CHECK_FALSE(accuracy_of(0, 5, 0, 10).pai);
    CHECK(accuracy_of(0, 5, 0, 10).hit_rate->value == 0);
    CHECK_THROWS_AS(accuracy_of(6, 5, 1, 10), std::invalid_argument);
    CHECK_THROWS_AS(accuracy_of(1, 5, 11, 10), std::invalid_argument);
    CHECK_THROWS_AS(accuracy_of(1, 5, 0, 0), std::invalid_argument);
    CHECK_THROWS_AS(efficiency_index(5, 4, 10), std::invalid_argument);
}

TEST_CASE("A back-test counts what was found in March on April's points") {
    const auto first = points_of(march, 100);
    const auto next = points_of(april, 100);
    const auto area = whole(grid_of(march, 100)); // 0.6 km2
    // Four cells in the north-west, one in the middle: 0.05 km2.
    const std::vector<Hotspot> hotspots{hotspot_of(rectangle(100, 300, 300, 500), first),
                                        hotspot_of(rectangle(600, 200, 700, 300), first)};
    const auto test = back_test({first, next, hotspots, area, 100, 999, 1});
    CHECK(test.study_area_km2 == Approx(0.6));

    const auto& own = test.hotspots;
    CHECK(own.places == 2);
    CHECK(own.area_km2 == Approx(0.05));
    CHECK(own.same.captured == 14);
    CHECK(own.same.points == 14);
    CHECK(own.next.captured == 9);
    CHECK(own.next.points == 15);
    CHECK(own.next.pai->value == Approx(9.0 / 15 * 12));
    CHECK(own.rri->value == Approx(9.0 / 15));
    REQUIRE(own.curve.size() == 2);
    CHECK(own.curve[0].next == 7);
    CHECK(own.curve[0].area_km2 == Approx(0.04));
    CHECK(own.curve[1].next == 9);

    // March's five cells of 6, 3, 2, 2, 1; April's best are 4, 4, 2, 2, 1.
    CHECK(test.best_possible == 13);
    CHECK(own.pei->value == Approx(9.0 / 13));
    const auto& cells = test.cells;
    CHECK(cells.places == 5);
    CHECK(cells.area_km2 == Approx(0.05));
    CHECK(cells.next.captured == 9);
    CHECK(cells.pei->value == Approx(9.0 / 13));
    REQUIRE(cells.curve.size() == 3); // after 1, 2 and 5
    CHECK(cells.curve[0].next == 4);  // where 6 were
    CHECK(cells.curve[1].next == 6);  // and where 3 were
    CHECK(cells.curve[2].next == 9);

    CHECK(test.chance.expected == Approx(1.0 / 12));
    CHECK(test.chance.low == 0);
    CHECK(test.chance.high > test.chance.expected);
    CHECK(test.chance.high < 0.6);
}

TEST_CASE("The whole area forecasts everything with a PAI of 1 and a PEI of 1") {
    const auto first = clustered(31, 300);
    const auto next = clustered(32, 200);
    const auto area = whole({{-3000, -3000}, 100, 160, 160});
    const std::vector<Hotspot> hotspots{hotspot_of(area.front(), first)};
    const auto test = back_test({first, next, hotspots, area, 150, 99, 1});
    CHECK(test.hotspots.next.pai->value == 1);
    CHECK(test.hotspots.pei->value == 1);
    CHECK(test.hotspots.rri->value == 1);
    CHECK(test.chance.expected == 1);
    CHECK(test.chance.low == 1);
    CHECK(test.chance.high == 1);
}

TEST_CASE("Chance captures the share of the area, and its interval holds 95 of 100 draws") {
    std::mt19937 random(4);
    std::uniform_real_distribution<double> anywhere(0, 10'000);
    std::vector<BngPoint> next(20'000);
    std::ranges::generate(next, [&] { return BngPoint{anywhere(random), anywhere(random)}; });
    const auto area = whole({{0, 0}, 100, 100, 100});
    const std::vector<Hotspot> hotspots{hotspot_of(rectangle(0, 0, 1000, 1000), next)};
    const auto test = back_test({next, next, hotspots, area, 100, 4999, 9});
    CHECK(test.chance.expected == Approx(0.01));
    // 100 of 10,000 cells with Poisson(2) points each, without replacement: the standard deviation
    // of their sum is sqrt(100 x 2 x 0.99) = 14.07, and 1.96 of them 27.6 points of 20,000.
    CHECK(test.chance.low == Approx(0.01 - 0.00138).margin(0.00012));
    CHECK(test.chance.high == Approx(0.01 + 0.00138).margin(0.00012));
    const auto again = back_test({next, next, hotspots, area, 100, 4999, 9});
    CHECK(again.chance.low == test.chance.low);
    CHECK(again.chance.high == test.chance.high);
}

TEST_CASE("Hotspots beat chance where the next period is like the first") {
    const auto all = clustered(33, 6000);
    std::vector<BngPoint> first;
    std::vector<BngPoint> next;
    for (std::size_t i = 0; i < all.size(); ++i) {
        (i / 8 % 2 == 0 ? first : next).push_back(all[i]);
    }
    const auto set = find(first, HotspotRule{});
    REQUIRE_FALSE(set.hotspots.empty());
    const auto test = back_test({first, next, set.hotspots, octagon, 150, 999, 1});
    CHECK(test.hotspots.next.hit_rate->low > test.chance.high);
    CHECK(test.hotspots.pei->value <= 1);
    CHECK(test.cells.pei->value <= 1);
    CHECK(test.hotspots.next.captured <= test.best_possible);
    const double cells_km2 = static_cast<double>(test.cells.places) * 0.0225;
    CHECK(std::abs(cells_km2 - test.hotspots.area_km2) <= 0.0225 / 2 + 1e-9);
    check_sane(test.hotspots);
    check_sane(test.cells);
}

TEST_CASE("No points, one, two and points in a line have no figure that is not a number") {
    const std::vector<BngPoint> one{{5000, 5000}};
    const std::vector<BngPoint> two{{5000, 5000}, {5000, 5000}};
    std::vector<BngPoint> line;
    for (int i = 0; i < 60; ++i) {
        line.push_back({4000 + 10.0 * i, 5000});
    }
    const std::vector<std::vector<BngPoint>> cases{{}, one, two, line};
    for (const auto& first : cases) {
        for (const auto& next : cases) {
            const auto set = find(first, rule(1, 300));
            const auto test = back_test({first, next, set.hotspots, octagon, 150, 19, 1});
            check_sane(test.hotspots);
            check_sane(test.cells);
            CHECK(test.hotspots.next.hit_rate.has_value() == !next.empty());
            CHECK((test.chance.low <= test.chance.high && test.chance.high <= 1));
        }
    }
}

TEST_CASE("A negative number of simulations is refused by name") {
    CHECK_THROWS_WITH(back_test({{}, {}, {}, octagon, 150, -1, 1}),
                      Catch::Contains("simulations is -1"));
}
