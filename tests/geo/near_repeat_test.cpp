// The near-repeat test against published figures of the test of Knox, all pairs counted one by one,
// and what must hold for any points.
#include "geo/near_repeat.hpp"
#include "geo/random.hpp"
#include "tests/catch.hpp"
#include "tests/geo/burkitt.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

using namespace hotspots;
using namespace hotspots::geo;

namespace {

struct Events {
    std::vector<BngPoint> points;
    std::vector<std::int32_t> day;
};

// Half of them anywhere in 3 km x 3 km, the others at twenty places; days of two years.
Events random_events(std::uint64_t seed, std::size_t count) {
    Random random(seed);
    std::array<BngPoint, 20> places;
    for (auto& place : places) {
        place = {450'000.0 + random.below(3000), 300'000.0 + random.below(3000)};
    }
    Events events;
    for (std::size_t i = 0; i < count; ++i) {
        const BngPoint anywhere{450'000 + 3000 * random.unit(), 300'000 + 3000 * random.unit()};
        events.points.push_back(i % 2 == 0 ? anywhere : places[random.below(20)]);
        events.day.push_back(static_cast<std::int32_t>(random.below(730)) + 20'000);
    }
    return events;
}

NearRepeat run(const Events& events, const NearRepeatBands& bands, const NearRepeatRun& how = {}) {
    return near_repeat(events.points, events.day, bands, how);
}

const NearRepeatBands usual{{0, 100, 200, 400}, {0, 7, 14, 28, 56}};

std::size_t band_of(const auto& ends, double value) {
    std::size_t band = 0;
    while (band < ends.size() && value > static_cast<double>(ends[band])) {
        ++band;
    }
    return band;
}

// Every pair, by its distance and delay.
NearRepeat all_pairs(const Events& events, const NearRepeatBands& bands) {
    NearRepeat result;
    result.within_band.resize(bands.distances_m.size());
    result.within_days.resize(bands.days.size());
    result.cells.resize(bands.distances_m.size() * bands.days.size());
    for (std::size_t i = 0; i < events.points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const auto& [ax, ay] = events.points[i];
            const auto& [bx, by] = events.points[j];
            const auto band = band_of(bands.distances_m, std::hypot(ax - bx, ay - by));
            const auto delay = band_of(bands.days, std::abs(events.day[i] - events.day[j]));
            const bool near = band < bands.distances_m.size();
            const bool soon = delay < bands.days.size();
            ++result.pairs;
            if (near) {
                ++result.within_band[band];
            }
            if (soon) {
                ++result.within_days[delay];
            }
            if (near && soon) {
                ++result.cells[band * bands.days.size() + delay].observed;
            }
        }
    }
    return result;
}

void check_counts(const NearRepeat& found, const NearRepeat& wanted) {
    CHECK(found.pairs == wanted.pairs);
    CHECK(found.within_band == wanted.within_band);
    CHECK(found.within_days == wanted.within_days);
    REQUIRE(found.cells.size() == wanted.cells.size());
    for (std::size_t i = 0; i < wanted.cells.size(); ++i) {
        CHECK(found.cells[i].observed == wanted.cells[i].observed);
    }
}

void check_same(const NearRepeat& a, const NearRepeat& b) {
    check_counts(a, b);
    for (std::size_t i = 0; i < a.cells.size(); ++i) {
        CHECK(a.cells[i].permutation_mean == b.cells[i].permutation_mean);
        CHECK(a.cells[i].p == b.cells[i].p);
    }
}

} // namespace

// The figures are those of the data's own literature and of PySAL: 188 cases, pairs at most 20
// apart in space and at most 5 days in time.
TEST_CASE("Burkitt's lymphoma: 13 close pairs, 10.1438 expected", "[near_repeat]") {
    Events events;
    for (const auto& [x, y, day] : tests::burkitt) {
        events.points.push_back({static_cast<double>(x), static_cast<double>(y)});
        events.day.push_back(day);
    }
    const auto found = run(events, {{20}, {5}});
    REQUIRE(found.cells.size() == 1);
    CHECK(found.pairs == 188 * 187 / 2);
    CHECK(found.within_band[0] == 3429); // R: sum(dist(burpts) <= 20)
    CHECK(found.within_days[0] == 52);   // R: sum(dist(burkitt$t) <= 5)
    CHECK(found.cells[0].observed == 13);
    CHECK(found.cells[0].expected == Approx(10.1438).margin(5e-5));
    CHECK(found.cells[0].permutation_mean == Approx(10.1438).margin(0.4));
    CHECK(found.cells[0].ratio().value() == Approx(13 / 10.1438).epsilon(1e-5));
    // Not clustered by this test: about one permutation in five has as many.
    CHECK(found.cells[0].p > 0.1);
    CHECK(found.cells[0].p < 0.3);
}

