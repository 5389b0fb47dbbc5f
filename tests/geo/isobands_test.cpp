// Isobands against counts of cells, linear interpolation worked out anew, and GEOS's overlay.
// GDAL's contours are the oracle of tests/integration/density_test.py.
#include "geo/contour.hpp"
#include "geo/density.hpp"
#include "geo/geos.hpp"
#include "geo/isobands.hpp"
#include "geo/point_in_region.hpp"
#include "tests/catch.hpp"
#include "tests/geo/city.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

double total_km2(const std::vector<Isoband>& bands) {
    return std::accumulate(bands.begin(), bands.end(), 0.0, [](double sum, const Isoband& band) {
        return sum + area_km2(band.outline);
    });
}

bool holds(const Isoband& band, double value) {
    return value > band.from_per_km2 && (!band.to_per_km2 || value <= *band.to_per_km2);
}

double value_at(const Raster& raster, int column, int row) {
    const auto& grid = raster.grid;
    const bool inside = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
    return inside ? raster.values[grid.offset({column, row})] : 0;
}

double cells_of_km2(const Raster& raster, const Isoband& band) {
    const auto cells =
        std::ranges::count_if(raster.values, [&](double value) { return holds(band, value); });
    return static_cast<double>(cells) * raster.grid.cell_area_km2();
}

// Half a cell times the outline of the cells above the level.
double tolerance_km2(const Raster& raster, double level) {
    double sides = 0;
    for_each_cell(raster.grid, [&](CellIndex cell) {
        for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
            sides += value_at(raster, cell.column, cell.row) > level &&
                             value_at(raster, cell.column + dx, cell.row + dy) <= level
                         ? 1
                         : 0;
        }
    });
    return sides * raster.grid.cell_area_km2() / 2;
}

// How far, in cells, a vertex is from where linear interpolation between the two centres around it
// puts the nearest of the band's levels.
double cells_from_level(const Raster& raster, const Isoband& band, const BngPoint& vertex) {
    const auto& grid = raster.grid;
    const double x = (vertex.easting_m - grid.south_west.easting_m) / grid.cell_m - 0.5;
    const double y = (vertex.northing_m - grid.south_west.northing_m) / grid.cell_m - 0.5;
    const bool eastward = std::abs(y - std::round(y)) < 1e-6;
    const int column = static_cast<int>(eastward ? std::floor(x) : std::round(x));
    const int row = static_cast<int>(eastward ? std::round(y) : std::floor(y));
    const double first = value_at(raster, column, row);
    const double second = value_at(raster, column + (eastward ? 1 : 0), row + (eastward ? 0 : 1));
    const double along = eastward ? x - column : y - row;
    double least = std::numeric_limits<double>::infinity();
    for (const double level : {band.from_per_km2, band.to_per_km2.value_or(band.from_per_km2)}) {
        if (std::min(first, second) <= level && level < std::max(first, second)) {
            least = std::min(least, std::abs((level - first) / (second - first) - along));
        }
    }
    return least;
}

// Everything that isobands.hpp says of bands, for those that are not clipped.
void check_bands(const Raster& raster, const std::vector<double>& levels) {
    const auto bands = isobands(raster, levels);
    REQUIRE(bands.size() == levels.size());
    const double moved = static_cast<double>(levels.size() + 1) / 1000 + 1e-9;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const auto& band = bands[i];
        REQUIRE(band.from_per_km2 == levels[i]);
        REQUIRE(band.to_per_km2 ==
                (i + 1 < levels.size() ? std::optional(levels[i + 1]) : std::nullopt));
        REQUIRE(is_valid(band.outline));
        const double tolerance = tolerance_km2(raster, band.from_per_km2) +
                                 (band.to_per_km2 ? tolerance_km2(raster, *band.to_per_km2) : 0);
        REQUIRE(std::abs(area_km2(band.outline) - cells_of_km2(raster, band)) <= tolerance + 1e-12);
        const auto map = drawn(band.outline, raster.grid);
        for_each_cell(raster.grid, [&](CellIndex cell) {
            REQUIRE((at(map, cell) != '.') == holds(band, raster.values[raster.grid.offset(cell)]));
        });
        for (const auto& polygon : band.outline) {
            for (const auto& vertex : polygon.exterior) {
                REQUIRE(cells_from_level(raster, band, vertex) <= moved);
            }
            for (const auto& hole : polygon.holes) {
                for (const auto& vertex : hole) {
                    REQUIRE(cells_from_level(raster, band, vertex) <= moved);
                }
            }
        }
    }
}

Raster random_field(std::mt19937& random, int highest) {
    std::uniform_int_distribution<int> size(1, 24);
    Raster raster{{{431'000, 287'000}, 10, size(random), size(random)}, {}};
    std::uniform_int_distribution<int> value(0, highest);
    std::generate_n(std::back_inserter(raster.values), raster.grid.size(),
                    [&] { return static_cast<double>(value(random)); });
    return raster;
}

