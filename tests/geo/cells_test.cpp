// Oracle: GEOS, for which cells touch an area (intersection of each cell with it).
#include "geo/cells.hpp"
#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "tests/catch.hpp"
#include "tests/geo/ascii_map.hpp"
#include "tests/sanitized.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <stdexcept>

using namespace hotspots::geo;
using hotspots::tests::rectangle;

namespace {

CellLattice lattice_for(CellShape shape, double cell_m) {
    return lattice_covering({{458'010, 304'020}, {459'990, 305'970}}, shape, cell_m);
}

template <class Use>
void for_each_cell(const CellLattice& lattice, Use use) {
    for (std::size_t offset = 0; offset < lattice.size(); ++offset) {
        use(lattice.cell(offset), offset);
    }
}

MultiPolygon<BngPoint> area_of(const CellLattice& lattice, CellIndex cell) {
    return {{lattice.outline(cell), {}}};
}

// A star with a hole, its corners at random distances from the centre.
MultiPolygon<BngPoint> star(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> radius(250, 900);
    Polygon<BngPoint> polygon;
    for (int i = 0; i < 24; ++i) {
        const double angle = i * 2 * M_PI / 24;
        const double r = radius(random);
        polygon.exterior.push_back({459'000 + r * std::cos(angle), 305'000 + r * std::sin(angle)});
    }
    polygon.exterior.push_back(polygon.exterior.front());
    polygon.holes.push_back(
        {{458'900, 304'950}, {459'100, 304'900}, {459'050, 305'120}, {458'900, 304'950}});
    return {polygon};
}

} // namespace

TEST_CASE("A cell's centre is found in it, and its outline has the area of a cell") {
    const auto shape = GENERATE(CellShape::square, CellShape::hexagon);
    const double cell_m = GENERATE(150.0, 99.7);
    const auto lattice = lattice_for(shape, cell_m);
    for_each_cell(lattice, [&](CellIndex cell, std::size_t offset) {
        CHECK(lattice.offset(cell) == offset);
        CHECK(lattice.find(lattice.centre(cell)) == cell);
        CHECK(contains(lattice.outline(cell), lattice.centre(cell)));
    });
    CHECK(area_km2(area_of(lattice, {3, 2})) == Approx(lattice.cell_area_km2()).epsilon(1e-9));
    CHECK(area_km2(area_of(lattice, {3, 3})) == Approx(lattice.cell_area_km2()).epsilon(1e-9));
}

TEST_CASE("Cells leave no gap and do not overlap: each point lies in the one that is found") {
    const auto shape = GENERATE(CellShape::square, CellShape::hexagon);
    const auto lattice = lattice_for(shape, GENERATE(150.0, 99.7));
    std::mt19937 random(5);
    std::uniform_real_distribution<double> east(458'010, 459'990);
    std::uniform_real_distribution<double> north(304'020, 305'970);
    for (int i = 0; i < (hotspots::tests::is_sanitized ? 30 : 300); ++i) {
        const BngPoint point{east(random), north(random)};
        const auto found = lattice.find(point);
        REQUIRE(found);
        for_each_cell(lattice, [&](CellIndex cell, std::size_t) {
            REQUIRE(contains(lattice.outline(cell), point) == (cell == *found));
        });
    }
}

TEST_CASE("Neighbours share their corners to the last bit") {
    const auto shape = GENERATE(CellShape::square, CellShape::hexagon);
    const auto lattice = lattice_for(shape, GENERATE(150.0, 99.7));
    std::map<std::pair<double, double>, int> corners;
    for_each_cell(lattice, [&](CellIndex cell, std::size_t) {
        const auto outline = lattice.outline(cell);
        for (std::size_t i = 1; i < outline.size(); ++i) {
            ++corners[{outline[i].easting_m, outline[i].northing_m}];
        }
    });
    // Inside the lattice a corner belongs to four squares, or three hexagons.
    const int full = shape == CellShape::square ? 4 : 3;
    const double margin = 2 * lattice.cell_m;
    for (const auto& [corner, cells] : corners) {
        const bool inside = corner.first > 458'010 + margin && corner.first < 459'990 - margin &&
                            corner.second > 304'020 + margin && corner.second < 305'970 - margin;
        CHECK((!inside || cells == full));
    }
}

TEST_CASE(
    "Corners of squares and centres of hexagons are multiples of the cell, wherever the extent") {
    const auto squares = lattice_for(CellShape::square, 150);
    const auto corner = squares.outline({0, 0}).front();
    CHECK(std::fmod(corner.easting_m, 150) == 0);
    CHECK(std::fmod(corner.northing_m, 150) == 0);
    for (const auto shape : {CellShape::square, CellShape::hexagon}) {
        const auto all = lattice_for(shape, 150);
        const auto part = lattice_covering({{459'333, 305'111}, {459'700, 305'500}}, shape, 150);
        const BngPoint point{459'512, 305'333};
        CHECK(part.outline(part.find(point).value()) == all.outline(all.find(point).value()));
    }
}

