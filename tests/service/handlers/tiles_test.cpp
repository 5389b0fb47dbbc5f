#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"
#include "tests/tiles/mvt_reader.hpp"
#include "tiles/tile.hpp"

#include <set>

using namespace hotspots;
using tests::header_of;
using tests::Service;
using tests::three_clusters;

namespace {

std::string path(const std::string& collection, const tiles::TileId& tile) {
    return "/tiles/" + collection + '/' + std::to_string(tile.zoom) + '/' + std::to_string(tile.x) +
           '/' + std::to_string(tile.y) + ".mvt";
}

std::vector<tests::MvtFeature> tile_features(const Service& service, const std::string& target) {
    const auto response = service.get(target);
    INFO(target << ' ' << response.body_view().substr(0, 300));
    REQUIRE(response.status == 200);
    CHECK(response.content_type == "application/vnd.mapbox-vector-tile");
    const auto layers = tests::read_tile(std::string(response.body_view()));
    REQUIRE(layers.size() == 1);
    return layers[0].features;
}

} // namespace

// Incidents that the features stand for; features of other collections stand for themselves.
std::int64_t counted(const std::vector<tests::MvtFeature>& features) {
    std::int64_t sum = 0;
    for (const auto& feature : features) {
        const auto count = feature.properties.find("point_count");
        sum += count == feature.properties.end() ? 1 : std::get<std::int64_t>(count->second);
    }
    return sum;
}

TEST_CASE("The tile of the whole world holds as many features as the collection", "[tiles]") {
    const Service service(three_clusters().build());
    const auto collection =
        GENERATE(as<std::string>(), "wards", "authorities", "hotspots", "cells", "incidents");
    const auto query =
        GENERATE(as<std::string>(), "", "?group=violence_with_injury", "?datetime=2025-03");
    CAPTURE(collection, query);
    const auto items = service.json("/collections/" + collection + "/items" + query);
    CHECK(counted(tile_features(service, "/tiles/" + collection + "/0/0/0.mvt" + query)) ==
          items.at("numberMatched").get<std::int64_t>());
}

TEST_CASE("A filter leaves in a tile what it leaves of the items", "[tiles]") {
    const Service service(three_clusters().build());
    const auto [collection, filter] = GENERATE(table<std::string, std::string>(
        {{"incidents", "incident_id LIKE 'I-1%25'"},
         {"incidents", "ward='Castle' OR score<0.5"},
         {"incidents", "S_INTERSECTS(geometry,BBOX(-1.17,52.63,-1.13,52.65))"},
         {"wards", "incidents>9 AND name<>'North'"},
         {"authorities", "population IS NULL"},
         {"cells", "incidents>=10"},
         {"isobands", "to_per_km2 IS NULL"}}));
    CAPTURE(collection, filter);
    const auto items =
        service.json("/collections/" + collection + "/items?limit=10000&filter=" + filter);
    const auto all = service.json("/collections/" + collection + "/items");
    const auto matched = items.at("numberMatched").get<std::int64_t>();
    REQUIRE(matched > 0);
    REQUIRE(matched < all.at("numberMatched").get<std::int64_t>());
    CHECK(counted(tile_features(service, "/tiles/" + collection + "/0/0/0.mvt?filter=" + filter)) ==
          matched);
    const auto document = service.json("/tiles/" + collection + ".json?filter=" + filter);
    CHECK_THAT(document.at("tiles").at(0).get<std::string>(), Catch::Contains("filter="));
}

TEST_CASE("A filter that does not fit a tile's collection is refused by name", "[tiles]") {
    const Service service(three_clusters().build());
    CHECK(service.problem("/tiles/incidents/0/0/0.mvt?filter=rank=1").at("parameter") == "filter");
    CHECK(service.problem("/tiles/wards/0/0/0.mvt?filter=name=").at("parameter") == "filter");
    CHECK(service.problem("/tiles/wards.json?filter=name=").at("parameter") == "filter");
    CHECK(service.problem("/tiles/gazetteer/12/0/0.mvt?filter=name='a'").at("parameter") ==
          "filter");
    CHECK(service.get("/tiles/incidents/0/0/0.mvt?filter=source='ed'").status == 204);
    CHECK(tile_features(service, "/tiles/hotspots/0/0/0.mvt?filter=rank=1").size() == 1);
    CHECK(service.get("/tiles/hotspots/0/0/0.mvt?filter=rank>1").status == 204);
}

TEST_CASE("A level's tiles together hold every incident", "[tiles]") {
    const Service service(three_clusters().build());
    const auto snapshot = service.context.snapshot();
    for (const int zoom : {14, 16, 20}) {
        std::set<std::uint64_t> ids;
        for (const auto& incident : snapshot->incidents) {
            const auto tile = tiles::tile_at(*incident.location.lon_lat, zoom);
            for (const auto& feature : tile_features(service, path("incidents", tile))) {
                ids.insert(feature.id.value());
            }
        }
        CHECK(ids.size() == 33);
    }
}