Raster city_density(unsigned seed) {
    return density(clustered(seed, 3000), city, Kernel::quartic, 300);
}

double overlap_km2(const Isoband& a, const Isoband& b) {
    return area_km2(intersection(a.outline, b.outline));
}

} // namespace

TEST_CASE("A peak becomes a ring around a middle, each where linear interpolation puts it") {
    // Among zeros a 4: level 1 lies three quarters of the way to each neighbour, level 2 half.
    const auto raster = raster_of({"...", ".4.", "..."}, 10);
    const auto bands = isobands(raster, std::vector{1.0, 2.0});
    REQUIRE(bands.size() == 2);
    const Ring<BngPoint> outer{{15, 7.5}, {22.5, 15}, {15, 22.5}, {7.5, 15}, {15, 7.5}};
    const Ring<BngPoint> inner{{15, 10}, {20, 15}, {15, 20}, {10, 15}, {15, 10}};
    REQUIRE(bands[0].outline.size() == 1);
    CHECK(bands[0].outline[0].exterior == outer);
    REQUIRE(bands[0].outline[0].holes.size() == 1);
    CHECK(bands[0].outline[0].holes[0] == Ring<BngPoint>(inner.rbegin(), inner.rend()));
    CHECK(bands[0].to_per_km2 == 2.0);
    REQUIRE(bands[1].outline.size() == 1);
    CHECK(bands[1].outline[0].exterior == inner);
    CHECK_FALSE(bands[1].to_per_km2);
    CHECK(area_km2(bands[0].outline) == Approx(62.5e-6));
}

TEST_CASE("A basin inside a band is the middle of another band, islands in it included") {
    const Map field{"9999999", "9.....9", "9.999.9", "9.9.9.9", "9.999.9", "9.....9", "9999999"};
    const auto raster = raster_of(field, 10);
    const auto bands = isobands(raster, std::vector{3.0, 6.0});
    // Outside the wall, within it, around the island, within the island.
    CHECK(bands[0].outline.size() == 4);
    CHECK(bands[1].outline.size() == 2);
    check_bands(raster, {3.0, 6.0});
}

TEST_CASE("Values exactly at several levels, plateaus and chequerboards give valid bands") {
    const std::vector<double> levels{1, 2, 3, 4, 5, 6, 7, 8};
    check_bands(raster_of({"33333", "35353", "33333", "35353", "33333"}, 10), levels);
    check_bands(raster_of({"33333", "33333", "33333"}, 10), levels);
    check_bands(raster_of({"5.5.5", ".5.5.", "5.5.5", ".5.5."}, 10), levels);
    check_bands(raster_of({"9.9.9", ".9.9.", "9.9.9", ".9.9."}, 10), levels);
    check_bands(raster_of({"1234", "2345", "3456", "4567"}, 10), levels);
    check_bands(raster_of({"9"}, 10), levels);
}

TEST_CASE(
    "Any field gives valid bands that hold their cells, with levels among the values or not") {
    std::mt19937 random(31);
    for (int i = 0; i < 150; ++i) {
        const auto raster = random_field(random, i % 2 == 0 ? 4 : 1000);
        check_bands(raster, {0.5, 1, 2, 2.5, 3, 100, 500, 500.001});
        check_bands(raster, {1, 2, 3});
    }
}

TEST_CASE("Levels that a cliff crosses at one place keep their order there") {
    std::vector<double> levels;
    for (int i = 1; i <= 64; ++i) {
        levels.push_back(i * 1e-9);
    }
    const auto raster = raster_of({".....", ".9.9.", ".....", ".999.", "....."}, 10);
    check_bands(raster, levels);
    auto high = raster;
    std::ranges::for_each(levels, [](double& level) { level = 9 - 1e-9 * (65 - level * 1e9); });
    check_bands(high, levels);
}

TEST_CASE("Bands of a density are what GEOS cuts out of the regions above their levels") {
    for (const unsigned seed : {61U, 62U, 63U}) {
        const auto raster = city_density(seed);
        const std::vector<double> levels{5, 17, 50, 120};
        const auto bands = isobands(raster, levels);
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const auto above = region_above(raster, levels[i]);
            const auto higher = i + 1 < levels.size() ? region_above(raster, levels[i + 1])
                                                      : MultiPolygon<BngPoint>();
            REQUIRE(!above.empty());
            CHECK(area_km2(bands[i].outline) == Approx(area_km2(above) - area_km2(higher)));
            CHECK(area_km2(intersection(bands[i].outline, above)) ==
                  Approx(area_km2(bands[i].outline)));
            for (std::size_t j = 0; j < i; ++j) {
                CHECK(overlap_km2(bands[i], bands[j]) < 1e-12);
            }
        }
        CHECK(total_km2(bands) == Approx(area_km2(region_above(raster, levels[0]))));
    }
}

