// Oracles: nlohmann::json reads back what is written; RFC 7946, 3.1.6 (right-hand rule); GDAL.
#include "tests/catch.hpp"
#include "tests/tiles/run.hpp"
#include "tiles/geojson.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>

using namespace hotspots;
using namespace hotspots::tiles;
using hotspots::tests::run;
using nlohmann::json;

namespace {

std::string written(const Feature& feature) {
    std::string out;
    append_feature(out, feature);
    return out;
}

std::string number(double value) {
    std::string out;
    append_json_number(out, value);
    return out;
}

std::string text(std::string_view value) {
    std::string out;
    append_json_string(out, value);
    return out;
}

double signed_area(const json& ring) {
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        sum += double(ring[i - 1][0]) * double(ring[i][1]) -
               double(ring[i][0]) * double(ring[i - 1][1]);
    }
    return sum;
}

const geo::MultiPolygon<geo::LonLat> ring_with_hole{
    {{{-1.2, 52.6}, {-1.2, 52.7}, {-1.1, 52.7}, {-1.1, 52.6}, {-1.2, 52.6}},
     {{{-1.18, 52.62}, {-1.12, 52.62}, {-1.12, 52.68}, {-1.18, 52.68}, {-1.18, 52.62}}}}};

} // namespace

TEST_CASE("numbers are written as the shortest text that reads back to the same double") {
    CHECK(number(0.1) == "0.1");
    CHECK(number(5) == "5");
    CHECK(number(-2.5) == "-2.5");
    CHECK(number(1e300) == "1e+300");
    CHECK(number(std::nextafter(1, 2)) == "1.0000000000000002");
    CHECK(number(std::numeric_limits<double>::infinity()) == "null");
    CHECK(number(std::nan("")) == "null");
    std::mt19937_64 random(4);
    for (int i = 0; i < 20'000; ++i) {
        const auto value = std::bit_cast<double>(random());
        if (std::isfinite(value)) {
            REQUIRE(json::parse(number(value)).get<double>() == value);
        }
    }
}

TEST_CASE("texts are escaped as JSON demands") {
    CHECK(text("a\"b\\c\n\r\t\x01\x1f/\x7f") == "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f/\x7f\"");
    CHECK(text("Rue de l'\xc3\x89t\xc3\xa9 \xf0\x9f\x98\x80") ==
          "\"Rue de l'\xc3\x89t\xc3\xa9 \xf0\x9f\x98\x80\"");
    CHECK(text(std::string_view("\0", 1)) == "\"\\u0000\"");
}

TEST_CASE("any bytes give JSON that parses, and well-formed UTF-8 stays as it is") {
    std::mt19937 random(5);
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes;
        for (auto length = random() % 12; length > 0; --length) {
            bytes += static_cast<char>(random() % 4 == 0 ? random() % 128 : 0x80 + random() % 128);
        }
        const auto parsed = json::parse(text(bytes), nullptr, false);
        REQUIRE(parsed.is_string());
        const bool well_formed = json(bytes).dump(-1, ' ', false, json::error_handler_t::ignore) ==
                                 json(bytes).dump(-1, ' ', false, json::error_handler_t::replace);
        REQUIRE((parsed.get<std::string>() == bytes) == well_formed);
    }
}

TEST_CASE("coordinates have seven decimals at most and no trailing zeros") {
    const auto position = [](double lon, double lat) {
        std::string out;
        append_geometry(out, geo::LonLat{lon, lat});
        return out;
    };
    CHECK(position(-1.13170004999, 52.5) == R"({"type":"Point","coordinates":[-1.1317,52.5]})");
    CHECK(position(-1.12345678, 52) == R"({"type":"Point","coordinates":[-1.1234568,52]})");
    CHECK(position(-0.00000001, 100) == R"({"type":"Point","coordinates":[0,100]})");
}

TEST_CASE("exteriors run anticlockwise and holes clockwise, whatever way they came") {
    auto reversed = ring_with_hole;
    std::reverse(reversed[0].exterior.begin(), reversed[0].exterior.end());
    std::reverse(reversed[0].holes[0].begin(), reversed[0].holes[0].end());
    for (const auto& shape : {ring_with_hole, reversed}) {
        const auto geometry = json::parse(written({Null{}, shape, {}}))["geometry"];
        CHECK(geometry["type"] == "MultiPolygon");
        const auto& rings = geometry["coordinates"][0];
        REQUIRE(rings.size() == 2);
        CHECK(signed_area(rings[0]) > 0);
        CHECK(signed_area(rings[1]) < 0);
        CHECK(rings[0].front() == rings[0].back());
        CHECK(rings[0].size() == 5);
    }
}

TEST_CASE("a feature reads back with id, geometry and properties, null where unknown") {
    const Feature feature{std::string("h-1"),
                          &ring_with_hole,
                          {{"rank", std::int64_t{1}},
                           {"label", std::string("Granby Street, Castle")},
                           {"share", 0.25},
                           {"suppressed", false},
                           {"hit_rate", Null{}},
                           {"wards", TextList{"Castle", "Abbey"}}}};
    const auto parsed = json::parse(written(feature));
    CHECK(parsed["type"] == "Feature");
    CHECK(parsed["id"] == "h-1");
    CHECK(parsed["properties"] == json::parse(R"({"rank":1,"label":"Granby Street, Castle",
        "share":0.25,"suppressed":false,"hit_rate":null,"wards":["Castle","Abbey"]})"));
    CHECK(parsed["geometry"]["coordinates"][0][0][0] == json::array({-1.2, 52.6}));
}

TEST_CASE("no geometry is null, no id is left out, an integer id is a number") {
    CHECK(written({Null{}, Null{}, {}}) == R"({"type":"Feature","geometry":null,"properties":{}})");
    CHECK(written({std::int64_t{-7}, geo::MultiPolygon<geo::LonLat>{}, {}}) ==
          R"({"type":"Feature","id":-7,"geometry":null,"properties":{}})");
}

TEST_CASE("GDAL reads what is written, as polygons that are valid") {
    const auto path = std::filesystem::temp_directory_path() /
                      ("hotspots-" + std::to_string(getpid()) + ".geojson");
    std::ofstream(path) << R"({"type":"FeatureCollection","features":[)"
                        << written({std::int64_t{1}, ring_with_hole, {{"n", std::int64_t{3}}}})
                        << "]}";
    const auto answer =
        run("ogrinfo -ro -dialect SQLite -sql 'SELECT ST_IsValid(geometry) AS valid, "
            "n FROM \"" +
            path.stem().string() + "\"' " + path.string() + " 2>&1");
    std::filesystem::remove(path);
    INFO(answer);
    CHECK(answer.find("valid (Integer) = 1") != std::string::npos);
    CHECK(answer.find("n (Integer) = 3") != std::string::npos);
}