TEST_CASE("Pairs are those that counting every pair finds, in every band", "[near_repeat]") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const auto events = random_events(seed, 700);
        check_counts(run(events, usual, {.permutations = 3}), all_pairs(events, usual));
        const NearRepeatBands odd{{37.5, 1250}, {3}};
        check_counts(run(events, odd, {.permutations = 3}), all_pairs(events, odd));
    }
}

TEST_CASE("A band holds its upper end, and the one after begins beyond it", "[near_repeat]") {
    const Events events{{{0, 0}, {100, 0}, {100, 0}}, {10, 17, 18}};
    const auto found = run(events, {{0, 100, 200}, {0, 7, 14}}, {.permutations = 0});
    CHECK(found.within_band == std::vector<std::int64_t>{1, 2, 0});
    CHECK(found.within_days == std::vector<std::int64_t>{0, 2, 1});
    CHECK(found.cells[1].observed == 1); // same place, one day apart
    CHECK(found.cells[4].observed == 1); // 100 m and 7 days
    CHECK(found.cells[5].observed == 1); // 100 m and 8 days
    CHECK(found.cells[4].p == 1);
    CHECK(found.cells[4].permutation_mean == 0);
}

TEST_CASE("More pairs of one place than a register's lane can count are all counted",
          "[near_repeat]") {
    auto events = random_events(4, 450);
    std::fill(events.points.begin(), events.points.begin() + 400, BngPoint{451'000, 301'000});
    const auto wanted = all_pairs(events, usual);
    CHECK(wanted.within_band[0] > 2 * std::numeric_limits<std::int16_t>::max());
    check_counts(run(events, usual, {.permutations = 40}), wanted);
    std::fill(events.day.begin(), events.day.end(), 5);
    const auto same_day = run(events, usual, {.permutations = 40});
    CHECK(same_day.cells[0].observed == wanted.within_band[0]);
    CHECK(same_day.cells[0].permutation_mean == static_cast<double>(wanted.within_band[0]));
    CHECK(same_day.cells[0].p == 1);
}

TEST_CASE("Threads and lanes change no figure", "[near_repeat]") {
    const auto events = random_events(5, 1500);
    const auto one = run(events, usual, {.permutations = 99, .threads = 1, .lanes = 8});
    for (const int lanes : {8, 16, 32}) {
        for (const int threads : {1, 2, 5}) {
            check_same(
                one, run(events, usual, {.permutations = 99, .threads = threads, .lanes = lanes}));
        }
    }
    const auto other = run(events, usual, {.permutations = 99, .seed = 2});
    CHECK(other.cells[7].permutation_mean != one.cells[7].permutation_mean);
    CHECK(other.cells[7].permutation_mean == Approx(one.cells[7].permutation_mean).epsilon(0.1));
}

TEST_CASE("Expected counts are the mean of the permutations", "[near_repeat]") {
    const auto found = run(random_events(6, 2000), usual);
    for (const auto& cell : found.cells) {
        CHECK(cell.permutation_mean ==
              Approx(cell.expected).margin(5 * std::sqrt(cell.expected / 999) + 0.01));
    }
}

TEST_CASE("Without near repeats p is uniform", "[near_repeat]") {
    constexpr int trials = 400;
    std::array<int, 4> quarters{};
    double sum = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const auto events = random_events(1000 + static_cast<std::uint64_t>(trial), 300);
        const double p = run(events, {{200}, {60}}, {.permutations = 99}).cells[0].p;
        sum += p;
        ++quarters[static_cast<std::size_t>(std::min(3.0, (p - 0.005) * 4))];
    }
    CHECK(sum / trials == Approx(0.5).margin(0.06)); // four standard errors
    for (const int quarter : quarters) {
        CHECK(quarter == Approx(trials / 4).margin(4 * std::sqrt(trials * 3 / 16.0)));
    }
}

