// Landing page, files of the web client, health, collections, and the OpenAPI document.
#include "service/handlers/web_file.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::header_of;
using tests::Service;
using tests::three_clusters;

namespace {

constexpr std::array<embedded::File, 4> web{{{"index.html", "<!doctype html><title>map</title>"},
                                             {"data.html", "<!doctype html><title>data</title>"},
                                             {"assets/index-BNuSbi5q.js", "export {}"},
                                             {"assets/icon-BNWE6UFJ.svg", "<svg/>"}}};

Service with_web() {
    Service service(three_clusters().build());
    service.context.web = web;
    return service;
}

std::string landing_type(const std::string& target, const std::string& accept) {
    return with_web().get(target, {{"accept", accept}}).content_type;
}

std::set<std::string> rels(const json& document) {
    std::set<std::string> all;
    for (const auto& link : document.at("links")) {
        all.insert(link.at("rel").get<std::string>());
    }
    return all;
}

} // namespace

TEST_CASE("Browsers get the web client, programs the OGC landing page; f wins", "[documents]") {
    const std::string html = "text/html; charset=utf-8";
    const std::string json_type = "application/json";
    CHECK(landing_type("/", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8") ==
          html);
    CHECK(landing_type("/", "application/json") == json_type);
    CHECK(landing_type("/", "*/*") == json_type);
    CHECK(landing_type("/", "") == json_type);
    CHECK(landing_type("/", "text/html;q=0.4, application/json;q=0.8") == json_type);
    CHECK(landing_type("/", "text/html;q=0, */*") == json_type);
    CHECK(landing_type("/", "text/html;q=0") == "application/problem+json"); // takes nothing
    CHECK(landing_type("/?f=json", "text/html") == json_type);
    CHECK(landing_type("/?f=html", "application/json") == html);
    CHECK(landing_type("/?group=robbery&hotspot=abc-1", "text/html") == html);
    const auto service = with_web();
    CHECK(service.problem("/?f=xml").at("parameter") == "f");
    CHECK(service.problem("/?colour=red").at("parameter") == "colour");
    CHECK(header_of(service.get("/"), "vary") == "accept");
    CHECK(rels(service.json("/")) ==
          std::set<std::string>{"self", "alternate", "service-desc", "service-doc", "conformance",
                                "data", "http://www.opengis.net/def/rel/ogc/1.0/styles",
                                "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"});
}

TEST_CASE("The analyst's page has an address of its own, whatever its query says", "[documents]") {
    const auto service = with_web();
    for (const std::string target : {"/data", "/data?part=review&item=7", "/data?anything"}) {
        const auto page = service.get(target, {{"accept", "*/*"}});
        CHECK(page.status == 200);
        CHECK(page.content_type == "text/html; charset=utf-8");
        CHECK(page.body_view() == "<!doctype html><title>data</title>");
        CHECK(header_of(page, "cache-control") == "no-cache");
    }
    service.problem("/data.html", 404);
    service.problem("/data/", 404);
    CHECK(Service(three_clusters().build()).get("/data").status == 404); // built without a client
}

TEST_CASE("Every local link of the landing page leads somewhere", "[documents]") {
    const auto service = with_web();
    const auto links = service.json("/").at("links");
    for (const auto& link : links) {
        const auto target = link.at("href").get<std::string>();
        CAPTURE(target);
        CHECK(service.get(target).status == 200);
    }
}

TEST_CASE("Files of the web client have their type, a strong ETag and the right age",
          "[documents]") {
    const auto service = with_web();
    const auto script = service.get("/assets/index-BNuSbi5q.js");
    CHECK(script.status == 200);
    CHECK(script.content_type == "text/javascript; charset=utf-8");
    CHECK(script.body_view() == "export {}");
    CHECK(header_of(script, "cache-control") == "public, max-age=31536000, immutable");
    const auto page = service.get("/?f=html");
    CHECK(header_of(page, "cache-control") == "no-cache");
    // The protective fields are the server's: http/write_head sends each once.
    CHECK(page.headers.size() == 4); // ETag, Cache-Control, Accept-Ranges, Vary
    const auto etag = header_of(script, "etag");
    CHECK_THAT(etag, Catch::Matches("\"[0-9a-f]{16}\""));
    CHECK(etag != header_of(page, "etag"));
    CHECK(service.get("/assets/index-BNuSbi5q.js", {{"if-none-match", etag}}).status == 304);
    CHECK(service.get("/assets/icon-BNWE6UFJ.svg").content_type == "image/svg+xml");
    service.problem("/assets/nothing.js", 404);
    service.problem("/assets/", 404);
    service.problem("/index.html", 404);
    CHECK(
        service::web_file(std::array<embedded::File, 1>{{{"a.bin", "x"}}}, "a.bin").content_type ==
        "application/octet-stream");
}

TEST_CASE("Files of the client come packed by Brotli to who takes it", "[documents]") {
    static constexpr std::array<embedded::File, 3> files{
        {{"assets/a.js", "plain"}, {"assets/a.js.br", "packed"}, {"assets/b.js", "plain"}}};
    const auto packed = service::web_file(files, "assets/a.js", "gzip, br");
    CHECK(packed.body_view() == "packed");
    CHECK(packed.content_type == "text/javascript; charset=utf-8");
    CHECK(header_of(packed, "content-encoding") == "br");
    CHECK(header_of(packed, "vary") == "accept-encoding");
    for (const auto& plain : {service::web_file(files, "assets/a.js", "gzip, br;q=0"),
                              service::web_file(files, "assets/b.js", "br")}) {
        CHECK(plain.body_view() == "plain");
        CHECK(header_of(plain, "content-encoding").empty());
        CHECK(header_of(plain, "etag") != header_of(packed, "etag"));
    }
}

TEST_CASE("Health says on which data the service works", "[documents]") {
    const Service service(three_clusters().build());
    const auto health = service.json("/health");
    CHECK(health.at("status") == "ok");
    CHECK(health.at("version") == "1.2.3");
    CHECK(health.at("revision") == json{{"number", 7}, {"published", "2025-10-01T00:00:00Z"}});
    CHECK(health.at("demo") == false);
    CHECK(health.at("incidents") == 33);
    CHECK(health.at("wards") == 3);
    CHECK(health.at("newest_record") == "2025-03-14T22:30:00Z");
    CHECK(health.at("last_import").is_null());
    CHECK(health.at("default_scope") == "vrn-2021");
    CHECK(health.at("default_period") == "2023-10-01/2025-09-30");
    CHECK(health.at("scopes").size() == data::scope_profiles().size());
    CHECK(health.at("marking") == "OFFICIAL-SENSITIVE");
    CHECK(health.at("crs_operation").at("accuracy_m").get<double>() <= 5);
    CHECK(health.at("crs_operation").at("grid_used").is_boolean());
    CHECK(service.json("/health/ready") == health);
    CHECK(service.json("/health/live").at("status") == "ok");
}

TEST_CASE("Before the first snapshot the service lives, but is not ready", "[documents]") {
    const Service service(nullptr);
    for (const std::string path : {"/health", "/health/ready"}) {
        const auto response = service.get(path);
        CHECK(response.status == 503);
        CHECK(json::parse(response.body_view()).at("status") == "loading");
        CHECK(header_of(response, "retry-after") == "1");
    }
    CHECK(service.get("/health/live").status == 200);
    CHECK(service.get("/").status == 200);
}

TEST_CASE("An empty store is healthy, and says what it has not", "[documents]") {
    const Service service(tests::SnapshotBuilder().without_wards().build());
    const auto health = service.json("/health");
    CHECK(health.at("newest_record").is_null());
    CHECK(health.at("incidents") == 0);
    CHECK(service.json("/collections/incidents/items").at("numberMatched") == 0);
    CHECK(service.json("/collections").at("collections").at(0).at("extent").empty());
    CHECK(service.get("/tiles/incidents/0/0/0.mvt").status == 204);
    CHECK(service.json("/tiles/wards.json").at("tilejson") == "3.0.0");
}

TEST_CASE("Collections describe themselves and lead to their items", "[documents]") {
    const Service service(three_clusters().build());
    const auto list = service.json("/collections").at("collections");
    REQUIRE(list.size() == 6);
    for (const auto& collection : list) {
        const auto id = collection.at("id").get<std::string>();
        CAPTURE(id);
        CHECK(service.json("/collections/" + id) == collection);
        CHECK(collection.at("itemType") == "feature");
        CHECK(collection.at("extent").at("spatial").at("bbox").at(0).size() == 4);
        CHECK(collection.at("extent").at("temporal").at("interval").at(0).at(0) ==
              "2025-03-14T22:30:00Z");
        for (const auto& link : collection.at("links")) {
            CHECK(service.get(link.at("href").get<std::string>()).status == 200);
        }
    }
    service.problem("/collections/gazetteer", 404);
}

TEST_CASE("OpenAPI lists exactly the routes, each with the role it needs", "[documents]") {
    const Service service(three_clusters().build());
    service::Request request;
    request.path = "/api";
    request.caller = {service::Role::admin, "test", {}}; // others see less of it
    const auto api = json::parse(service::dispatch(service.context, request).body_view());
    CHECK(api.at("openapi") == "3.0.3");
    std::set<std::string> listed;
    for (const auto& [path, methods] : api.at("paths").items()) {
        for (const auto& [method, operation] : methods.items()) {
            listed.insert(method + ' ' + path + ' ' + operation.at("x-role").get<std::string>());
        }
    }
    std::set<std::string> expected;
    for (const auto& route : service::routes()) {
        REQUIRE(route.handle);
        std::string method(to_text(route.method));
        std::transform(method.begin(), method.end(), method.begin(),
                       [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        std::string path(route.pattern);
        if (const auto dots = path.find("..."); dots != path.npos) {
            path.erase(dots, 3);
        }
        expected.insert(method + ' ' + path + ' ' + std::string(to_text(route.policy.role())));
    }
    CHECK(listed == expected);
    CHECK(expected.size() == service::routes().size());
}

TEST_CASE("The OpenAPI document says how to identify oneself, and which paths refuse some roles",
          "[documents]") {
    const auto api = Service(three_clusters().build()).json("/api");
    const auto& schemes = api.at("components").at("securitySchemes");
    CHECK(schemes.at("bearer").at("scheme") == "bearer");
    CHECK(schemes.at("basic").at("scheme") == "basic");
    for (const auto& way : api.at("security")) {
        CHECK((way.empty() || schemes.contains(way.items().begin().key())));
    }
    CHECK(api.at("paths").at("/collections/{c}/items").at("get").at("responses").contains("403"));
    CHECK_FALSE(api.at("paths").at("/health").at("get").at("responses").contains("403"));
}

TEST_CASE("Every reference of the OpenAPI document leads somewhere in it", "[documents]") {
    const auto api = Service(three_clusters().build()).json("/api");
    const auto flat = api.flatten();
    for (const auto& [path, value] : flat.items()) {
        if (path.ends_with("/$ref")) {
            const auto target = value.get<std::string>().substr(1);
            CAPTURE(path, target);
            CHECK(api.contains(json::json_pointer(target)));
        }
    }
}

TEST_CASE("Whoever is less than an inspector sees no figures and no points", "[documents]") {
    const Service service(three_clusters().build());
    for (const auto role : {service::Role::anyone, service::Role::panel}) {
        for (const auto* path : {"/collections/incidents/items", "/collections/hotspots/items",
                                 "/tiles/incidents/0/0/0.mvt", "/tiles/gazetteer/14/8139/5369.mvt",
                                 "/collections/incidents/items/1"}) {
            service::Request request;
            request.path = path;
            request.caller = {role, role == service::Role::anyone ? "" : "test", {}};
            const auto status = service::dispatch(service.context, request).status;
            CHECK(status == (role == service::Role::anyone ? 401 : 403));
        }
    }
}
