#include "service/problem.hpp"
#include "tests/catch.hpp"

#include <nlohmann/json.hpp>

using namespace hotspots::service;

TEST_CASE("A problem is written as RFC 9457 says, with the parameter at fault") {
    const auto response = to_response(bad_parameter("bbox", "bbox 'x' is not four numbers"));
    CHECK(response.status == 400);
    CHECK(response.content_type == "application/problem+json");
    const auto document = nlohmann::json::parse(response.body);
    CHECK(document == nlohmann::json{{"type", "about:blank"},
                                     {"title", "Bad parameter"},
                                     {"status", 400},
                                     {"detail", "bbox 'x' is not four numbers"},
                                     {"parameter", "bbox"}});
}

TEST_CASE("A problem without a parameter has no such member") {
    const auto response = to_response(not_found("there is nothing at /x"));
    CHECK(response.status == 404);
    CHECK_FALSE(nlohmann::json::parse(response.body).contains("parameter"));
}

TEST_CASE("A problem keeps its headers") {
    Problem problem(503, "Busy", "ask again");
    problem.headers.push_back({"retry-after", "1"});
    const auto response = to_response(problem);
    REQUIRE_FALSE(response.headers.empty());
    CHECK(response.headers.front().name == "retry-after");
}

TEST_CASE("A detail that quotes bytes which are no UTF-8 is still valid JSON") {
    const auto response = to_response(not_found("nothing at /\xFF\xC3(\"\x01"));
    CHECK(nlohmann::json::parse(response.body).at("detail") ==
          "nothing at /\xEF\xBF\xBD\xEF\xBF\xBD(\"\x01");
}
