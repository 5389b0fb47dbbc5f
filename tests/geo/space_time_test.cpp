// Patterns of cells over slices of time: what makes each, and what chance makes of them.
#include "geo/random.hpp"
#include "geo/space_time.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <vector>

using namespace hotspots;
using namespace hotspots::geo;

namespace {

using Pattern = SpaceTimePattern;

// 'x' hot, '.' not; oldest first.
Pattern pattern(std::string_view slices, bool falls = false) {
    std::vector<std::uint8_t> hot;
    for (const char c : slices) {
        hot.push_back(c == 'x' ? 1 : 0);
    }
    return pattern_of(hot, falls);
}

struct Series {
    std::vector<BngPoint> points;
    std::vector<std::uint16_t> slice;

    void add(const BngPoint& at, std::size_t in_slice, int times) {
        for (int i = 0; i < times; ++i) {
            points.push_back(at);
            slice.push_back(static_cast<std::uint16_t>(in_slice));
        }
    }
};

constexpr std::uint16_t slices = 12;
constexpr BngPoint city{450'000, 300'000};

CellLattice lattice(CellShape shape = CellShape::square) {
    return lattice_covering({city, {city.easting_m + 9000, city.northing_m + 6000}}, shape, 150);
}

BngPoint off(double east_m, double north_m) {
    return {city.easting_m + east_m, city.northing_m + north_m};
}

// About 25 points a slice, anywhere.
Series background(std::uint64_t seed) {
    Random random(seed);
    Series series;
    for (std::size_t slice = 0; slice < slices; ++slice) {
        for (int i = 0; i < 25; ++i) {
            const double east_m = 9000 * random.unit();
            series.add(off(east_m, 6000 * random.unit()), slice, 1);
        }
    }
    return series;
}

SpaceTime run(const Series& series, const CellLattice& cells = lattice()) {
    const std::vector<std::uint8_t> in_area(cells.size(), 1);
    return space_time(
        cells, in_area, series.points, series.slice, slices,
        neighbours_within(cells.shape, cells.cell_m, usual_band_m(cells.shape, cells.cell_m)));
}

const SpaceTimeCell& cell_at(const SpaceTime& found, const BngPoint& at,
                             const CellLattice& cells = lattice()) {
    const auto offset = cells.offset(cells.find(at).value());
    const auto cell = std::ranges::find(found.cells, offset, &SpaceTimeCell::offset);
    REQUIRE(cell != found.cells.end());
    return *cell;
}

} // namespace

TEST_CASE("New is hot twice or more, in the newest quarter alone", "[space_time]") {
    CHECK(pattern("..........xx") == Pattern::newly_hot);
    CHECK(pattern(".........x.x") == Pattern::newly_hot);
    CHECK(pattern("........x.xx") == Pattern::sporadic); // the newest quarter is three
    CHECK(pattern("...........x") == Pattern::none);
    CHECK(pattern(".......xxx") == Pattern::newly_hot); // of ten the newest quarter is three
    CHECK(pattern("......xxxx") == Pattern::sporadic);
}

TEST_CASE("Persistent is hot in three quarters, sporadic less often, none once or never",
          "[space_time]") {
    CHECK(pattern("xxxxxxxxxxxx") == Pattern::persistent);
    CHECK(pattern("xxx.xx.xxx.x") == Pattern::persistent);
    CHECK(pattern("xxx.xx.xxx..") == Pattern::sporadic);
    CHECK(pattern("x..........x") == Pattern::sporadic);
    CHECK(pattern("x...........") == Pattern::none);
    CHECK(pattern("............") == Pattern::none);
    CHECK(pattern("") == Pattern::none);
}

TEST_CASE("Fading falls significantly and was hot in a quarter", "[space_time]") {
    CHECK(pattern("xxx.........", true) == Pattern::fading);
    CHECK(pattern("xx..........", true) == Pattern::sporadic);
    CHECK(pattern("xxxxxxxxxx..", true) == Pattern::fading);
    CHECK(pattern("xxx.........", false) == Pattern::sporadic);
    CHECK(pattern("..........xx", true) == Pattern::newly_hot);
}

