// Pages of every collection as GeoJSON: OGC API - Features 7.15 and 7.16, RFC 7946.
#include "service/bounding_box.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

std::string link(const json& document, const std::string& rel) {
    for (const auto& candidate : document.at("links")) {
        if (candidate.at("rel") == rel) {
            return candidate.at("href");
        }
    }
    return {};
}

// The ids of all features, following links of `rel` from `target` on.
std::vector<json> walk(const Service& service, std::string target, const std::string& rel) {
    std::vector<json> ids;
    while (!target.empty()) {
        const auto page = service.json(target);
        CHECK(page.at("numberReturned") == page.at("features").size());
        for (const auto& feature : page.at("features")) {
            ids.push_back(feature.at("id"));
        }
        target = link(page, rel);
    }
    return ids;
}

// Twice the signed area of a ring: positive for counterclockwise.
double winding(const json& ring) {
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        sum += ring[i - 1][0].get<double>() * ring[i][1].get<double>() -
               ring[i][0].get<double>() * ring[i - 1][1].get<double>();
    }
    return sum;
}

} // namespace

TEST_CASE("Pages neither skip nor repeat a feature, forwards and backwards", "[items]") {
    const Service service(three_clusters().build());
    const auto limit = GENERATE(as<std::string>(), "1", "4", "7", "10", "11", "33", "34");
    CAPTURE(limit);
    std::vector<json> expected;
    for (int id = 1; id <= 33; ++id) {
        expected.push_back(id);
    }
    const std::string items = "/collections/incidents/items?source=police&limit=" + limit;
    CHECK(walk(service, items, "next") == expected);
    std::set<json> backwards;
    const auto from_30 = walk(service, items + "&offset=30", "prev");
    backwards.insert(from_30.begin(), from_30.end());
    CHECK(backwards.size() == from_30.size());
    CHECK(backwards.size() == std::min<std::size_t>(33, 30 + std::stoul(limit)));
}

TEST_CASE("Links of a page keep all of its parameters", "[items]") {
    const Service service(three_clusters().build());
    const auto page = service.json("/collections/incidents/items?bbox=-2,52,0,53&f=json&limit=5"
                                   "&offset=10&group=violence_with_injury&days=fri");
    const std::string kept = "/collections/incidents/items?scope=vrn-2021&datetime=../.."
                             "&group=violence_with_injury&days=fri&bbox=-2,52,0,53";
    CHECK(link(page, "self") == kept + "&f=json&limit=5&offset=10");
    CHECK(link(page, "next") == kept + "&revision=7&f=json&limit=5&offset=15");
    CHECK(link(page, "prev") == kept + "&revision=7&f=json&limit=5&offset=5");
    CHECK(link(page, "alternate") == kept + "&f=geojson&limit=5&offset=10");
    CHECK(link(page, "collection") == "/collections/incidents");
    CHECK(service.json(link(page, "self")) == page);
}

TEST_CASE("Links begin with the host that was asked, or with the configured address", "[items]") {
    Service service(three_clusters().build());
    const auto self_of = [&](const std::string& host) {
        const auto response = service.get("/collections/wards/items", {{"host", host}});
        return link(json::parse(response.body), "self");
    };
    CHECK_THAT(self_of("map.test:8080"), Catch::StartsWith("http://map.test:8080/collections/"));
    CHECK_THAT(self_of("[::1]:8080"), Catch::StartsWith("http://[::1]:8080/collections/"));
    CHECK_THAT(self_of("evil\"/><script>"), Catch::StartsWith("/collections/"));
    service.context.public_url = "https://llr.test/map/";
    CHECK_THAT(self_of("map.test"), Catch::StartsWith("https://llr.test/map/collections/"));
}

