#include "service/conditional.hpp"
#include "tests/catch.hpp"

using namespace hotspots::service;

namespace {

Response tagged(int status = 200) {
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.headers = {{"etag", "\"r7\""}, {"cache-control", "no-cache"}, {"link", "<x>"}};
    response.body = "{}";
    return response;
}

Request asked_conditionally(Method method, const std::string& if_none_match) {
    Request request;
    request.method = method;
    request.headers = {{"if-none-match", if_none_match}};
    return request;
}

} // namespace

TEST_CASE("If-None-Match compares weakly (the table of RFC 9110, 8.8.3.2)") {
    CHECK(etag_listed("W/\"1\"", "W/\"1\""));
    CHECK_FALSE(etag_listed("W/\"1\"", "W/\"2\""));
    CHECK(etag_listed("W/\"1\"", "\"1\""));
    CHECK(etag_listed("\"1\"", "\"1\""));
}

TEST_CASE("If-None-Match is a list of tags, or a star") {
    CHECK(etag_listed("\"a\", \"b\" ,W/\"c\"", "\"c\""));
    CHECK(etag_listed("*", "\"c\""));
    CHECK(etag_listed(" * ", "\"c\""));
    CHECK(etag_listed("\"a,b\"", "\"a,b\""));
    CHECK_FALSE(etag_listed("\"a,b\"", "\"b\""));
    CHECK_FALSE(etag_listed("", "\"c\""));
    CHECK_FALSE(etag_listed("c", "\"c\""));
    CHECK_FALSE(etag_listed("\"c", "\"c\""));
    CHECK_FALSE(etag_listed("junk \"c\"", "\"c\""));
    CHECK_FALSE(etag_listed("\"*\"", "\"c\""));
}

TEST_CASE("What the client has already becomes a 304 that keeps what caches need") {
    for (const auto method : {Method::get, Method::head}) {
        const auto response =
            not_modified_if_known(asked_conditionally(method, "\"r6\", \"r7\""), tagged());
        CHECK(response.status == 304);
        CHECK(response.body_view().empty());
        CHECK(response.content_type.empty());
        REQUIRE(response.headers.size() == 2);
        CHECK(response.headers[0].name == "etag");
        CHECK(response.headers[1].name == "cache-control");
    }
}

TEST_CASE("Other answers are not touched") {
    CHECK(not_modified_if_known(asked_conditionally(Method::get, "\"r6\""), tagged()).status ==
          200);
    CHECK(not_modified_if_known(asked_conditionally(Method::post, "\"r7\""), tagged()).status ==
          200);
    CHECK(not_modified_if_known(asked_conditionally(Method::get, "\"r7\""), tagged(404)).status ==
          404);
    CHECK(not_modified_if_known(Request(), tagged()).body == "{}");
    auto untagged = tagged();
    untagged.headers.clear();
    CHECK(not_modified_if_known(asked_conditionally(Method::get, "*"), untagged).status == 200);
}
