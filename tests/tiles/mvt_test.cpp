// What is encoded is read back by mvt_reader.hpp (by the letter of MVT 2.1) and by GDAL's MVT
// driver.
#include "tests/catch.hpp"
#include "tests/real_data.hpp"
#include "tests/tiles/mvt_reader.hpp"
#include "tests/tiles/run.hpp"
#include "tests/tiles/shapes.hpp"
#include "tiles/mvt.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

using namespace hotspots;
using namespace hotspots::tiles;
using namespace hotspots::tests;

namespace {

const TileId leicester{14, 8140, 5364};

Feature point_feature(std::int64_t id, double x, double y, std::vector<Property> properties = {}) {
    return {id, at_units(leicester, x, y), std::move(properties)};
}

Feature square_feature(std::int64_t id, double x, double y, double side) {
    geo::MultiPolygon<geo::LonLat> square{
        {ring_at(leicester, {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}), {}}};
    return {id, square, {{"name", std::string("square")}}};
}

} // namespace

TEST_CASE("a layer reads back with its name, version, extent, ids and properties") {
    const std::vector<Feature> features{point_feature(7, 100, 200,
                                                      {{"text", std::string("Granby Street")},
                                                       {"whole", std::int64_t{42}},
                                                       {"negative", std::int64_t{-42}},
                                                       {"real", 1.5},
                                                       {"yes", true},
                                                       {"no", false},
                                                       {"nothing", Null{}},
                                                       {"list", TextList{"Castle", "Abbey"}},
                                                       {"empty", std::string()}})};
    const auto layers = read_tile(encode_layer("incidents", features, leicester));
    REQUIRE(layers.size() == 1);
    CHECK(layers[0].name == "incidents");
    CHECK(layers[0].version == 2);
    CHECK(layers[0].extent == 4096);
    REQUIRE(layers[0].features.size() == 1);
    const auto& feature = layers[0].features[0];
    CHECK(feature.id == 7U);
    CHECK(feature.type == 1);
    REQUIRE(feature.rings.size() == 1);
    CHECK(feature.rings[0] == TileRing{{100, 200}});
    const std::map<std::string, MvtValue> expected{{"text", "Granby Street"},
                                                   {"whole", std::int64_t{42}},
                                                   {"negative", std::int64_t{-42}},
                                                   {"real", 1.5},
                                                   {"yes", true},
                                                   {"no", false},
                                                   {"list", "Castle, Abbey"},
                                                   {"empty", ""}};
    CHECK(feature.properties == expected);
}

TEST_CASE("keys and values are written once") {
    std::vector<Feature> features;
    for (int i = 0; i < 50; ++i) {
        features.push_back(point_feature(
            i, i, i, {{"ward", std::string(i % 2 ? "Castle" : "Abbey")}, {"n", std::int64_t{1}}}));
    }
    const auto layer = read_tile(encode_layer("x", features, leicester)).at(0);
    CHECK(layer.features.size() == 50);
    CHECK(layer.keys == std::vector<std::string>{"ward", "n"});
    CHECK(layer.values.size() == 3);
    CHECK(std::get<std::string>(layer.features[1].properties.at("ward")) == "Castle");
}

TEST_CASE("an id that is a text or negative becomes a property, without repeating a key") {
    std::vector<Feature> features{point_feature(-3, 1, 1), point_feature(1, 2, 2),
                                  point_feature(1, 3, 3, {{"id", std::string("own")}})};
    features[1].id = std::string("h-1");
    features[2].id = std::string("h-2");
    const auto layer = read_tile(encode_layer("x", features, leicester)).at(0);
    CHECK_FALSE(layer.features.at(0).id.has_value());
    CHECK(std::get<std::int64_t>(layer.features.at(0).properties.at("id")) == -3);
    CHECK(std::get<std::string>(layer.features.at(1).properties.at("id")) == "h-1");
    CHECK(std::get<std::string>(layer.features.at(2).properties.at("id")) == "own");
}

TEST_CASE("bytes that are no UTF-8 do not reach the tile") {
    const std::vector<Feature> features{
        point_feature(1, 1, 1, {{"t", std::string("caf\xe9 \xed\xa0\x80")}})};
    const auto layer = read_tile(encode_layer("x", features, leicester)).at(0);
    const std::string mark = "\xEF\xBF\xBD";
    CHECK(std::get<std::string>(layer.features.at(0).properties.at("t")) ==
          "caf" + mark + " " + mark + mark + mark);
}

TEST_CASE("a tile that no feature touches has no layer") {
    std::vector<Feature> features{
        point_feature(1, 9000, 0), square_feature(2, 5000, 0, 10), {std::int64_t{3}, Null{}, {}}};
    CHECK(encode_layer("x", features, leicester).empty());
    CHECK(encode_layer("x", std::span<const Feature>(), leicester).empty());
}

TEST_CASE("layers may be concatenated to a tile") {
    const std::vector<Feature> features{square_feature(1, 10, 10, 50)};
    const auto both =
        encode_layer("a", features, leicester) + encode_layer("b", features, leicester);
    const auto layers = read_tile(both);
    REQUIRE(layers.size() == 2);
    CHECK(layers[0].name == "a");
    CHECK(layers[1].name == "b");
}

