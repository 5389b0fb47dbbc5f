// The collection of cells on the fixture's three clusters, with figures worked out by hand; those
// of larger fields are tested in tests/geo.
#include "geo/crs.hpp"
#include "service/cell_result.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>
#include <random>
#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

const std::string cells_items = "/collections/cells/items?";

// The area of 6 km x 2 km touches 42 x 15 squares of 150 m: it ends on the borders of columns 3040
// and 3079 and of row 2039, and lies across row 2026.
constexpr double squares = 42 * 15;

// Ord & Getis 1995 for a cell that holds `sum` with its eight neighbours, of counts 20, 10 and 3.
double z_of(double sum) {
    const double mean = 33 / squares;
    const double deviation = std::sqrt((400 + 100 + 9) / squares - mean * mean);
    return (sum - 9 * mean) / (deviation * std::sqrt((squares * 9 - 81) / (squares - 1)));
}

SnapshotBuilder scattered(int incidents) {
    std::mt19937 random(4);
    std::uniform_real_distribution<double> east(456'000, 462'000);
    std::uniform_real_distribution<double> north(304'000, 306'000);
    SnapshotBuilder builder;
    for (int i = 0; i < incidents; ++i) {
        const double easting_m = east(random);
        builder.add({{easting_m, north(random)}});
    }
    return builder;
}

} // namespace

TEST_CASE("Cells carry their figures", "[cells]") {
    const Service service(three_clusters().build());
    const auto page = service.json(cells_items);
    const auto& cells = page.at("features");
    REQUIRE(cells.size() == 3);
    const auto& first = cells[0].at("properties");
    CHECK(first.size() == 7);
    CHECK(first.at("rank") == 1);
    CHECK(first.at("incidents") == 20);
    CHECK(first.at("gi_star_z").get<double>() == Approx(z_of(20)).margin(1e-6));
    CHECK(first.at("p").get<double>() ==
          Approx(std::erfc(z_of(20) / std::sqrt(2.0)) / 2).epsilon(1e-3));
    CHECK(first.at("fdr_significant") == true);
    CHECK(first.at("easting") == 456975.0);
    CHECK(first.at("northing") == 305025.0);
    CHECK(cells[1].at("properties").at("fdr_significant") == true);
    CHECK(cells[2].at("properties").at("rank") == 3);
    CHECK(cells[2].at("properties").at("gi_star_z").get<double>() == Approx(z_of(3)).margin(1e-6));
    CHECK(cells[2].at("properties").at("fdr_significant") == false);
}

TEST_CASE("Empty cells are not listed, but count among all", "[cells]") {
    const Service service(three_clusters().build());
    const auto page = service.json(cells_items);
    CHECK(page.at("numberMatched") == 3);
    CHECK(page.at("cells") == 630);
    // The eight empty ones around each of the two clusters have their z.
    CHECK(page.at("fdr_significant") == 18);
    CHECK(page.at("false_discovery_rate") == 0.05);
    CHECK(page.at("cell_m") == 150.0);
    CHECK(page.at("shape") == "square");
    CHECK(page.at("neighbour_band_m").get<double>() == Approx(150 * std::sqrt(2.0)).margin(1e-3));
    CHECK(page.at("period") == "2023-10-01/2025-09-30");
    CHECK(page.at("in_no_cell") == 0);
}

TEST_CASE("The capture curve tells how few cells hold how much", "[cells]") {
    const Service service(three_clusters().build());
    const auto capture = service.json(cells_items + "limit=1").at("capture");
    REQUIRE(capture.size() == 3);
    CHECK(capture[0] == json{{"cells", 1},
                             {"area_km2", 0.0225},
                             {"area_share", 0.001875},
                             {"incidents", 20},
                             {"share", 0.606061}});
    CHECK(capture[1].at("incidents") == 30);
    CHECK(capture[2].at("share") == 1);
    CHECK(Service(SnapshotBuilder().build()).json(cells_items).at("capture") == json::array());
}

TEST_CASE("A square's polygon has the corners of the national grid, a hexagon's six at a distance",
          "[cells]") {
    const Service service(three_clusters().build());
    const auto square = service.json(cells_items).at("features")[0].at("geometry");
    CHECK(square.at("type") == "MultiPolygon");
    const auto& ring = square.at("coordinates")[0][0];
    REQUIRE(ring.size() == 5);
    const auto corner = geo::to_lon_lat(geo::BngPoint{456900, 304950}).value();
    CHECK(ring[0][0].get<double>() == Approx(corner.lon_deg).margin(1e-7));
    CHECK(ring[0][1].get<double>() == Approx(corner.lat_deg).margin(1e-7));

    const auto hexagons = service.json(cells_items + "shape=hexagon&cell=300");
    CHECK(hexagons.at("shape") == "hexagon");
    CHECK(hexagons.at("neighbour_band_m") == 300.0);
    const auto& feature = hexagons.at("features")[0];
    const auto& around = feature.at("geometry").at("coordinates")[0][0];
    REQUIRE(around.size() == 7);
    for (const auto& position : around) {
        const auto at = geo::to_bng(geo::LonLat{position[0], position[1]}).value();
        const auto& centre = feature.at("properties");
        CHECK(std::hypot(at.easting_m - centre.at("easting").get<double>(),
                         at.northing_m - centre.at("northing").get<double>()) ==
              Approx(300 / std::sqrt(3.0)).margin(0.02));
    }
}