TEST_CASE("Repeats that were put there are found in their band, and in no other", "[near_repeat]") {
    auto events = random_events(7, 600);
    for (std::size_t i = 0; i < 60; ++i) {
        const auto [x, y] = events.points[i];
        events.points.push_back({x + 120, y + 90}); // 150 m
        events.day.push_back(events.day[i] + 5);
    }
    const auto found = run(events, {{0, 100, 200}, {0, 7, 14}});
    const auto& planted = found.cells[7];
    CHECK(planted.p == Approx(0.001));
    CHECK(planted.ratio().value() > 2);
    for (const std::size_t other : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 8U}) {
        CHECK(found.cells[other].p > 0.005);
    }
}

TEST_CASE("Moving everything in space and time changes nothing", "[near_repeat]") {
    const auto events = random_events(8, 500);
    auto moved = events;
    for (std::size_t i = 0; i < moved.points.size(); ++i) {
        moved.points[i].easting_m += 65'536; // whole binary steps: distances stay the same doubles
        moved.points[i].northing_m -= 32'768;
        moved.day[i] -= 40'000;
    }
    check_counts(run(moved, usual, {.permutations = 9}), run(events, usual, {.permutations = 9}));
}

TEST_CASE("Gaps of centuries between days do no harm", "[near_repeat]") {
    const Events events{{{0, 0}, {1, 0}, {2, 0}, {3, 0}},
                        {std::numeric_limits<std::int32_t>::min(), 0, 28,
                         std::numeric_limits<std::int32_t>::max()}};
    const auto found = run(events, usual, {.permutations = 9});
    CHECK(found.within_days == std::vector<std::int64_t>{0, 0, 0, 1, 0});
    CHECK(found.cells[8].observed == 1);
}

TEST_CASE("No, one, two and collinear events give figures, not NaN", "[near_repeat]") {
    for (const std::size_t count : {0U, 1U, 2U, 3U, 40U}) {
        Events events;
        for (std::size_t i = 0; i < count; ++i) {
            events.points.push_back({100.0 * static_cast<double>(i), 0});
            events.day.push_back(static_cast<std::int32_t>(i) * 3);
        }
        const auto found = run(events, usual, {.permutations = 19});
        check_counts(found, all_pairs(events, usual));
        for (const auto& cell : found.cells) {
            CHECK(std::isfinite(cell.expected));
            CHECK(std::isfinite(cell.permutation_mean));
            CHECK((cell.p > 0 && cell.p <= 1));
            CHECK(cell.ratio().has_value() == (cell.expected > 0));
        }
    }
}

TEST_CASE("Close pairs are counted up to a limit, beyond which the test refuses", "[near_repeat]") {
    const auto events = random_events(9, 800);
    const auto wanted = all_pairs(events, {{0, 150}, {1}});
    CHECK(count_close_pairs(events.points, 150) == wanted.within_band[0] + wanted.within_band[1]);
    CHECK(count_close_pairs(events.points, 150, 10) > 10);
    const std::vector<BngPoint> stack(6000, BngPoint{1, 1});
    const std::vector<std::int32_t> day(stack.size());
    CHECK_THROWS_WITH(near_repeat(stack, day, usual), Catch::Contains("more than 16777216 pairs"));
}

TEST_CASE("What makes no sense is refused by name", "[near_repeat]") {
    const auto events = random_events(10, 5);
    const auto refused = [&](const NearRepeatBands& bands, const NearRepeatRun& how = {}) {
        CHECK_THROWS_AS(run(events, bands, how), std::invalid_argument);
    };
    refused({{}, {7}});
    refused({{100}, {}});
    refused({{100, 100}, {7}});
    refused({{200, 100}, {7}});
    refused({{-1, 100}, {7}});
    refused({{std::numeric_limits<double>::quiet_NaN()}, {7}});
    refused({{100}, {7, 3651}});
    refused({{100}, {-1}});
    refused(usual, {.permutations = -1});
    auto bad = events;
    bad.points[2].easting_m = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH(run(bad, usual), Catch::Contains("a point is inf"));
    bad.day.pop_back();
    CHECK_THROWS_WITH(run(bad, usual), Catch::Contains("the number of days is 4"));
}

TEST_CASE("Progress is told to the end, and what it throws ends the test", "[near_repeat]") {
    const auto events = random_events(11, 200);
    int last = 0;
    const auto tell = [&](int done) {
        CHECK(done >= last);
        last = done;
    };
    run(events, usual, {.permutations = 99, .progress = tell});
    CHECK(last == 99);
    const auto stop = [](int) { throw std::runtime_error("enough"); };
    CHECK_THROWS_WITH(run(events, usual, {.permutations = 99, .threads = 2, .progress = stop}),
                      "enough");
}