TEST_CASE("polygons, holes and several parts read back in order and orientation") {
    geo::MultiPolygon<geo::LonLat> shape{
        {ring_at(leicester, {{0, 0}, {100, 0}, {100, 100}, {0, 100}}),
         {ring_at(leicester, {{20, 20}, {40, 20}, {40, 40}, {20, 40}})}},
        {ring_at(leicester, {{200, 200}, {200, 300}, {300, 300}, {300, 200}}), {}}};
    const std::vector<Feature> owned{{std::int64_t{1}, shape, {}}};
    const std::vector<Feature> shared{{std::int64_t{1}, &shape, {}}};
    const auto bytes = encode_layer("x", owned, leicester);
    CHECK(bytes == encode_layer("x", shared, leicester));
    const auto layer = read_tile(bytes).at(0);
    const auto& feature = layer.features.at(0);
    CHECK(feature.type == 3);
    REQUIRE(feature.rings.size() == 3);
    CHECK(twice_area(feature.rings[0]) == 20000);
    CHECK(twice_area(feature.rings[1]) == -800);
    CHECK(twice_area(feature.rings[2]) == 20000);
}

TEST_CASE("random polygons read back as they were shaped") {
    std::mt19937 random(3);
    std::vector<Feature> features;
    std::vector<std::vector<TilePolygon>> shapes;
    for (int i = 0; i < 200; ++i) {
        geo::MultiPolygon<geo::LonLat> star{{star_at(leicester, between(0, 4096, random),
                                                     between(0, 4096, random), 300, 20, random),
                                             {}}};
        shapes.push_back(tile_polygons(star, leicester));
        features.push_back({std::int64_t{i}, std::move(star), {}});
    }
    const auto layer = read_tile(encode_layer("x", features, leicester)).at(0);
    REQUIRE(layer.features.size() == shapes.size());
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        std::vector<TileRing> rings;
        for (const auto& polygon : shapes[i]) {
            rings.push_back(polygon.exterior);
            rings.insert(rings.end(), polygon.holes.begin(), polygon.holes.end());
        }
        REQUIRE(layer.features[i].rings == rings);
    }
}

TEST_CASE("GDAL's MVT driver reads a tile where it lies, with its fields") {
    std::vector<Feature> features{square_feature(1, 0, 0, 1024)};
    features[0].properties.push_back({"incidents", std::int64_t{12}});
    const auto folder = std::filesystem::temp_directory_path() /
                        ("hotspots-mvt-" + std::to_string(getpid())) / "14" / "8140";
    std::filesystem::create_directories(folder);
    const auto path = folder / "5364.mvt";
    std::ofstream(path, std::ios::binary) << encode_layer("hotspots", features, leicester);
    const auto text = run("ogrinfo -ro -al MVT:" + path.string() + " 2>&1");
    std::filesystem::remove_all(folder.parent_path().parent_path());
    INFO(text);
    CHECK(text.find("Layer name: hotspots") != std::string::npos);
    CHECK(text.find("Feature Count: 1") != std::string::npos);
    CHECK(text.find("name (String) = square") != std::string::npos);
    CHECK(text.find("incidents (Integer) = 12") != std::string::npos);
    CHECK(text.find("mvt_id (Integer64) = 1") != std::string::npos);
    // A quarter of tile 14/8140/5364 from its north-west corner: 2 * pi * 6378137 / 2^14 m a tile.
    CHECK(text.find("(-127191.215067, 6916633.815469) - (-126579.718840, 6917245.311695)") !=
          std::string::npos);
    CHECK(text.find("WGS 84 / Pseudo-Mercator") != std::string::npos);
    CHECK(text.find("ERROR") == std::string::npos);
}

TEST_CASE("the tiles of a zoom together hold every real ward") {
    const auto path = real_data("wards-2025.geojson");
    if (!path) {
        return;
    }
    std::ifstream stream(*path);
    const auto wards = nlohmann::json::parse(stream);
    std::vector<Feature> features;
    for (const auto& ward : wards["features"]) {
        const auto& geometry = ward["geometry"];
        auto parts = geometry["coordinates"];
        if (geometry["type"] == "Polygon") {
            parts = nlohmann::json::array({parts});
        }
        geo::MultiPolygon<geo::LonLat> outline;
        for (const auto& part : parts) {
            auto& polygon = outline.emplace_back();
            for (std::size_t r = 0; r < part.size(); ++r) {
                auto& ring = r == 0 ? polygon.exterior : polygon.holes.emplace_back();
                for (const auto& position : part[r]) {
                    ring.push_back({position[0], position[1]});
                }
            }
        }
        features.push_back({std::int64_t(features.size()), std::move(outline), {}});
    }
    REQUIRE(features.size() == 176);
    for (const int zoom : {5, 8, 11}) {
        std::set<std::uint64_t> seen;
        const auto first = tile_at({-1.7, 53.1}, zoom);
        const auto last = tile_at({-0.3, 52.3}, zoom);
        for (auto x = first.x; x <= last.x; ++x) {
            for (auto y = first.y; y <= last.y; ++y) {
                for (const auto& layer : read_tile(encode_layer("wards", features, {zoom, x, y}))) {
                    for (const auto& feature : layer.features) {
                        seen.insert(feature.id.value());
                    }
                }
            }
        }
        CHECK(seen.size() == 176);
    }
}
