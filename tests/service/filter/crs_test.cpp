// Geometry literals in each coordinate reference system that filters may use. Oracles: the
// spherical Mercator formula of EPSG 1024 for Leicester Clock Tower, and geo/crs, which is tested
// with PROJ.
#include "geo/crs.hpp"
#include "service/filter/literal_geometry.hpp"
#include "tests/service/filter/parsing.hpp"

#include <cmath>
#include <stdexcept>

using namespace hotspots;
using namespace hotspots::service::filter;
using Shape = geo::AnyGeometry<geo::LonLat>;

namespace {

Shape read(std::string_view text, Crs crs) {
    return to_lon_lat(parse_text("S_WITHIN(g," + std::string(text) + ")").arguments.at(1).literal,
                      crs);
}

} // namespace

TEST_CASE("One point is written in four systems, each in its own axis order", "[filter]") {
    const auto expected = read("POINT(-1.1331 52.6364)", Crs::crs84).points.at(0);
    CHECK(expected == geo::LonLat{-1.1331, 52.6364});
    CHECK(read("POINT(52.6364 -1.1331)", Crs::epsg_4326).points.at(0) == expected);
    const auto mercator = read("POINT(-126136.115 6916022.932)", Crs::epsg_3857).points.at(0);
    CHECK(mercator.lon_deg == Approx(expected.lon_deg).margin(1e-6));
    CHECK(mercator.lat_deg == Approx(expected.lat_deg).margin(1e-6));
    const auto bng = geo::to_bng(expected);
    REQUIRE(bng);
    const auto grid = read("POINT(" + std::to_string(bng->easting_m) + " " +
                               std::to_string(bng->northing_m) + ")",
                           Crs::epsg_27700)
                          .points.at(0);
    CHECK(grid.lon_deg == Approx(expected.lon_deg).margin(1e-7));
    CHECK(grid.lat_deg == Approx(expected.lat_deg).margin(1e-7));
}

TEST_CASE("A box in metres is as straight as the grid, not as its corners", "[filter]") {
    const auto box = read("BBOX(450000, 300000, 470000, 320000)", Crs::epsg_27700);
    REQUIRE(box.kind == geo::GeometryKind::polygon);
    const auto& ring = box.parts.at(0).points;
    CHECK(ring.size() == 161); // 80 km in pieces of 500 m
    CHECK(ring.front() == ring.back());
    // The middle of the south edge lies on it, to a centimetre; a straight line in degrees between
    // its ends misses it by metres.
    const auto middle = geo::to_lon_lat(geo::BngPoint{460000, 300000});
    REQUIRE(middle);
    const double chord = (ring[0].lat_deg + ring[40].lat_deg) / 2;
    CHECK(ring[20].lat_deg == Approx(middle->lat_deg).margin(1e-7));
    CHECK(std::abs(chord - middle->lat_deg) > 1e-5);
}

TEST_CASE("However long its edges, a geometry in metres stays small", "[filter]") {
    const auto vast = read("LINESTRING(0 0, 700000 1300000, 0 0, 700000 1300000, 0 0, 700000 0, "
                           "0 0, 700000 1300000, 0 0, 700000 1300000)",
                           Crs::epsg_27700);
    CHECK(vast.points.size() > 10'000);
    CHECK(vast.points.size() < 30'000);
}

TEST_CASE("A box over the antimeridian becomes two, with longitude first or second", "[filter]") {
    for (const auto& [text, crs] : {std::pair("BBOX(170, -10, -160, 10)", Crs::crs84),
                                    std::pair("BBOX(-10, 170, 10, -160)", Crs::epsg_4326)}) {
        const auto both = read(text, crs);
        CHECK(both.kind == geo::GeometryKind::multi_polygon);
        REQUIRE(both.parts.size() == 2);
        const auto& west = both.parts[0].parts.at(0).points;
        const auto& east = both.parts[1].parts.at(0).points;
        CHECK(std::ranges::max(west, {}, &geo::LonLat::lon_deg).lon_deg == 180);
        CHECK(std::ranges::min(west, {}, &geo::LonLat::lon_deg).lon_deg == 170);
        CHECK(std::ranges::min(east, {}, &geo::LonLat::lon_deg).lon_deg == -180);
        CHECK(std::ranges::max(east, {}, &geo::LonLat::lon_deg).lon_deg == -160);
    }
    CHECK(read("BBOX(170, 1, -180, 1)", Crs::crs84).kind == geo::GeometryKind::collection);
}

TEST_CASE("Positions outside a system are refused with what would be right", "[filter]") {
    const std::pair<const char*, Crs> cases[]{
        {"POINT(52.6 -91)", Crs::crs84},           {"POINT(181 0)", Crs::crs84},
        {"POINT(-91 52.6)", Crs::epsg_4326},       {"POINT(-1.13 52.6)", Crs::epsg_27700},
        {"POINT(700001 300000)", Crs::epsg_27700}, {"LINESTRING(0 0, 1e300 1)", Crs::epsg_27700},
        {"POINT(20037509 0)", Crs::epsg_3857},     {"BBOX(0, 10, 1, 5)", Crs::crs84},
        {"BBOX(5, 0, 1, 5)", Crs::epsg_27700}};
    for (const auto& [text, crs] : cases) {
        CAPTURE(text);
        CHECK_THROWS_AS(read(text, crs), std::invalid_argument);
    }
    CHECK_THROWS_WITH(read("POINT(0 91)", Crs::crs84), Catch::Contains("longitude (-180 to 180) "
                                                                       "comes first"));
    CHECK_THROWS_WITH(read("POINT(-1 52)", Crs::epsg_27700),
                      Catch::Contains("(-1, 52)") && Catch::Contains("easting"));
}