TEST_CASE("A tile's features carry what the TileJSON says, typed alike", "[tiles]") {
    const Service service(three_clusters().build());
    const auto collection = GENERATE(as<std::string>(), "wards", "authorities", "hotspots", "cells",
                                     "incidents", "gazetteer");
    CAPTURE(collection);
    const auto document = service.json("/tiles/" + collection + ".json");
    const auto& layer = document.at("vector_layers").at(0);
    CHECK(layer.at("id") == collection);
    const auto snapshot = service.context.snapshot();
    const auto zoom = document.at("minzoom").get<int>();
    const auto tile = tiles::tile_at(*snapshot->incidents[0].location.lon_lat, zoom);
    for (const auto& feature : tile_features(service, path(collection, tile))) {
        for (const auto& [name, value] : feature.properties) {
            CAPTURE(name);
            REQUIRE(layer.at("fields").contains(name));
            const bool text = std::holds_alternative<std::string>(value);
            CHECK((layer.at("fields").at(name) == "String") == text);
        }
    }
}

TEST_CASE("TileJSON names the tiles with the parameters in full", "[tiles]") {
    const Service service(three_clusters().build());
    const auto document = service.json("/tiles/hotspots.json?top=0.5");
    CHECK(document.at("tilejson") == "3.0.0");
    const auto url = document.at("tiles").at(0).get<std::string>();
    CHECK(url ==
          "/tiles/hotspots/{z}/{x}/{y}.mvt?scope=vrn-2021&datetime=2023-10-01/2025-09-30&top=0.5");
    CHECK(document.at("bounds").size() == 4);
    CHECK(document.at("bounds").at(0).get<double>() < document.at("bounds").at(2).get<double>());
    CHECK_THAT(document.at("attribution").get<std::string>(), Catch::Contains("OpenStreetMap"));
    CHECK(service.json("/tiles/gazetteer.json").at("minzoom") == 12);
    CHECK(service.problem("/tiles/wards.json?top=0.5").at("parameter") == "top");
    CHECK(service.problem("/tiles/gazetteer.json?scope=vrn-2021").at("parameter") == "scope");
}

TEST_CASE("A tile without features is empty, one that cannot be is not found", "[tiles]") {
    const Service service(three_clusters().build());
    const auto empty = service.get("/tiles/wards/10/0/0.mvt");
    CHECK(empty.status == 204);
    CHECK(empty.body_view().empty());
    CHECK(empty.content_type.empty());
    for (const std::string path :
         {"/tiles/wards/1/2/0.mvt", "/tiles/wards/1/0/2.mvt", "/tiles/wards/23/0/0.mvt",
          "/tiles/wards/99999/0/0.mvt", "/tiles/gazetteer/11/0/0.mvt", "/tiles/parks/0/0/0.mvt"}) {
        CAPTURE(path);
        service.problem(path, 404);
    }
}

TEST_CASE("Tile coordinates that are no whole numbers are refused by name", "[tiles]") {
    const Service service(three_clusters().build());
    CHECK(service.problem("/tiles/wards/a/0/0.mvt").at("parameter") == "z");
    CHECK(service.problem("/tiles/wards/0/-1/0.mvt").at("parameter") == "x");
    CHECK(service.problem("/tiles/wards/0/0/1.5.mvt").at("parameter") == "y");
    CHECK(service.problem("/tiles/wards/99999999999999999999/0/0.mvt").at("parameter") == "z");
    CHECK(service.problem("/tiles/hotspots/0/0/0.mvt?top=9").at("parameter") == "top");
    CHECK(service.problem("/tiles/wards/0/0/0.mvt?limit=9").at("parameter") == "limit");
}

TEST_CASE("OGC's address of a tile, row before column, gives the same bytes", "[tiles]") {
    const Service service(three_clusters().build());
    const auto snapshot = service.context.snapshot();
    const auto tile = tiles::tile_at(*snapshot->incidents[0].location.lon_lat, 12);
    const auto ours = service.get(path("wards", tile));
    const auto ogc = service.get("/collections/wards/tiles/WebMercatorQuad/12/" +
                                 std::to_string(tile.y) + '/' + std::to_string(tile.x));
    CHECK(ours.status == 200);
    CHECK(ours.body == ogc.body);
    CHECK(header_of(ours, "etag") == header_of(ogc, "etag"));
    const Service next(three_clusters().revision(8).build());
    CHECK(header_of(next.get(path("wards", tile)), "etag") != header_of(ours, "etag"));
}
