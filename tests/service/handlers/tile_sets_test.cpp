// Tile sets by OGC API - Tiles Part 1 (20-057), their matrix set by the table of OGC 17-083r4,
// annex D.1, and by PROJ's half circumference of the sphere.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"
#include "tiles/tile.hpp"

#include <string>

using namespace hotspots;
using nlohmann::json;
using tests::Service;
using tests::three_clusters;

namespace {

const json& link_of(const json& document, const std::string& relation) {
    for (const auto& link : document.at("links")) {
        if (link.at("rel") == relation) {
            return link;
        }
    }
    FAIL("no link " << relation << " in " << document.dump());
    throw std::logic_error("unreachable");
}

const std::string ogc_relation = "http://www.opengis.net/def/rel/ogc/1.0/";

void replace(std::string& text, const std::string& part, const std::string& by) {
    text.replace(text.find(part), part.size(), by);
}

} // namespace

TEST_CASE("The tile matrix set is WebMercatorQuad as the standard prints it", "[tile_sets]") {
    const Service service(three_clusters().build());
    const auto list = service.json("/tileMatrixSets");
    REQUIRE(list.at("tileMatrixSets").size() == 1);
    const auto& entry = list.at("tileMatrixSets")[0];
    CHECK(entry.at("uri") == "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad");
    const auto set = service.json(link_of(entry, "self").at("href").get<std::string>());
    CHECK(set.at("id") == "WebMercatorQuad");
    CHECK(set.at("crs") == "http://www.opengis.net/def/crs/EPSG/0/3857");
    const auto& matrices = set.at("tileMatrices");
    REQUIRE(matrices.size() == tiles::max_zoom + 1);
    // Zoom, scale denominator, cell size: from the standard's table.
    const std::vector<std::tuple<int, double, double>> printed{
        {0, 559082264.028717, 156543.033928041},
        {1, 279541132.014358, 78271.5169640204},
        {10, 545978.773465544, 152.874056570353},
        {18, 2132.72958384978, 0.597164283559817}};
    for (const auto& [zoom, scale, size_m] : printed) {
        const auto& matrix = matrices.at(static_cast<std::size_t>(zoom));
        CHECK(matrix.at("id") == std::to_string(zoom));
        CHECK(matrix.at("scaleDenominator").get<double>() == Approx(scale).epsilon(1e-12));
        CHECK(matrix.at("cellSize").get<double>() == Approx(size_m).epsilon(1e-9));
        CHECK(matrix.at("matrixWidth") == 1LL << zoom);
        CHECK(matrix.at("matrixHeight") == 1LL << zoom);
        CHECK(matrix.at("tileWidth") == 256);
        CHECK(matrix.at("pointOfOrigin")[0].get<double>() == Approx(-20037508.3427892));
        CHECK(matrix.at("pointOfOrigin")[1].get<double>() == Approx(20037508.3427892));
    }
    CHECK(service.problem("/tileMatrixSets/WorldCRS84Quad", 404).at("title") == "Not found");
}

TEST_CASE("Every collection lists its tile set, and the tile set says where its tiles are",
          "[tile_sets]") {
    const Service service(three_clusters().build());
    for (const std::string name :
         {"wards", "authorities", "hotspots", "cells", "isobands", "incidents", "gazetteer"}) {
        CAPTURE(name);
        const auto list = service.json("/collections/" + name + "/tiles");
        REQUIRE(list.at("tilesets").size() == 1);
        const auto set =
            service.json(link_of(list.at("tilesets")[0], "self").at("href").get<std::string>());
        CHECK(set.at("dataType") == "vector");
        CHECK(set.at("crs") == "http://www.opengis.net/def/crs/EPSG/0/3857");
        CHECK(
            service.json(link_of(set, ogc_relation + "tiling-scheme").at("href").get<std::string>())
                .at("id") == "WebMercatorQuad");
        const auto& layer = set.at("layers").at(0);
        CHECK(layer.at("id") == name);
        const auto tile_json = service.json("/tiles/" + name + ".json");
        CHECK(layer.at("propertiesSchema").at("properties").size() ==
              tile_json.at("vector_layers")[0].at("fields").size());
        CHECK(set.at("boundingBox").at("lowerLeft")[0] == tile_json.at("bounds")[0]);
    }
    CHECK(service.problem("/collections/moons/tiles", 404).at("title") == "Not found");
}