TEST_CASE("Within a study area bands stay valid, apart and whole") {
    const std::vector<double> levels{2, 5, 10, 20, 50, 100};
    for (const unsigned seed : {64U, 65U}) {
        const auto raster = city_density(seed);
        const auto bands = isobands_in(octagon, raster, levels);
        REQUIRE(bands.size() == levels.size());
        for (std::size_t i = 0; i < bands.size(); ++i) {
            CHECK(is_valid(bands[i].outline));
            CHECK(area_km2(intersection(bands[i].outline, octagon)) ==
                  Approx(area_km2(bands[i].outline)));
            for (std::size_t j = 0; j < i; ++j) {
                CHECK(overlap_km2(bands[i], bands[j]) < 1e-9);
            }
        }
        CHECK(total_km2(bands) ==
              Approx(area_km2(intersection(region_above(raster, levels[0]), octagon))));
        CHECK(total_km2(bands) < total_km2(isobands(raster, levels)));
    }
}

TEST_CASE("Levels above every value give empty bands, and no points give nothing else") {
    const auto raster = raster_of({"12", "21"}, 10);
    const auto bands = isobands(raster, std::vector{1.5, 7.0});
    CHECK(bands[0].outline.size() == 2);
    CHECK(bands[1].outline.empty());
    const auto nothing = density({}, city, Kernel::quartic, 300);
    for (const auto& band : isobands_in(octagon, nothing, std::vector{1.0, 2.0})) {
        CHECK(band.outline.empty());
    }
    CHECK(isobands(Raster{}, std::vector{1.0}).at(0).outline.empty());
}

TEST_CASE("Levels that are none are refused") {
    const auto raster = raster_of({"12", "21"}, 10);
    const double infinity = std::numeric_limits<double>::infinity();
    for (const auto& bad : std::vector<std::vector<double>>{
             {}, {0}, {-1}, {std::nan("")}, {infinity}, {2, 1}, {1, 1}, {1, infinity}}) {
        CHECK_THROWS_AS(isobands(raster, bad), std::invalid_argument);
    }
    std::vector<double> many(65);
    std::iota(many.begin(), many.end(), 1.0);
    CHECK_THROWS_WITH(isobands(raster, many), Catch::Contains("65"));
}

TEST_CASE("The values that quantiles are taken of are those above zero in the study area") {
    const auto raster = raster_of({"1230", "4506"}, 10);
    CHECK(values_above_zero(raster, {rectangle(0, 0, 30, 20)}) ==
          std::vector<double>{1, 2, 3, 4, 5});
    CHECK(values_above_zero(raster, {rectangle(30, 0, 40, 20)}) == std::vector<double>{6});
    CHECK(values_above_zero(raster, {rectangle(30, 10, 40, 20)}).empty());
}

TEST_CASE("Quantile levels are the inverse of the values' distribution, each level once") {
    // As R's quantile(x, type = 1).
    const std::vector<double> ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    CHECK(quantile_levels(ten, std::vector{0.05, 0.1, 0.5, 0.51, 0.7, 0.95}) ==
          std::vector<double>{1, 5, 6, 7, 10});
    std::vector<double> hundred(100);
    std::iota(hundred.begin(), hundred.end(), 1.0);
    CHECK(quantile_levels(hundred, std::vector{0.07, 0.29, 0.57}) ==
          std::vector<double>{7, 29, 57}); // 0.07 x 100 is 7.000000000000001
    CHECK(quantile_levels(std::vector{2.0, 2.0, 2.0, 8.0}, std::vector{0.2, 0.6, 0.9}) ==
          std::vector<double>{2, 8});
    CHECK(quantile_levels({}, std::vector{0.5}).empty());
    CHECK(quantile_levels(std::vector{1 / 3.0}, std::vector{0.5}) == std::vector{0.333333});
    CHECK(quantile_levels(std::vector{1.23456789e-12}, std::vector{0.5}) ==
          std::vector{1.23457e-12});
}

TEST_CASE("Round levels are of the series 1, 2, 5 and below the peak") {
    CHECK(round_levels(730, 6) == std::vector<double>{10, 20, 50, 100, 200, 500});
    CHECK(round_levels(999, 6) == round_levels(501, 6));
    CHECK(round_levels(500, 3) == std::vector<double>{50, 100, 200});
    CHECK(round_levels(1, 3) == std::vector{0.1, 0.2, 0.5});
    CHECK(round_levels(1000.1, 1) == std::vector<double>{1000});
    CHECK(round_levels(0.3, 4) == std::vector{0.02, 0.05, 0.1, 0.2});
    CHECK(round_levels(0, 6).empty());
    CHECK(round_levels(5, 0).empty());
}