TEST_CASE("Limit and offset are whole numbers within bounds", "[items]") {
    const Service service(SnapshotBuilder().add({}, 120).build());
    const std::string items = "/collections/incidents/items";
    CHECK(service.json(items).at("numberReturned") == 100);
    CHECK(service.json(items + "?limit=1000000").at("numberReturned") == 120);
    CHECK_THAT(link(service.json(items + "?limit=99999999999999999999"), "self"),
               Catch::Contains("limit=10000"));
    const auto beyond = service.json(items + "?offset=500");
    CHECK(beyond.at("numberReturned") == 0);
    CHECK(beyond.at("numberMatched") == 120);
    CHECK(link(beyond, "next").empty());
    for (const std::string bad : {"0", "-1", "NaN", "", "1.5", "ten", "0x10", " 5"}) {
        CAPTURE(bad);
        CHECK(service.problem(items + "?limit=" + bad).at("parameter") == "limit");
    }
    for (const std::string bad : {"-1", "NaN", "", "1.5"}) {
        CAPTURE(bad);
        CHECK(service.problem(items + "?offset=" + bad).at("parameter") == "offset");
    }
}

TEST_CASE("Parameters and collections that nobody knows are refused", "[items]") {
    const Service service(three_clusters().build());
    CHECK(service.problem("/collections/wards/items?colour=red").at("parameter") == "colour");
    CHECK(service.problem("/collections/wards/items?bandwidth=300").at("parameter") == "bandwidth");
    CHECK(service.problem("/collections/incidents/items?top=1").at("parameter") == "top");
    CHECK(service.problem("/collections/wards/items?f=kml").at("parameter") == "f");
    CHECK(service.problem("/collections/wards/items?bbox=1,2,3,4,5").at("parameter") == "bbox");
    CHECK_THAT(service.problem("/collections/parks/items", 404).at("detail").get<std::string>(),
               Catch::Contains("hotspots, cells, isobands or incidents"));
    CHECK_THAT(service.problem("/collections/gazetteer/items", 404).at("detail").get<std::string>(),
               Catch::Contains("wards"));
    service.problem("/collections/wards/items/E99999999", 404);
    service.problem("/collections/incidents/items/34", 404);
    for (const std::string id : {"one", "0", "-1", "+1", "01", "1%20", "1e0", "1.0",
                                 "99999999999999999999", "18446744073709551617"}) {
        CAPTURE(id);
        service.problem("/collections/incidents/items/" + id, 404);
    }
    CHECK(service.get("/collections/incidents/items/1").status == 200);
}

TEST_CASE("A page says of which revision, version and scope it is", "[items]") {
    const Service service(three_clusters().build());
    const auto collection =
        GENERATE(as<std::string>(), "wards", "authorities", "hotspots", "cells", "incidents");
    CAPTURE(collection);
    const auto page = service.json("/collections/" + collection + "/items");
    CHECK(page.at("type") == "FeatureCollection");
    CHECK(page.at("timeStamp") == "2025-10-01T00:00:00Z");
    CHECK(page.at("demo") == false);
    CHECK(page.at("marking") == "OFFICIAL-SENSITIVE");
    CHECK_THAT(page.at("attribution").get<std::string>(),
               Catch::Contains("Open Government Licence"));
    const auto& manifest = page.at("manifest");
    CHECK(manifest.at("id").get<std::string>().size() == 16);
    CHECK(manifest.at("revision") == 7);
    CHECK(manifest.at("version") == "1.2.3");
    CHECK(manifest.at("scope").at("profile") == "vrn-2021");
    CHECK(manifest.at("scope").at("version").is_number_integer());
    CHECK_FALSE(manifest.at("crs_operation").get<std::string>().empty());
    CHECK(service.get("/collections/" + collection + "/items").content_type ==
          "application/geo+json");
}

