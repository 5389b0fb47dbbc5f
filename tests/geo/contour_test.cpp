#include "geo/contour.hpp"
#include "geo/geos.hpp"
#include "tests/catch.hpp"
#include "tests/geo/ascii_map.hpp"
#include "tests/sanitized.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

constexpr double cell_m = 10;

// How many cells are above the level, and how long their outline is: the oracle for the area.
struct CellCount {
    double area_km2 = 0;
    double outline_m = 0;
};

CellCount count_above(const Raster& raster, double level) {
    const auto& grid = raster.grid;
    const auto above = [&](int column, int row) {
        return column >= 0 && row >= 0 && column < grid.columns && row < grid.rows &&
               raster.values[grid.offset({column, row})] > level;
    };
    CellCount count;
    for_each_cell(grid, [&](CellIndex cell) {
        if (above(cell.column, cell.row)) {
            count.area_km2 += grid.cell_area_km2();
            for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                count.outline_m += above(cell.column + dx, cell.row + dy) ? 0 : grid.cell_m;
            }
        }
    });
    return count;
}

// Checks a region against the cells it was made from, by GEOS and by counting.
void check_region(const Raster& raster, double level) {
    const auto region = region_above(raster, level);
    REQUIRE(is_valid(region));
    const auto cells = count_above(raster, level);
    const double tolerance_km2 = 0.5 * raster.grid.cell_m * cells.outline_m / 1e6;
    REQUIRE(std::abs(area_km2(region) - cells.area_km2) <= tolerance_km2 + 1e-12);
    const auto map = drawn(region, raster.grid);
    for_each_cell(raster.grid, [&](CellIndex cell) {
        REQUIRE((at(map, cell) != '.') == (raster.values[raster.grid.offset(cell)] > level));
    });
    for (const auto& polygon : region) {
        for (const auto& vertex : polygon.exterior) {
            REQUIRE(std::isfinite(vertex.easting_m + vertex.northing_m));
        }
    }
}

Raster random_field(std::mt19937& random, int values) {
    std::uniform_int_distribution<int> size(1, 24);
    Raster raster{{{431'000, 287'000}, cell_m, size(random), size(random)}, {}};
    std::uniform_int_distribution<int> value(0, values);
    std::generate_n(std::back_inserter(raster.values), raster.grid.size(),
                    [&] { return static_cast<double>(value(random)); });
    return raster;
}

Raster smooth_field(std::mt19937& random) {
    std::uniform_real_distribution<double> place(50, 550);
    std::uniform_real_distribution<double> width(20, 90);
    Raster raster{{{0, 0}, cell_m, 60, 60}, std::vector<double>(3600, 0.0)};
    for (int bump = 0; bump < 6; ++bump) {
        const BngPoint top{place(random), place(random)};
        const double width_m = width(random);
        for_each_cell(raster.grid, [&](CellIndex cell) {
            const auto centre = raster.grid.centre(cell);
            const double d =
                std::hypot(centre.easting_m - top.easting_m, centre.northing_m - top.northing_m);
            raster.values[raster.grid.offset(cell)] += std::exp(-d * d / (2 * width_m * width_m));
        });
    }
    return raster;
}

} // namespace

TEST_CASE("Polygons hold the centres above the level and no others") {
    const Map field{"..........", ".9999..77.", ".9..9..77.",
                    ".9..9.....", ".9999...3.", ".........."};
    // Ordered by the southern edge: the ring's lies 2/9, the 3's 2/3 of a cell above the row below.
    const Map expected{"..........", ".aaaa..cc.", ".a..a..cc.",
                       ".a..a.....", ".aaaa...b.", ".........."};
    const auto raster = raster_of(field, cell_m);
    const auto region = region_above(raster, 2);
    REQUIRE(region.size() == 3);
    CHECK(drawn(region, raster.grid) == expected);
    CHECK(region[0].holes.size() == 1);
    CHECK(region[1].holes.empty());
    check_region(raster, 2);
}

TEST_CASE("The contour lies where linear interpolation between centres puts it") {
    // One cell of 4 among zeros at level 1: three quarters of the way to each neighbour's centre.
    const auto raster = raster_of({"...", ".4.", "..."}, cell_m);
    const auto region = region_above(raster, 1);
    REQUIRE(region.size() == 1);
    const Ring<BngPoint> diamond{{15, 7.5}, {22.5, 15}, {15, 22.5}, {7.5, 15}, {15, 7.5}};
    CHECK(region[0].exterior == diamond);
}

TEST_CASE("Cells beyond the raster count as zero, so regions close at its edge") {
    const auto raster = raster_of({"4"}, cell_m);
    const auto region = region_above(raster, 2);
    REQUIRE(region.size() == 1);
    CHECK(region[0].exterior == Ring<BngPoint>{{5, 0}, {10, 5}, {5, 10}, {0, 5}, {5, 0}});
    check_region(raster_of({"99", "99"}, cell_m), 1);
}

