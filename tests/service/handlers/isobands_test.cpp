// The collection of isobands on the fixture's three clusters. The quartic kernel of one incident at
// its own place is 3/(pi h^2) per m2: 10.610 per km2 for 300 m; clusters lie 2 km apart, so the
// peaks are 20, 10 and 3 times that but for the distance from the nearest centre of a cell.
#include "geo/crs.hpp"
#include "geo/geos.hpp"
#include "service/isoband_result.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>
#include <random>
#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

const std::string isoband_items = "/collections/isobands/items?";

// Where the density of `count` incidents at one place is `level`: (1 - r^2/h^2)^2 of their peak.
double disc_km2(double count, double level, double h_m) {
    const double peak_per_km2 = count * 3e6 / (3.14159265358979 * h_m * h_m);
    return level < peak_per_km2
               ? 3.14159265358979 * h_m * h_m * (1 - std::sqrt(level / peak_per_km2)) / 1e6
               : 0;
}

geo::MultiPolygon<geo::LonLat> outline_of(const json& feature) {
    geo::MultiPolygon<geo::LonLat> outline;
    for (const auto& polygon : feature.at("geometry").at("coordinates")) {
        auto& part = outline.emplace_back();
        for (const auto& ring : polygon) {
            auto& target = &ring == &polygon.front() ? part.exterior : part.holes.emplace_back();
            for (const auto& position : ring) {
                target.push_back({position[0].get<double>(), position[1].get<double>()});
            }
        }
    }
    return outline;
}

