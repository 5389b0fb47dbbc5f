// Tiles of few incidents, answered where their request was read, beside the same tiles from the
// compute pool.
#include "service/http/compress.hpp"
#include "service/http/prepared_answer.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"
#include "tiles/tile.hpp"

using namespace hotspots;
using tests::Service;
using tests::three_clusters;

namespace {

service::Request inspector_asks(const std::string& target,
                                service::Role role = service::Role::inspector) {
    service::Request request;
    auto parsed = service::parse_target(target);
    REQUIRE(parsed);
    request.target = target;
    request.path = parsed->first;
    request.query = parsed->second;
    request.caller = {role, "test", {}};
    return request;
}

std::optional<service::Response> at_once(const Service& service, const std::string& target) {
    return service::dispatch_at_once(service.context, inspector_asks(target));
}

std::string tile_of_first(const Service& service, int zoom) {
    const auto snapshot = service.context.snapshot();
    const auto tile = tiles::tile_at(*snapshot->incidents[0].location.lon_lat, zoom);
    return std::to_string(zoom) + '/' + std::to_string(tile.x) + '/' + std::to_string(tile.y) +
           ".mvt";
}

} // namespace

TEST_CASE("A tile of few incidents is answered at once, as it is otherwise", "[tiles]") {
    const Service one(three_clusters().build());
    const Service other(three_clusters().build());
    const auto query = GENERATE(as<std::string>(), "", "?group=violence_with_injury",
                                "?filter=incident_id%20LIKE%20'I-1%25'", "?filter=score<0");
    const auto target = "/tiles/incidents/" + tile_of_first(one, 14) + query;
    CAPTURE(target);
    CHECK_FALSE(at_once(one, target)); // the table of points is not there yet
    one.get("/tiles/incidents/0/0/0.mvt");
    const auto ready = at_once(one, target);
    REQUIRE(ready);
    const auto usual = other.get(target);
    CHECK(ready->status == usual.status);
    CHECK(ready->body_view() == usual.body_view());
    CHECK(ready->content_type == usual.content_type);
    CHECK(tests::header_of(*ready, "etag") == tests::header_of(usual, "etag"));
    CHECK(one.get(target).body_view() == usual.body_view()); // now from what is kept
}

TEST_CASE("What costs more, or is refused, is not answered at once", "[tiles]") {
    const Service service(three_clusters().build());
    service.get("/tiles/incidents/0/0/0.mvt");
    const auto tile = tile_of_first(service, 14);
    CHECK_FALSE(at_once(service, "/tiles/wards/" + tile));
    CHECK_FALSE(at_once(service, "/tiles/hotspots/" + tile));
    CHECK_FALSE(at_once(service, "/collections/incidents/items"));
    CHECK_FALSE(at_once(service, "/tiles/incidents/" + tile + "?filter=nothing<1"));
    CHECK_FALSE(at_once(service, "/tiles/incidents/" + tile + "?colour=red"));
    CHECK_FALSE(at_once(service, "/tiles/incidents/a/b/c.mvt"));
    std::string long_filter = "score<0";
    while (long_filter.size() < 50'000) {
        long_filter += "%20OR%20score<0";
    }
    CHECK_FALSE(at_once(service, "/tiles/incidents/" + tile + "?filter=" + long_filter));
    const auto request = inspector_asks("/tiles/incidents/" + tile, service::Role::panel);
    CHECK_FALSE(service::dispatch_at_once(service.context, request));
}

TEST_CASE("A tile that the client has is a 304 at once", "[tiles]") {
    const Service service(three_clusters().build());
    service.get("/tiles/incidents/0/0/0.mvt");
    auto request = inspector_asks("/tiles/incidents/" + tile_of_first(service, 14));
    const auto first = service::dispatch_at_once(service.context, request);
    REQUIRE(first);
    request.headers = {{"if-none-match", tests::header_of(*first, "etag")}};
    const auto second = service::dispatch_at_once(service.context, request);
    REQUIRE(second);
    CHECK(second->status == 304);
    CHECK(second->body_view().empty());
}