TEST_CASE("Within the limits there are the tiles that hold features, beyond them there are none",
          "[tile_sets]") {
    const Service service(three_clusters().build());
    const auto set = service.json("/collections/wards/tiles/WebMercatorQuad");
    const auto& limits = set.at("tileMatrixSetLimits");
    REQUIRE(limits.size() == tiles::max_zoom + 1);
    const auto& link = link_of(set, "item");
    CHECK(link.at("templated") == true);
    CHECK(link.at("type") == "application/vnd.mapbox-vector-tile");
    const auto tile = [&](int zoom, int row, int column) {
        auto address = link.at("href").get<std::string>();
        replace(address, "{tileMatrix}", std::to_string(zoom));
        replace(address, "{tileRow}", std::to_string(row));
        replace(address, "{tileCol}", std::to_string(column));
        return service.get(address).status;
    };
    for (const int zoom : {0, 8, 12}) {
        const auto& limit = limits.at(static_cast<std::size_t>(zoom));
        CHECK(limit.at("tileMatrix") == std::to_string(zoom));
        const int first_row = limit.at("minTileRow");
        const int last_row = limit.at("maxTileRow");
        const int first_column = limit.at("minTileCol");
        const int last_column = limit.at("maxTileCol");
        CHECK(first_row <= last_row);
        CHECK(first_column <= last_column);
        CHECK(tile(zoom, first_row, first_column) == 200);
        CHECK(tile(zoom, last_row, last_column) == 200);
        if (zoom > 0) {
            CHECK(tile(zoom, first_row - 1, first_column) == 404);
            CHECK(tile(zoom, last_row + 1, first_column) == 404);
            CHECK(tile(zoom, first_row, first_column - 1) == 404);
            CHECK(tile(zoom, last_row, last_column + 1) == 404);
        }
    }
    const auto names = service.json("/collections/gazetteer/tiles/WebMercatorQuad");
    CHECK(names.at("tileMatrixSetLimits")[0].at("tileMatrix") == "12");
    // Records may lie anywhere.
    CHECK(service.get("/collections/incidents/tiles/WebMercatorQuad/8/0/0").status == 204);
}

TEST_CASE("A tile set's parameters go on to its tiles, and bad ones are refused", "[tile_sets]") {
    const Service service(three_clusters().build());
    const std::string path = "/collections/hotspots/tiles/WebMercatorQuad";
    const auto set = service.json(path + "?bandwidth=400&filter=rank%3D1");
    const auto address = link_of(set, "item").at("href").get<std::string>();
    CHECK(address.find("bandwidth=400") != std::string::npos);
    CHECK(address.find("filter=") != std::string::npos);
    CHECK(service.problem(path + "?bandwidth=1").at("parameter") == "bandwidth");
    CHECK(service.problem(path + "?f=html").at("parameter") == "f");
    CHECK(service.problem("/collections/wards/tiles?bandwidth=400").at("parameter") == "bandwidth");
    const auto first = service.get(path);
    CHECK(service.get(path, {{"if-none-match", tests::header_of(first, "etag")}}).status == 304);
    const Service bare(three_clusters().without_wards().build());
    CHECK_FALSE(bare.json(path).contains("boundingBox"));
    CHECK(bare.json(path).at("tileMatrixSetLimits")[1].at("maxTileRow") == 1);
}

TEST_CASE("The landing page and the collections link to tiles and styles", "[tile_sets]") {
    const Service service(three_clusters().build());
    const auto landing = service.json("/?f=json");
    CHECK(service
              .json(link_of(landing, ogc_relation + "tiling-schemes").at("href").get<std::string>())
              .contains("tileMatrixSets"));
    CHECK(service.json(link_of(landing, ogc_relation + "styles").at("href").get<std::string>())
              .contains("styles"));
    const auto collection = service.json("/collections/hotspots");
    CHECK(
        service
            .json(
                link_of(collection, ogc_relation + "tilesets-vector").at("href").get<std::string>())
            .contains("tilesets"));
    const auto classes = service.json("/conformance").at("conformsTo");
    for (const std::string name : {"core", "tileset", "tilesets-list", "geodata-tilesets", "mvt"}) {
        CHECK(std::find(classes.begin(), classes.end(),
                        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/" + name) !=
              classes.end());
    }
}
