// Oracles: R 4.2.2 and spdep 1.2.7 through local_statistics_oracle.R; the form for any places
// (geo/local_statistics.hpp), which has its own published ones, on random fields.
#include "geo/cell_statistics.hpp"
#include "geo/local_statistics.hpp"
#include "tests/catch.hpp"
#include "tests/geo/local_statistics_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <stdexcept>

using namespace hotspots::geo;
namespace figures = hotspots::tests::figures;

namespace {

constexpr int field_columns = 9;
constexpr int field_rows = 7;

CellLattice lattice_of(CellShape shape, int columns, int rows) {
    return {shape, 150, 3000, 2000, columns, rows};
}

std::vector<std::uint8_t> everywhere(const CellLattice& lattice) {
    return std::vector<std::uint8_t>(lattice.size(), 1);
}

std::vector<std::uint32_t> r_field() {
    std::vector<std::uint32_t> counts;
    for (const double count : figures::field) {
        counts.push_back(static_cast<std::uint32_t>(count));
    }
    return counts;
}

struct RandomField {
    CellLattice lattice;
    std::vector<std::uint8_t> in_area;
    std::vector<std::uint32_t> counts;
};

RandomField random_field(CellShape shape, unsigned seed, double share_in_area) {
    std::mt19937 random(seed);
    RandomField field{lattice_of(shape, 23, 17), {}, {}};
    std::bernoulli_distribution inside(share_in_area);
    std::poisson_distribution<std::uint32_t> few(0.3);
    std::bernoulli_distribution hot(0.03);
    for (std::size_t i = 0; i < field.lattice.size(); ++i) {
        field.in_area.push_back(inside(random) ? 1 : 0);
        field.counts.push_back(few(random) + (hot(random) ? 12 : 0));
    }
    return field;
}

// By the form for any places, at the centres of the study area's cells.
std::vector<double> plain(const RandomField& field, double band_m) {
    std::vector<BngPoint> places;
    std::vector<double> values;
    for (std::size_t i = 0; i < field.counts.size(); ++i) {
        if (field.in_area[i] != 0) {
            places.push_back(field.lattice.centre(field.lattice.cell(i)));
            values.push_back(field.counts[i]);
        }
    }
    const auto z = gi_star(places, values, band_m * (1 + 1e-9));
    std::vector<double> all(field.counts.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = field.in_area[i] != 0 ? z[next++] : 0;
    }
    return all;
}

double worst_difference(const std::vector<double>& found, const std::vector<double>& expected) {
    REQUIRE(found.size() == expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE(std::isfinite(found[i]));
        worst = std::max(worst, std::abs(found[i] - expected[i]));
    }
    return worst;
}

} // namespace

TEST_CASE("Gi* on a lattice is spdep's localG: touching squares, a disc, a ring of hexagons") {
    const auto squares = lattice_of(CellShape::square, field_columns, field_rows);
    const auto hexagons = lattice_of(CellShape::hexagon, field_columns, field_rows);
    const auto z = [&](const CellLattice& lattice, double band_m) {
        return gi_star(lattice, everywhere(lattice), r_field(),
                       neighbours_within(lattice.shape, lattice.cell_m, band_m));
    };
    CHECK(worst_difference(z(squares, usual_band_m(CellShape::square, 150)),
                           figures::gi_star_queen) <= 1e-12);
    CHECK(worst_difference(z(squares, 2.5 * 150), figures::gi_star_disc) <= 1e-12);
    CHECK(worst_difference(z(hexagons, usual_band_m(CellShape::hexagon, 150)),
                           figures::gi_star_hexagons) <= 1e-12);
}

TEST_CASE("Gi* by sums over runs is the plain form, on random fields with holes") {
    const auto shape = GENERATE(CellShape::square, CellShape::hexagon);
    const double share_in_area = GENERATE(1.0, 0.7, 0.1);
    const double band_cells =
        GENERATE(0.0, 1.0, std::numbers::sqrt2, std::numbers::sqrt3, 3.7, 60.0);
    const auto field = random_field(shape, GENERATE(7U, 8U), share_in_area);
    const double band_m = band_cells * field.lattice.cell_m;
    CAPTURE(share_in_area, band_cells);
    const auto found = gi_star(field.lattice, field.in_area, field.counts,
                               neighbours_within(shape, field.lattice.cell_m, band_m));
    CHECK(worst_difference(found, plain(field, std::max(band_m, 1e-3))) <= 1e-10);
}

