// Long pages of features, made in parts, and work that stops as its client has left.
#include "service/handlers/item_documents.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <stop_token>

using namespace hotspots;
using namespace hotspots::tests;
using namespace hotspots::service;

namespace {

std::string joined(const std::function<bool(std::string&)>& parts) {
    std::string all;
    for (bool more = true; more;) {
        std::string part;
        more = parts(part);
        all += part;
    }
    return all;
}

Service many_records(int count) {
    return Service(SnapshotBuilder().add({}, count).build());
}

constexpr std::string_view all_incidents = "/collections/incidents/items?limit=10000";

Response stopped_from_the_beginning(const Service& service, std::string_view target) {
    std::stop_source stop;
    stop.request_stop();
    Request request;
    request.target = target;
    auto [path, query] = parse_target(target).value();
    request.path = std::move(path);
    request.query = std::move(query);
    request.caller.role = Role::inspector;
    request.stop = stop.get_token();
    return dispatch(service.context, request);
}

} // namespace

TEST_CASE("A page in parts is byte for byte the page as a whole, of whatever length") {
    const auto service = many_records(1501);
    const auto snapshot = service.context.snapshot();
    const auto& collection = find_collection("incidents");
    for (const int rows : {0, 1, 499, 500, 501, 1000, 1001, 1500, 1501}) {
        for (const int offset : {0, 1}) {
            ItemPage page;
            page.limit = rows;
            page.offset = offset;
            FeatureQuery query{snapshot, {}, {}};
            query.parameters = read_parameters(collection, {}, *snapshot, {});
            auto set = collection.find(service.context, query);
            const auto answer = std::make_shared<const ItemAnswer>(ItemAnswer{
                service.context, collection, std::move(query), std::move(set), page, "http://a"});
            CAPTURE(rows, offset);
            CHECK((joined(page_geojson_parts(answer)) == page_geojson(*answer)));
        }
    }
}

TEST_CASE("A long page comes in parts, with the counts and validators of any other") {
    const auto service = many_records(1501);
    CHECK_FALSE(service.get("/collections/incidents/items?limit=1000").parts);
    const auto response = service.get(all_incidents);
    REQUIRE(response.parts);
    CHECK(response.body.empty());
    CHECK(response.status == 200);
    CHECK(response.rows == 1501U);
    const auto page = nlohmann::json::parse(joined(response.parts));
    CHECK(page.at("numberMatched") == 1501);
    CHECK(page.at("numberReturned") == 1501);
    CHECK(page.at("features").size() == 1501);
    CHECK(page.at("timeStamp") == "2025-10-01T00:00:00Z");
    CHECK(service.get(all_incidents, {{"if-none-match", header_of(response, "etag")}}).status ==
          304);
    const auto html = service.get(std::string(all_incidents) + "&f=html");
    CHECK_FALSE(html.parts);
}

TEST_CASE("What a client that has left asked for stops, and is there for the next to ask") {
    const auto target = GENERATE(
        as<std::string>(), "/collections/hotspots/items", "/collections/cells/items",
        "/collections/isobands/items", "/collections/incidents/items?limit=100",
        "/collections/incidents/items?f=csv", "/collections/incidents/items?f=gpkg", "/density.tif",
        "/tiles/hotspots/10/508/335.mvt", "/tiles/incidents/10/508/335.mvt",
        "/collections/incidents/items?filter=victim_age%20%3E%2030");
    CAPTURE(target);
    const Service service(three_clusters().build());
    const auto stopped = stopped_from_the_beginning(service, target);
    CHECK(stopped.status == client_gone);
    CHECK(stopped.body.empty());
    CHECK(service.get(target).status < 300);
}