TEST_CASE("A saddle is joined where the mean of its corners is above the level, else cut") {
    const auto joined = raster_of({"....", ".92.", ".29.", "...."}, cell_m);
    const auto cut = raster_of({"....", ".41.", ".14.", "...."}, cell_m);
    CHECK(region_above(joined, 3).size() == 1);
    CHECK(region_above(cut, 3).size() == 2);
    check_region(joined, 3);
    check_region(cut, 3);
}

TEST_CASE("A lake in an island in a lake belongs to the island") {
    const Map field{"9999999", "9.....9", "9.999.9", "9.9.9.9", "9.999.9", "9.....9", "9999999"};
    const auto raster = raster_of(field, cell_m);
    const auto region = region_above(raster, 4.5);
    REQUIRE(region.size() == 2);
    CHECK(region[0].holes.size() == 1);
    CHECK(region[1].holes.size() == 1);
    CHECK(area_km2({region[1]}) < area_km2({region[0]}));
    check_region(raster, 4.5);
}

TEST_CASE("Values exactly at the level, plateaus and chequerboards give valid polygons") {
    check_region(raster_of({"33333", "35353", "33333", "35353", "33333"}, cell_m), 3);
    check_region(raster_of({"33333", "33333", "33333"}, cell_m), 3);
    check_region(raster_of({"5.5.5", ".5.5.", "5.5.5", ".5.5."}, cell_m), 2.5);
    check_region(raster_of({"5.5.5", ".5.5.", "5.5.5", ".5.5."}, cell_m), 2);
    check_region(raster_of({"1234", "2345", "3456", "4567"}, cell_m), 4);
}

TEST_CASE(
    "Any field gives valid polygons with the area of its cells, within half a cell of outline") {
    std::mt19937 random(21);
    for (int i = 0; i < (hotspots::tests::is_sanitized ? 40 : 300); ++i) {
        const auto raster = random_field(random, i % 2 == 0 ? 4 : 1000);
        for (const double level : {0.5, 1.0, 2.0, 3.0, 500.0}) {
            check_region(raster, level);
        }
    }
}

TEST_CASE("On smooth fields the area is right within half a cell of the polygons' own boundary") {
    std::mt19937 random(22);
    for (int i = 0; i < (hotspots::tests::is_sanitized ? 6 : 30); ++i) {
        const auto raster = smooth_field(random);
        for (const double level : {0.2, 0.5, 0.9}) {
            const auto region = region_above(raster, level);
            const double difference =
                std::abs(area_km2(region) - count_above(raster, level).area_km2);
            REQUIRE(difference <= 0.5 * cell_m * boundary_length_m(region) / 1e6);
            check_region(raster, level);
        }
    }
}

TEST_CASE("A region lies within the region of any lower level") {
    std::mt19937 random(23);
    for (int i = 0; i < 40; ++i) {
        const auto raster = smooth_field(random);
        auto outer = region_above(raster, 0.1);
        for (const double level : {0.3, 0.6, 1.0}) {
            const auto inner = region_above(raster, level);
            REQUIRE(area_km2(inner) <= area_km2(outer));
            if (!inner.empty()) {
                REQUIRE(area_km2(intersection(inner, outer)) == Approx(area_km2(inner)));
            }
            outer = inner;
        }
    }
}

TEST_CASE("Exteriors run counterclockwise, holes clockwise, in order from the south-west") {
    std::mt19937 random(24);
    const auto turn = [](const Ring<BngPoint>& ring) {
        double twice = 0;
        for (std::size_t i = 1; i < ring.size(); ++i) {
            twice += (ring[i - 1].easting_m - ring[0].easting_m) *
                         (ring[i].northing_m - ring[0].northing_m) -
                     (ring[i].easting_m - ring[0].easting_m) *
                         (ring[i - 1].northing_m - ring[0].northing_m);
        }
        return twice;
    };
    for (int i = 0; i < 20; ++i) {
        const auto region = region_above(random_field(random, 3), 1);
        double south = -std::numeric_limits<double>::infinity();
        for (const auto& polygon : region) {
            CHECK(turn(polygon.exterior) > 0);
            for (const auto& hole : polygon.holes) {
                CHECK(turn(hole) < 0);
            }
            CHECK(bounds<BngPoint>({polygon}).min.northing_m >= south);
            south = bounds<BngPoint>({polygon}).min.northing_m;
        }
    }
}

TEST_CASE("Equal fields give equal bytes") {
    std::mt19937 random(25);
    const auto raster = random_field(random, 5);
    CHECK(region_above(raster, 2) == region_above(Raster(raster), 2));
}

TEST_CASE("Nothing above the level gives no polygons, and a level of zero is refused") {
    const auto raster = raster_of({"12", "21"}, cell_m);
    CHECK(region_above(raster, 2).empty());
    CHECK(region_above(Raster{}, 2).empty());
    CHECK_THROWS_AS(region_above(raster, 0), std::invalid_argument);
    CHECK_THROWS_AS(region_above(raster, std::nan("")), std::invalid_argument);
}