TEST_CASE("Gi* of a constant field is 0, and of an area of no cell, one or two it is a number") {
    const auto lattice = lattice_of(GENERATE(CellShape::square, CellShape::hexagon), 8, 6);
    const auto neighbours = neighbours_within(lattice.shape, 150, 300);
    const auto constant =
        std::vector<std::uint32_t>(lattice.size(), GENERATE(0U, 1U, 3U, 4294967295U));
    for (const double z : gi_star(lattice, everywhere(lattice), constant, neighbours)) {
        CHECK(z == 0);
    }
    for (const std::size_t cells : {0U, 1U, 2U}) {
        std::vector<std::uint8_t> in_area(lattice.size());
        std::fill_n(in_area.begin() + 10, cells, std::uint8_t{1});
        std::vector<std::uint32_t> counts(lattice.size());
        counts[10] = 5;
        for (const double z : gi_star(lattice, in_area, counts, neighbours)) {
            CHECK(std::isfinite(z));
        }
    }
}

TEST_CASE("Counts outside the study area change nothing") {
    auto field = random_field(CellShape::square, 3, 0.6);
    const auto neighbours = neighbours_within(CellShape::square, 150, 300);
    const auto before = gi_star(field.lattice, field.in_area, field.counts, neighbours);
    for (std::size_t i = 0; i < field.counts.size(); ++i) {
        field.counts[i] += field.in_area[i] != 0 ? 0U : 100U;
    }
    CHECK(gi_star(field.lattice, field.in_area, field.counts, neighbours) == before);
}

TEST_CASE("A cell's neighbours are the cells whose outlines touch it") {
    using Runs = std::vector<Neighbourhood::Run>;
    const auto queen =
        neighbours_within(CellShape::square, 150, usual_band_m(CellShape::square, 150));
    CHECK(queen.of_row[0] == Runs{{-1, -1, 1}, {0, -1, 1}, {1, -1, 1}});
    CHECK(queen.of_row[1] == queen.of_row[0]);
    const auto ring =
        neighbours_within(CellShape::hexagon, 99.7, usual_band_m(CellShape::hexagon, 99.7));
    CHECK(ring.of_row[0] == Runs{{-1, -1, 0}, {0, -1, 1}, {1, -1, 0}});
    CHECK(ring.of_row[1] == Runs{{-1, 0, 1}, {0, -1, 1}, {1, 0, 1}});
    const double bad = GENERATE(-1.0, 150'001.0, std::numeric_limits<double>::quiet_NaN());
    CHECK_THROWS_WITH(neighbours_within(CellShape::square, 150, bad), Catch::Contains("the band"));
}

TEST_CASE("Each point counts once: in its cell, or as beyond the study area") {
    const auto shape = GENERATE(CellShape::square, CellShape::hexagon);
    const auto lattice = lattice_covering({{0, 0}, {3000, 2000}}, shape, 150);
    std::mt19937 random(9);
    std::uniform_real_distribution<double> east(-300, 3300);
    std::vector<BngPoint> points;
    for (int i = 0; i < 2000; ++i) {
        points.push_back({east(random), east(random)});
    }
    auto in_area = everywhere(lattice);
    std::fill_n(in_area.begin(), lattice.columns * 5, std::uint8_t{0});
    const auto found = count_in_cells(lattice, in_area, points);
    std::size_t sum = found.beyond;
    for (std::size_t i = 0; i < lattice.size(); ++i) {
        sum += found.counts[i];
        CHECK((in_area[i] != 0 || found.counts[i] == 0));
    }
    CHECK(sum == points.size());
    CHECK(found.beyond > 0);
    CHECK(found.beyond < points.size());
}

TEST_CASE(
    "Cells rank by count, ties by z, then from the south and the west; empty ones not at all") {
    const std::vector<std::uint32_t> counts{0, 2, 5, 2, 0, 2, 2};
    const std::vector<double> z{9, 1, 0, 2, 9, 1, 1};
    CHECK(ranked_cells(counts, z) == std::vector<std::uint32_t>{2, 3, 1, 5, 6});
}

TEST_CASE("The capture curve's steps hold what the first cells hold") {
    std::vector<std::uint32_t> counts(60, 1);
    counts[10] = 30;
    counts[20] = 12;
    counts[59] = 0;
    const auto ranked = ranked_cells(counts, std::vector<double>(counts.size()));
    CHECK(capture_curve(ranked, counts) ==
          std::vector<CaptureStep>{
              {1, 30}, {2, 42}, {5, 45}, {10, 50}, {20, 60}, {50, 90}, {59, 99}});
    CHECK(capture_curve({}, counts).empty());
    CHECK(capture_curve(std::vector<std::uint32_t>{20}, counts) ==
          std::vector<CaptureStep>{{1, 12}});
}
