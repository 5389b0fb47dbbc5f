// Oracles: Ordnance Survey's square letters (SK at 4,3; NN 166 712 is Ben Nevis, 216600 771200);
// the middle of a reference's square.
#include "data/geocode/coordinate_text.hpp"
#include "tests/catch.hpp"

namespace hotspots::tests {
namespace {

std::optional<data::CoordinateReading> read(std::string_view text) {
    const auto tokens = data::tokens_of(text);
    return data::read_coordinates(tokens);
}

struct Row {
    const char* text;
    double easting_m;
    double northing_m;
    double uncertainty_m;
};

TEST_CASE(
    "A grid reference stands for the middle of its square, eastings and northings for a point") {
    const auto row = GENERATE(values<Row>({
        {"SK 58592 04462", 458592.5, 304462.5, 1},
        {"sk5859204462", 458592.5, 304462.5, 1},
        {"SK42341423", 442345, 314235, 10},
        {"SK 585 044", 458550, 304450, 100},
        {"SK5804", 458500, 304500, 1000},
        {"near NN 166 712", 216650, 771250, 100},
        {"458592 304462", 458592, 304462, 1},
        {"458592304462", 458592, 304462, 1},
        {"E458592 N304462", 458592, 304462, 1},
        {"N 304462 E 458592", 458592, 304462, 1},
        {"easting 458592.0, northing 304462.0", 458592, 304462, 1},
        {"304462N 458592E", 458592, 304462, 1},
    }));
    INFO(row.text);
    const auto reading = read(row.text);
    REQUIRE(reading);
    REQUIRE(reading->points.size() == 1);
    CHECK_FALSE(reading->truncated);
    const auto point = std::get<geo::BngPoint>(reading->points.front());
    CHECK(point.easting_m == row.easting_m);
    CHECK(point.northing_m == row.northing_m);
    CHECK(reading->uncertainty_m == row.uncertainty_m);
}

TEST_CASE("Longitude and latitude are told apart by their values or letters") {
    for (const char* text : {"52.6369, -1.1398", "-1.1398 52.6369", "lat 52.6369 lon -1.1398",
                             "52.6369N 1.1398W", "1.1398W, 52.6369N"}) {
        INFO(text);
        const auto reading = read(text);
        REQUIRE(reading);
        REQUIRE(reading->points.size() == 1);
        const auto point = std::get<geo::LonLat>(reading->points.front());
        CHECK(point.lat_deg == Approx(52.6369));
        CHECK(point.lon_deg == Approx(-1.1398));
    }
}

TEST_CASE("Zeros are no place, and parts that are missing leave several") {
    REQUIRE(read("0,0"));
    CHECK(read("0,0")->points.empty());
    REQUIRE(read("58592 04462"));
    CHECK(read("58592 04462")->truncated);
    CHECK(read("58592 04462")->points.size() > 1);
    REQUIRE(read("304462 458592"));
    CHECK(std::get<geo::BngPoint>(*read("304462 458592")->swapped) ==
          geo::BngPoint{458592, 304462});
}

TEST_CASE("House numbers, dates and words are no coordinates") {
    for (const char* text :
         {"o/s 14 Granby St", "12-14 High St", "No 1012 High St", "of 4304", "12/03/2025 22:15",
          "XX 123 456", "SK 585 04", "A607", "07700 900123 x"}) {
        INFO(text);
        const auto reading = read(text);
        CHECK((!reading || reading->truncated));
    }
}

TEST_CASE("Square letters follow the National Grid") {
    CHECK(data::grid_square("sv") == geo::BngPoint{0, 0});
    CHECK(data::grid_square("sk") == geo::BngPoint{400000, 300000});
    CHECK(data::grid_square("tl") == geo::BngPoint{500000, 200000});
    CHECK(data::grid_square("hp") == geo::BngPoint{400000, 1200000});
    CHECK_FALSE(data::grid_square("xx"));
    CHECK_FALSE(data::grid_square("si"));
    CHECK_FALSE(data::grid_square("of"));
}

} // namespace
} // namespace hotspots::tests
