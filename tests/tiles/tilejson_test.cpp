// Oracle: TileJSON 3.0.0's required members and types.
#include "tests/catch.hpp"
#include "tiles/tilejson.hpp"

#include <nlohmann/json.hpp>

using namespace hotspots;
using namespace hotspots::tiles;

TEST_CASE("a tile set is described as TileJSON 3.0.0 demands") {
    TileSet set;
    set.name = "wards";
    set.attribution = "Contains \"OS data\"";
    set.tiles = {"http://127.0.0.1:8080/tiles/wards/{z}/{x}/{y}.mvt?scope=vrn-2021"};
    set.bounds = {{-1.6, 52.39}, {-0.43, 52.98}};
    set.layers = {{"wards", "Wards of LLR", {{"code", "String"}, {"incidents", "Number"}}}};
    const auto parsed = nlohmann::json::parse(tilejson(set));
    CHECK(parsed == nlohmann::json::parse(R"({
        "tilejson":"3.0.0","name":"wards","attribution":"Contains \"OS data\"","scheme":"xyz",
        "tiles":["http://127.0.0.1:8080/tiles/wards/{z}/{x}/{y}.mvt?scope=vrn-2021"],
        "minzoom":0,"maxzoom":14,"bounds":[-1.6,52.39,-0.43,52.98],
        "vector_layers":[{"id":"wards","description":"Wards of LLR","minzoom":0,"maxzoom":14,
        "fields":{"code":"String","incidents":"Number"}}]})"));
}

TEST_CASE("what is not known of a tile set is left out") {
    TileSet set;
    set.name = "empty";
    set.tiles = {"/t/{z}/{x}/{y}"};
    set.layers = {{"empty", "", {}}};
    CHECK(tilejson(set) ==
          R"({"tilejson":"3.0.0","name":"empty","scheme":"xyz","tiles":["/t/{z}/{x}/{y}"],)"
          R"("minzoom":0,"maxzoom":14,)"
          R"("vector_layers":[{"id":"empty","minzoom":0,"maxzoom":14,"fields":{}}]})");
}
