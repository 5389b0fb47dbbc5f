// What the abstract test suites of OGC API - Features ask of documents and parameters, where no
// other test does: docs/conformance.md says which is where.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <map>
#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

// The parameters of a path's GET, references followed, by name.
std::map<std::string, json> parameters_of(const json& api, const std::string& path) {
    std::map<std::string, json> found;
    for (auto parameter : api.at("paths").at(path).at("get").at("parameters")) {
        if (parameter.contains("$ref")) {
            parameter =
                api.at(json::json_pointer(parameter.at("$ref").get<std::string>().substr(1)));
        }
        found[parameter.at("name").get<std::string>()] = parameter;
    }
    return found;
}

const std::string items_path = "/collections/{c}/items";

} // namespace

// Features Part 1, requirements 13 to 21; Part 2, 5 to 9; Part 3, clauses 8 and 9.
TEST_CASE("The OpenAPI document defines the parameters of items as the standards do",
          "[conformance]") {
    const auto api = Service(three_clusters().build()).json("/api");
    const auto parameters = parameters_of(api, items_path);
    const auto& limit = parameters.at("limit").at("schema");
    CHECK(parameters.at("limit").at("in") == "query");
    CHECK(limit.at("type") == "integer");
    CHECK(limit.at("minimum") == 1);
    CHECK(limit.at("default") == 100);
    const auto& bbox = parameters.at("bbox");
    CHECK(bbox.at("style") == "form");
    CHECK(bbox.at("explode") == false);
    CHECK(bbox.at("schema").at("type") == "array");
    CHECK(bbox.at("schema").at("minItems") == 4);
    CHECK(bbox.at("schema").at("maxItems") == 6);
    CHECK(bbox.at("schema").at("items").at("type") == "number");
    CHECK(parameters.at("datetime").at("schema").at("type") == "string");
    for (const std::string name : {"crs", "bbox-crs", "filter-crs"}) {
        CHECK(parameters.at(name).at("schema").at("format") == "uri");
        CHECK(parameters.at(name).at("schema").at("enum").size() == 4);
    }
    CHECK(parameters.at("filter").at("schema").at("type") == "string");
    CHECK(parameters.at("filter-lang").at("schema").at("enum") == json{"cql2-text", "cql2-json"});
    for (const auto& [name, parameter] : parameters) {
        CAPTURE(name);
        CHECK(parameter.at("required") == (parameter.at("in") == "path"));
    }
    CHECK(parameters_of(api, "/collections/{c}/items/{id}").contains("crs"));
}

TEST_CASE("The OpenAPI document names the media types and refusals that there are",
          "[conformance]") {
    const Service service(three_clusters().build());
    const auto api = service.json("/api");
    const auto& responses = api.at("paths").at(items_path).at("get").at("responses");
    const auto& content = responses.at("200").at("content");
    for (const std::string type :
         {"application/geo+json", "application/json", "text/html", "text/csv",
          "application/geopackage+sqlite3", "application/flatgeobuf"}) {
        CHECK(content.contains(type));
    }
    CHECK(responses.at("200").at("headers").contains("Content-Crs"));
    for (const std::string status : {"400", "401", "403", "404", "406", "410"}) {
        CHECK(responses.contains(status));
    }
    for (const std::string path : {"/", "/conformance", "/collections", "/collections/{c}"}) {
        CHECK(api.at("paths")
                  .at(path)
                  .at("get")
                  .at("responses")
                  .at("200")
                  .at("content")
                  .contains("text/html"));
    }
}

TEST_CASE("Every link of every OGC document has a relation, a type and leads somewhere",
          "[conformance]") {
    const Service service(three_clusters().build());
    for (const std::string target :
         {"/?f=json", "/collections", "/collections/incidents",
          "/collections/incidents/items?limit=5", "/collections/wards/items/E05000001",
          "/collections/hotspots/items"}) {
        std::set<std::string> rels;
        const auto document = service.json(target);
        for (const auto& link : document.at("links")) {
            CAPTURE(target, link.dump());
            rels.insert(link.at("rel").get<std::string>());
            CHECK_FALSE(link.at("type").get<std::string>().empty());
            const auto href = link.at("href").get<std::string>();
            if (href != "/?f=html" && href.find('{') == href.npos) { // the client is not built in
                CHECK(service.get(href).status == 200);
            }
        }
        CHECK(rels.contains("self"));
        CHECK(rels.contains("alternate"));
    }
}