TEST_CASE("A point on a border is in one cell; of squares in the one to the north or east") {
    const auto squares = lattice_for(CellShape::square, 150);
    const CellIndex cell{4, 5};
    const auto ring = squares.outline(cell);
    CHECK(squares.find(ring[0]) == cell);
    CHECK(squares.find({ring[0].easting_m + 70, ring[0].northing_m}) == cell);
    CHECK(squares.find(ring[1]) == CellIndex{5, 5});
    CHECK(squares.find(ring[2]) == CellIndex{5, 6});
    const auto hexagons = lattice_for(CellShape::hexagon, 150);
    for (const auto& corner : hexagons.outline(cell)) {
        const auto found = hexagons.find(corner);
        REQUIRE(found);
        CHECK(std::abs(found->row - cell.row) <= 1);
        CHECK(std::abs(found->column - cell.column) <= 1);
    }
}

TEST_CASE("Points beyond the lattice, and what is no point, are in no cell") {
    const auto lattice = lattice_for(GENERATE(CellShape::square, CellShape::hexagon), 150);
    const double bad = GENERATE(-1e300, 0.0, 1e300, std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN());
    CHECK_FALSE(lattice.find({bad, 305'000}));
    CHECK_FALSE(lattice.find({459'000, bad}));
}

TEST_CASE("The cells that touch an area are those that GEOS intersects with it") {
    const auto shape = GENERATE(CellShape::square, CellShape::hexagon);
    const double cell_m = hotspots::tests::is_sanitized ? GENERATE(310.0) : GENERATE(150.0, 60.3);
    const auto area = star(GENERATE(1U, 2U, 3U));
    const auto lattice = lattice_covering({{457'900, 303'900}, {460'100, 306'100}}, shape, cell_m);
    const auto touching = cells_touching(lattice, area);
    int differing = 0;
    for_each_cell(lattice, [&](CellIndex cell, std::size_t offset) {
        const bool expected = !intersection(area_of(lattice, cell), area).empty();
        differing += (touching[offset] == 1) != expected;
    });
    CHECK(differing == 0);
    CHECK(std::count(touching.begin(), touching.end(), 1) > 20);
}

TEST_CASE("A cell that shares a border or a corner alone touches as well") {
    // Four cells by three, cut along their borders.
    const auto area = rectangle(300, 450, 900, 900);
    const auto lattice =
        lattice_covering(bounds(MultiPolygon<BngPoint>{area}), CellShape::square, 150);
    CHECK(lattice.columns == 6);
    CHECK(lattice.rows == 5);
    const auto touching = cells_touching(lattice, {area});
    CHECK(std::count(touching.begin(), touching.end(), 1) == 30);
}

TEST_CASE("A triangle's cells, as a map") {
    const Polygon<BngPoint> triangle{{{55, 55}, {645, 55}, {55, 445}, {55, 55}}, {}};
    const auto lattice = lattice_covering({{0.5, 0.5}, {699.5, 499.5}}, CellShape::square, 100);
    const auto touching = cells_touching(lattice, {triangle});
    hotspots::tests::Map drawn;
    for (int row = lattice.rows - 1; row >= 0; --row) {
        auto& line = drawn.emplace_back();
        for (int column = 0; column < lattice.columns; ++column) {
            line.push_back(touching[lattice.offset({column, row})] == 1 ? '#' : '.');
        }
    }
    CHECK(drawn == hotspots::tests::Map{
                       "##.....", //
                       "###....", //
                       "#####..", //
                       "######.", //
                       "#######",
                   });
}

TEST_CASE("No area touches no cell; an area of no width touches those along it") {
    const auto lattice = lattice_for(GENERATE(CellShape::square, CellShape::hexagon), 150);
    const auto none = cells_touching(lattice, {});
    CHECK(std::count(none.begin(), none.end(), 1) == 0);
    const BngPoint a{458'100, 304'500};
    const BngPoint b{459'700, 305'200};
    const auto along = cells_touching(lattice, {{{a, b, a}, {}}});
    CHECK(along[lattice.offset(lattice.find(a).value())] == 1);
    CHECK(along[lattice.offset(lattice.find(b).value())] == 1);
    CHECK(along[lattice.offset(lattice.find({458'900, 304'850}).value())] == 1);
    CHECK(std::count(along.begin(), along.end(), 1) < 40);
}

TEST_CASE("A lattice that cannot be is refused by name") {
    const Box<BngPoint> box{{0, 0}, {1000, 1000}};
    const double bad = GENERATE(0.0, -150.0, std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN());
    CHECK_THROWS_WITH(lattice_covering(box, CellShape::square, bad), Catch::Contains("the cell"));
    CHECK_THROWS_WITH(lattice_covering({}, CellShape::hexagon, 150), Catch::Contains("empty"));
    CHECK_THROWS_WITH(lattice_covering(box, CellShape::hexagon, 0.01), Catch::Contains("2^24"));
    CHECK_THROWS_AS(lattice_covering({{0, 0}, {std::numeric_limits<double>::infinity(), 1}},
                                     CellShape::square, 150),
                    std::invalid_argument);
    CHECK_THROWS_WITH(lattice_covering({{1e300, 0}, {1e300, 1}}, CellShape::square, 150),
                      Catch::Contains("origin"));
}