SnapshotBuilder banded_points(int incidents) {
    std::mt19937 random(5);
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

TEST_CASE("Isobands carry their levels and area, as the kernel's formula has it", "[isobands]") {
    const Service service(three_clusters().build());
    const auto page = service.json(isoband_items + "levels=20,50,150&cell=10");
    const std::vector<double> levels{20, 50, 150};
    CHECK(page.at("levels_per_km2") == json(levels));
    const auto& bands = page.at("features");
    REQUIRE(bands.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& properties = bands[i].at("properties");
        CHECK(properties.size() == 3);
        CHECK(properties.at("from_per_km2") == levels[i]);
        double expected_km2 = 0;
        for (const double count : {20, 10, 3}) {
            expected_km2 += disc_km2(count, levels[i], 300);
            expected_km2 -= i < 2 ? disc_km2(count, levels[i + 1], 300) : 0;
        }
        CHECK(properties.at("area_km2").get<double>() == Approx(expected_km2).epsilon(0.002));
    }
    CHECK(bands[0].at("properties").at("to_per_km2") == 50.0);
    CHECK(bands[1].at("properties").at("to_per_km2") == 150.0);
    CHECK(bands[2].at("properties").at("to_per_km2").is_null());
    CHECK(page.at("cell_m") == 10.0);
    CHECK(page.at("bandwidth_m") == 300.0);
    CHECK(page.at("period") == "2023-10-01/2025-09-30");
    CHECK(page.at("in_scope") == 33);
    CHECK(page.at("manifest").at("parameters") ==
          "scope=vrn-2021&datetime=2023-10-01/2025-09-30&cell=10&levels=20,50,150");
}

TEST_CASE("Without levels the bands are round, and the same when a period holds a little more",
          "[isobands]") {
    const auto one = Service(three_clusters().build()).json(isoband_items);
    CHECK(one.at("levels_per_km2") == json{5, 10, 20, 50, 100, 200});
    CHECK(one.at("peak_per_km2").get<double>() == Approx(20 * 10.610).epsilon(0.01));
    const auto more =
        Service(three_clusters().add({tests::north_centre}, 4).build()).json(isoband_items);
    CHECK(more.at("levels_per_km2") == one.at("levels_per_km2"));
    CHECK(more.at("peak_per_km2") > one.at("peak_per_km2"));
}

TEST_CASE("Quantiles are shares of the cells of a density above zero", "[isobands]") {
    const Service service(three_clusters().build());
    const auto page = service.json(isoband_items + "quantiles=0.5,0.9&cell=10");
    const auto levels = page.at("levels_per_km2").get<std::vector<double>>();
    REQUIRE(levels.size() == 2);
    const double all_km2 = 3 * disc_km2(1, 0, 300);
    double above_km2 = 0;
    for (const double count : {20, 10, 3}) {
        above_km2 += disc_km2(count, levels[0], 300);
    }
    CHECK(above_km2 / all_km2 == Approx(0.5).margin(0.01));
    // The level as it is printed is the level: asked for by name it gives the same bands.
    const auto again =
        service.json(isoband_items + "cell=10&levels=" + page.at("levels_per_km2")[0].dump() + ',' +
                     page.at("levels_per_km2")[1].dump());
    REQUIRE(again.at("features").size() == page.at("features").size());
    for (std::size_t i = 0; i < again.at("features").size(); ++i) {
        CHECK(again.at("features")[i].at("geometry") == page.at("features")[i].at("geometry"));
    }
}

TEST_CASE("Bands beyond the peak are left out, their levels are not", "[isobands]") {
    const auto page =
        Service(three_clusters().build()).json(isoband_items + "levels=100,1000,2000");
    CHECK(page.at("levels_per_km2") == json{100, 1000, 2000});
    REQUIRE(page.at("numberMatched") == 1);
    CHECK(page.at("features")[0].at("properties").at("to_per_km2") == 1000.0);
}

TEST_CASE("Where nothing is counted there are no bands", "[isobands]") {
    for (const std::string query : {"", "quantiles=0.5", "levels=1,2"}) {
        const auto page = Service(SnapshotBuilder().build()).json(isoband_items + query);
        CHECK(page.at("features") == json::array());
        CHECK(page.at("peak_per_km2") == 0.0);
        CHECK(page.at("levels_per_km2").size() == (query == "levels=1,2" ? 2 : 0));
    }
    for (const int incidents : {1, 2}) {
        const auto page = Service(banded_points(incidents).build()).json(isoband_items);
        CHECK(page.at("features").size() > 3);
    }
    CHECK_THAT(Service(three_clusters().without_wards().build())
                   .problem(isoband_items, 409)
                   .at("detail")
                   .get<std::string>(),
               Catch::Contains("llr-hotspots reference wards FILE"));
}

TEST_CASE("As GeoJSON bands are valid, in the study area and apart, however fine", "[isobands]") {
    const Service service(banded_points(400).build());
    const auto area_km2 = service.context.snapshot()->study_area_km2;
    for (const std::string query : {"", "bandwidth=50", "quantiles=0.01,0.02,0.5,0.501,0.99,0.9999",
                                    "levels=0.000001,0.000002,10,10.000001,20"}) {
        CAPTURE(query);
        const auto page = service.json(isoband_items + query);
        double total_km2 = 0;
        REQUIRE(page.at("features").size() > 2);
        for (const auto& feature : page.at("features")) {
            const auto outline = outline_of(feature);
            CHECK(geo::is_valid(outline));
            const auto bng = geo::to_bng(outline);
            const double own_km2 = geo::area_km2(bng);
            CHECK(feature.at("properties").at("area_km2").get<double>() ==
                  Approx(own_km2).margin(2e-4));
            total_km2 += own_km2;
        }
        CHECK(total_km2 < area_km2 + 1e-3);
    }
}

TEST_CASE("Tiles of isobands hold the bands that touch them", "[isobands]") {
    const Service service(three_clusters().build());
    CHECK(service.get("/tiles/isobands/10/508/335.mvt").status == 200);
    CHECK(service.get("/tiles/isobands/10/0/0.mvt").status == 204);
    const auto description = service.json("/tiles/isobands.json?levels=5,10");
    CHECK_THAT(description.at("tiles")[0].get<std::string>(), Catch::EndsWith("&levels=5,10"));
    std::set<std::string> fields;
    for (const auto& [name, type] : description.at("vector_layers")[0].at("fields").items()) {
        fields.insert(name);
    }
    CHECK(fields == std::set<std::string>{"id", "from_per_km2", "to_per_km2", "area_km2"});
}

TEST_CASE("Isobands are computed once for all that ask for the same", "[isobands]") {
    const Service service(three_clusters().build());
    service.json(isoband_items);
    service.json(isoband_items + "kernel=quartic&limit=1");
    service.get("/tiles/isobands/10/508/335.mvt");
    service.json("/collections/hotspots/items");
    CHECK(service.context.isobands->size() == 1);
    CHECK(service.context.densities->size() == 1);
    service.json(isoband_items + "levels=1,2");
    service.json(isoband_items + "quantiles=0.5");
    CHECK(service.context.isobands->size() == 3);
    CHECK(service.context.densities->size() == 1);
    CHECK(header_of(service.get(isoband_items + "levels=1,2"), "etag") ==
          header_of(service.get(isoband_items + "levels=1.0,2.00"), "etag"));
    CHECK(header_of(service.get(isoband_items + "levels=1,2"), "etag") !=
          header_of(service.get(isoband_items + "levels=1,3"), "etag"));
}

TEST_CASE("A band has an id, by which it is found again", "[isobands]") {
    const Service service(three_clusters().build());
    const auto band = service.json(isoband_items).at("features")[1];
    const auto one =
        service.json("/collections/isobands/items/" + band.at("id").get<std::string>());
    CHECK(one.at("properties") == band.at("properties"));
    CHECK(one.at("geometry") == band.at("geometry"));
    service.problem("/collections/isobands/items/x-1", 404);
}

TEST_CASE("Levels that are none are refused, naming what would be right", "[isobands]") {
    const Service service(three_clusters().build());
    std::string many = "1";
    for (int i = 2; i <= 21; ++i) {
        many += ',' + std::to_string(i);
    }
    for (const std::string& bad : std::vector<std::string>{
             "", ",", "1,", "0", "-1", "2,1", "1,1", "1e3", "NaN", "10;20", "1000000000", many}) {
        CAPTURE(bad);
        const auto problem = service.problem(isoband_items + "levels=" + bad);
        CHECK(problem.at("parameter") == "levels");
        CHECK_THAT(problem.at("detail").get<std::string>(), Catch::Contains("10,20,50"));
    }
    for (const std::string bad : {"", "0", "1", "0.5,0.5", "0.9,0.5", "90"}) {
        CAPTURE(bad);
        CHECK(service.problem(isoband_items + "quantiles=" + bad).at("parameter") == "quantiles");
    }
    CHECK(service.problem(isoband_items + "levels=1&quantiles=0.5").at("parameter") == "quantiles");
    CHECK(service.problem(isoband_items + "top=1").at("parameter") == "top");
    CHECK(service.problem("/collections/hotspots/items?levels=1").at("parameter") == "levels");
}