TEST_CASE("Equal requests have equal bytes and validators; others have other validators",
          "[items]") {
    const Service service(three_clusters().build());
    const auto etag = [&](const std::string& query) {
        return header_of(service.get("/collections/incidents/items?" + query), "etag");
    };
    CHECK(etag("") == etag("limit=100&offset=0&scope=vrn-2021"));
    CHECK(service.get("/collections/incidents/items").body ==
          service.get("/collections/incidents/items?limit=100").body);
    const std::set<std::string> different{etag(""),
                                          etag("limit=99"),
                                          etag("offset=1"),
                                          etag("f=json"),
                                          etag("scope=police-uk-open"),
                                          etag("bbox=-2,52,0,53"),
                                          etag("group=robbery")};
    CHECK(different.size() == 7);
    const Service next(three_clusters().revision(8).build());
    CHECK(header_of(next.get("/collections/incidents/items"), "etag") != etag(""));
    CHECK(header_of(service.get("/collections/incidents/items"), "cache-control") ==
          "private, no-cache");
}

TEST_CASE("A client that has the answer gets a 304 without body", "[items]") {
    const Service service(three_clusters().build());
    for (const std::string path :
         {"/collections/hotspots/items", "/collections/wards/items/E05000001",
          "/tiles/wards/0/0/0.mvt", "/tiles/wards.json", "/collections"}) {
        CAPTURE(path);
        const auto etag = header_of(service.get(path), "etag");
        REQUIRE_FALSE(etag.empty());
        const auto again = service.get(path, {{"if-none-match", etag}});
        CHECK(again.status == 304);
        CHECK(again.body_view().empty());
        CHECK(header_of(again, "etag") == etag);
        CHECK(service.get(path, {{"if-none-match", "\"r6-0\""}}).status == 200);
    }
}

TEST_CASE("Rings follow the right-hand rule", "[items]") {
    const Service service(three_clusters().build());
    const auto collection =
        GENERATE(as<std::string>(), "wards", "authorities", "hotspots", "cells");
    const auto page = service.json("/collections/" + collection + "/items");
    for (const auto& feature : page.at("features")) {
        const auto& geometry = feature.at("geometry");
        const bool multi = geometry.at("type") == "MultiPolygon";
        const auto polygons =
            multi ? geometry.at("coordinates") : json::array({geometry.at("coordinates")});
        for (const auto& rings : polygons) {
            for (std::size_t i = 0; i < rings.size(); ++i) {
                CHECK(rings[i].front() == rings[i].back());
                CHECK((winding(rings[i]) > 0) == (i == 0));
            }
        }
    }
}

TEST_CASE("A bbox keeps what touches it", "[items]") {
    const Service service(three_clusters().build());
    const auto snapshot = service.context.snapshot();
    const auto castle = service::QueryBox(geo::bounds(snapshot->wards[1].outline)).text();
    const auto inside = service.json("/collections/incidents/items?bbox=" + castle);
    CHECK(inside.at("numberMatched") == 10);
    CHECK(service.json("/collections/hotspots/items?top=5&bbox=" + castle).at("numberMatched") ==
          1);
    CHECK(service.json("/collections/wards/items?bbox=0,0,1,1").at("numberMatched") == 0);
    // From New Zealand eastwards over the antimeridian to Greenwich, and the other way round.
    for (const std::string collection :
         {"wards", "authorities", "hotspots", "cells", "incidents"}) {
        const auto items = "/collections/" + collection + "/items?bbox=";
        CAPTURE(collection);
        CHECK(service.json(items + "170,0,0,90").at("numberMatched") ==
              service.json(items + "-180,-90,180,90").at("numberMatched"));
        CHECK(service.json(items + "10,0,-10,90").at("numberMatched") == 0);
    }
    CHECK(service.json("/collections/authorities/items?bbox=" + castle).at("numberMatched") >= 1);
}

TEST_CASE("Until data is loaded a request is asked to come again", "[items]") {
    const Service service(nullptr);
    for (const std::string path :
         {"/collections", "/collections/wards/items", "/tiles/wards.json", "/tiles/wards/0/0/0.mvt",
          "/collections/wards/items/E05000001"}) {
        service.problem(path, 503);
        CHECK(header_of(service.get(path), "retry-after") == "1");
    }
}