TEST_CASE("Places that were made so are found so", "[space_time]") {
    auto series = background(1);
    const auto lasting = off(1575, 1575);
    const auto cooling = off(3075, 4575);
    const auto rising = off(6075, 1575);
    const auto now_and_then = off(7575, 4575);
    for (std::size_t slice = 0; slice < slices; ++slice) {
        series.add(lasting, slice, 8);
        series.add(cooling, slice, std::max(0, 14 - 2 * static_cast<int>(slice)));
        series.add(rising, slice, slice >= 9 ? 7 : 0);
        series.add(now_and_then, slice, slice % 4 == 0 ? 7 : 0);
    }
    const auto found = run(series);
    CHECK(cell_at(found, lasting).pattern == Pattern::persistent);
    CHECK_FALSE(cell_at(found, lasting).trend_significant);
    const auto& fading = cell_at(found, cooling);
    CHECK(fading.pattern == Pattern::fading);
    CHECK(fading.trend_significant);
    CHECK(fading.trend.z < -3);
    CHECK(fading.counts.front() == 14);
    CHECK(cell_at(found, rising).pattern == Pattern::newly_hot);
    CHECK(cell_at(found, now_and_then).pattern == Pattern::sporadic);
    // The eight cells around take part: the statistic is of the neighbourhood.
    CHECK(cell_at(found, off(1725, 1725)).pattern == Pattern::persistent);
}

TEST_CASE("A cell's series is that of its points, alone and with its neighbours", "[space_time]") {
    for (const auto shape : {CellShape::square, CellShape::hexagon}) {
        auto series = background(2);
        series.add(off(3075, 3075), 4, 9);
        const auto cells = lattice(shape);
        const auto found = run(series, cells);
        REQUIRE_FALSE(found.cells.empty());
        const auto band_m = usual_band_m(shape, 150);
        for (const auto& cell : found.cells) {
            const auto centre = cells.centre(cells.cell(cell.offset));
            std::vector<std::uint32_t> counts(slices);
            std::vector<std::uint32_t> around(slices);
            for (std::size_t i = 0; i < series.points.size(); ++i) {
                const auto home = cells.find(series.points[i]).value();
                const auto middle = cells.centre(home);
                counts[series.slice[i]] += cells.offset(home) == cell.offset;
                around[series.slice[i]] +=
                    std::hypot(middle.easting_m - centre.easting_m,
                               middle.northing_m - centre.northing_m) < band_m + 0.01;
            }
            CHECK(cell.counts == counts);
            CHECK(cell.around == around);
        }
    }
}

TEST_CASE("What lies anywhere makes hardly a pattern", "[space_time]") {
    std::size_t patterns = 0;
    for (std::uint64_t seed = 10; seed < 20; ++seed) {
        const auto found = run(background(seed));
        patterns += static_cast<std::size_t>(
            std::ranges::count_if(found.cells, [](const SpaceTimeCell& cell) {
                return cell.pattern != Pattern::none || cell.trend_significant;
            }));
    }
    CHECK(patterns <= 10); // of 24,000 cells
}

TEST_CASE("The same in every slice has no trend and is persistent", "[space_time]") {
    Series series;
    for (std::size_t slice = 0; slice < slices; ++slice) {
        series.add(off(4500, 3000), slice, 5);
    }
    const auto found = run(series);
    REQUIRE(found.cells.size() == 9);
    for (const auto& cell : found.cells) {
        CHECK(cell.pattern == Pattern::persistent);
        CHECK(cell.trend.z == 0);
        CHECK(cell.trend.p == 1);
    }
    CHECK(found.hot_cells == std::vector<std::uint32_t>(slices, 9));
    CHECK(found.in_slice == std::vector<std::uint32_t>(slices, 5));
}

TEST_CASE("Two in a slice are too few to be hot, none gives nothing", "[space_time]") {
    Series series;
    series.add(off(4500, 3000), 3, 2);
    series.add(off(-10'000, 0), 3, 4);
    const auto found = run(series);
    CHECK(found.cells.empty());
    CHECK(found.beyond == 4);
    CHECK(found.in_slice[3] == 2);
    CHECK(run({}).cells.empty());
}

TEST_CASE("Moving lattice and points by whole cells moves the answer alone", "[space_time]") {
    auto series = background(3);
    series.add(off(4575, 3075), 1, 6);
    series.add(off(4575, 3075), 7, 6);
    const auto before = run(series);
    for (auto& point : series.points) {
        point = {point.easting_m + 150 * 64, point.northing_m - 150 * 32};
    }
    auto moved = lattice();
    moved.first_column += 64;
    moved.first_row -= 32;
    const auto after = run(series, moved);
    REQUIRE(after.cells.size() == before.cells.size());
    for (std::size_t i = 0; i < before.cells.size(); ++i) {
        CHECK(after.cells[i].offset == before.cells[i].offset);
        CHECK(after.cells[i].pattern == before.cells[i].pattern);
        CHECK(after.cells[i].around == before.cells[i].around);
    }
}

TEST_CASE("A slice that does not exist, or is missing, is refused", "[space_time]") {
    Series series;
    series.add(off(10, 10), slices, 1);
    CHECK_THROWS_AS(run(series), std::invalid_argument);
    series.slice.clear();
    CHECK_THROWS_AS(run(series), std::invalid_argument);
}