TEST_CASE("Datetime keeps the features whose time touches it", "[conformance]") {
    SnapshotBuilder builder;
    for (const char* when : {"2025-03-14T22:30", "2025-04", "2025-06-01"}) {
        Event event;
        event.when = when;
        builder.add(event);
    }
    const Service service(builder.build());
    const auto matched = [&](const std::string& datetime) {
        return service.json("/collections/incidents/items?datetime=" + datetime)
            .at("numberMatched")
            .get<int>();
    };
    CHECK(matched("2025-03-14T22:30:00Z") == 1);
    CHECK(matched("2025-03-14T22:30:01Z") == 0);
    CHECK(matched("2025-03-01T00:00:00Z/2025-04-30T00:00:00Z") == 2);
    CHECK(matched("../2025-03-31") == 1);
    CHECK(matched("2025-04-15/..") == 2);
    CHECK(matched("2025-04-15/") == 2);
    CHECK(service.problem("/collections/incidents/items?datetime=yesterday").at("parameter") ==
          "datetime");
    CHECK(
        service.problem("/collections/incidents/items?datetime=2025-05/2025-04").at("parameter") ==
        "datetime");
}

TEST_CASE("Of several datetimes a feature's time touches each, on all pages", "[conformance]") {
    SnapshotBuilder builder;
    Event window;
    window.when = "2025-03-14T22:30";
    window.until = "2025-03-15T02:00";
    builder.add(window, 3);
    for (const char* when : {"2025-03-14T22:30", "2025-03-15T01:30", "2025-03-15T02:30"}) {
        Event event;
        event.when = when;
        builder.add(event);
    }
    const Service service(builder.build());
    const std::string items = "/collections/incidents/items?limit=1&datetime=";
    const auto [datetime, expected] = GENERATE(table<std::string, std::set<int>>({
        {"2025-03-15T01:00:00Z/..&datetime=../2025-03-15T02:00:00Z", {1, 2, 3, 5}},
        {"../2025-03-14T23:00:00Z&datetime=2025-03-15T01:00:00Z/..", {1, 2, 3}},
        {"../2025-03-14T23:00:00Z&datetime=2025-03-15T02:15:00Z/..", {}},
    }));
    CAPTURE(datetime);
    std::set<int> ids;
    for (auto next = items + datetime; !next.empty();) {
        const auto page = service.json(next);
        CHECK(page.at("numberMatched") == expected.size());
        for (const auto& feature : page.at("features")) {
            CHECK(ids.insert(feature.at("id").get<int>()).second);
        }
        next.clear();
        for (const auto& link : page.at("links")) {
            if (link.at("rel") == "next") {
                next = link.at("href");
            }
        }
    }
    CHECK(ids == expected);
    service.problem("/collections/incidents/items?weapon=knife&weapon=blunt");
    service.problem("/collections/hotspots/items?datetime=2025-03&datetime=2025-05");
}

TEST_CASE("The conformance page lists the classes of Features Parts 1 to 3 and of schemas",
          "[conformance]") {
    const auto classes = Service(three_clusters().build())
                             .json("/conformance")
                             .at("conformsTo")
                             .get<std::set<std::string>>();
    const std::string spec = "http://www.opengis.net/spec/";
    for (const std::string name :
         {"ogcapi-features-1/1.0/conf/core", "ogcapi-features-1/1.0/conf/geojson",
          "ogcapi-features-1/1.0/conf/html", "ogcapi-features-1/1.0/conf/oas30",
          "ogcapi-features-2/1.0/conf/crs", "ogcapi-features-3/1.0/conf/queryables",
          "ogcapi-features-3/1.0/conf/filter", "ogcapi-features-3/1.0/conf/features-filter",
          "ogcapi-common-3/1.0/conf/schemas",
          "ogcapi-common-3/1.0/conf/returnables-and-receivables"}) {
        CAPTURE(name);
        CHECK(classes.contains(spec + name));
    }
}