TEST_CASE("Every mapped incident lies in one cell, whatever the cells", "[cells]") {
    const Service service(scattered(400).build());
    const auto shape = GENERATE(as<std::string>(), "square", "hexagon");
    const auto cell = GENERATE(as<std::string>(), "25", "150", "333.3", "5000");
    const auto page = service.json(cells_items + "limit=10000&shape=" + shape + "&cell=" + cell);
    std::int64_t sum = page.at("in_no_cell").get<std::int64_t>();
    std::int64_t before = 400;
    std::set<std::string> ids;
    for (const auto& feature : page.at("features")) {
        const auto incidents = feature.at("properties").at("incidents").get<std::int64_t>();
        CHECK(incidents > 0);
        CHECK(incidents <= before);
        before = incidents;
        sum += incidents;
        ids.insert(feature.at("id").get<std::string>());
    }
    CHECK(sum == 400);
    CHECK(page.at("in_no_cell") == 0);
    CHECK(ids.size() == page.at("features").size());
    CHECK(page.at("capture").back().at("incidents") == 400);
    CHECK(page.at("capture").back().at("cells") == page.at("numberMatched"));
}

TEST_CASE("Incidents without a pattern make no significant cell; all in one place a few",
          "[cells]") {
    CHECK(Service(scattered(2000).build()).json(cells_items).at("fdr_significant") == 0);
    const Service one(SnapshotBuilder().add({}, 50).build());
    CHECK(one.json(cells_items).at("fdr_significant") == 9);
}

TEST_CASE("Points less certain than a cell count, and are told", "[cells]") {
    Event vague;
    vague.uncertainty_m = 160;
    const Service service(three_clusters().add(vague, 5).build());
    const auto page = service.json(cells_items);
    CHECK(page.at("less_certain_than_cell") == 5);
    CHECK(page.at("features")[0].at("properties").at("incidents") == 25);
    CHECK(service.json(cells_items + "cell=160").at("less_certain_than_cell") == 0);
}

TEST_CASE("A cell's id is that of its place, whatever it holds", "[cells]") {
    const Service service(three_clusters().build());
    const auto id = [](const Service& from, const std::string& query) {
        return from.json(cells_items + query).at("features")[0].at("id").get<std::string>();
    };
    CHECK(id(service, "") == "square-150-3046-2033");
    CHECK(id(Service(three_clusters().revision(8).add({}, 3).build()), "") == id(service, ""));
    CHECK(id(service, "cell=200") != id(service, ""));
    CHECK(id(service, "shape=hexagon") != id(service, ""));
    const auto one = service.json("/collections/cells/items/square-150-3046-2033");
    CHECK(one.at("properties").at("incidents") == 20);
    service.problem("/collections/cells/items/square-150-3046-2033?cell=200", 404);
    service.problem("/collections/cells/items/square-150-0-0", 404);
}

TEST_CASE("Cells are computed once for all that asks for the same", "[cells]") {
    const Service service(three_clusters().build());
    service.json(cells_items);
    service.json(cells_items + "cell=150.0&shape=square&limit=1");
    service.get("/tiles/cells/10/507/334.mvt");
    CHECK(service.context.cells->size() == 1);
    service.json(cells_items + "cell=151");
    service.json(cells_items + "shape=hexagon");
    CHECK(service.context.cells->size() == 3);
    CHECK(header_of(service.get(cells_items + "cell=150"), "etag") ==
          header_of(service.get(cells_items), "etag"));
    CHECK(header_of(service.get(cells_items + "shape=hexagon"), "etag") !=
          header_of(service.get(cells_items), "etag"));
}

TEST_CASE("What cells cannot be is refused by name", "[cells]") {
    const Service service(three_clusters().build());
    for (const std::string bad : {"24.9", "5000.1", "0", "-150", "NaN", "", "1e2"}) {
        CAPTURE(bad);
        CHECK(service.problem(cells_items + "cell=" + bad).at("parameter") == "cell");
    }
    const auto shape = service.problem(cells_items + "shape=circle");
    CHECK(shape.at("parameter") == "shape");
    CHECK_THAT(shape.at("detail").get<std::string>(), Catch::Contains("square or hexagon"));
    CHECK(service.problem(cells_items + "bandwidth=300").at("parameter") == "bandwidth");
    CHECK(service.problem("/collections/hotspots/items?shape=hexagon").at("parameter") == "shape");
    const auto none =
        Service(three_clusters().without_wards().build()).problem("/collections/cells/items", 409);
    CHECK_THAT(none.at("detail").get<std::string>(),
               Catch::Contains("llr-hotspots reference wards FILE"));
}

TEST_CASE("Cells too fine for a large study area are refused, naming the finest", "[cells]") {
    auto snapshot = *three_clusters().build();
    snapshot.study_area = {
        {{{100000, 100000}, {500000, 100000}, {500000, 600000}, {100000, 600000}, {100000, 100000}},
         {}}};
    service::AnalysisParameters parameters;
    parameters.scope = "vrn-2021";
    CHECK_THROWS_WITH(service::compute_cells(snapshot, parameters), Catch::Contains("cell"));
    parameters.cell_m = 219; // 400 km x 500 km in 2^22 cells are 218.4 m
    CHECK(service::compute_cells(snapshot, parameters).ranked.size() == 3);
}
