// GET and POST /geocode: the members that an answer always has, and what is refused.
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/geocode.hpp"
#include "geo/crs.hpp"
#include "service/handlers/geocode.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <set>

using namespace hotspots;
using nlohmann::json;
using service::Problem;
using service::Request;

namespace {

data::NamedPlace street(const std::string& name, const geo::BngPoint& at) {
    data::NamedPlace place;
    place.name = name;
    place.point = *geo::to_lon_lat(at);
    return place;
}

const tests::Service& asked() {
    static const auto made = [] {
        auto snapshot = *tests::three_clusters().build();
        snapshot.gazetteer = std::make_shared<const data::Gazetteer>(data::ReferenceData{
            snapshot.wards,
            {street("Granby Street", tests::north_centre), street("High Street", {458500, 305500}),
             street("High Street", {460500, 304500})},
            {}});
        return tests::Service(std::make_shared<const data::Snapshot>(std::move(snapshot)));
    }();
    return made;
}

json get(const std::string& text) {
    Request request;
    request.caller = {service::Role::inspector, "test", {}};
    request.query = {{"q", text}};
    return json::parse(service::get_geocode(asked().context, request, {}).body);
}

json post(const std::string& body) {
    Request request;
    request.caller = {service::Role::inspector, "test", {}};
    request.body = body;
    return json::parse(service::post_geocode(asked().context, request, {}).body);
}

template <class Ask>
std::pair<int, std::string> problem_of(Ask ask) {
    try {
        ask();
    } catch (const Problem& problem) {
        return {problem.status(), problem.what()};
    }
    return {200, ""};
}

std::set<std::string> members(const json& object) {
    std::set<std::string> names;
    for (const auto& [name, value] : object.items()) {
        names.insert(name);
    }
    return names;
}

const std::set<std::string> answer_members{
    "query",         "status", "level",        "longitude", "latitude",  "easting", "northing",
    "uncertainty_m", "score",  "matched_text", "rule",      "ward_code", "ward",    "candidates"};

} // namespace

TEST_CASE("A text that is placed comes with its point, its ward, and what was matched") {
    const auto answer = get("o/s 14 Granby St, North");
    CHECK(members(answer) == answer_members);
    CHECK(answer.at("query") == "o/s 14 Granby St, North");
    CHECK(answer.at("status") == "matched");
    CHECK(answer.at("level") == "street");
    CHECK(answer.at("easting").get<double>() == Approx(tests::north_centre.easting_m).margin(0.02));
    CHECK(answer.at("matched_text") == "Granby Street");
    CHECK(answer.at("ward") == "North");
    CHECK(answer.at("ward_code") == "E05000001");
    CHECK(answer.at("candidates") == json::array());
    const auto location =
        data::geocode_text(*asked().context.snapshot()->gazetteer, "o/s 14 Granby St, North");
    CHECK(answer.at("score").get<double>() == Approx(location.score).margin(0.0005));
    CHECK(answer.at("longitude").get<double>() == Approx(location.lon_lat->lon_deg).margin(1e-7));
    CHECK(answer.at("rule") == location.rule);
}

TEST_CASE("What is not known is null, and candidates say where they are") {
    const auto answer = get("High Street");
    CHECK(members(answer) == answer_members);
    CHECK(answer.at("status") == "ambiguous");
    for (const char* name : {"level", "longitude", "latitude", "easting", "northing",
                             "uncertainty_m", "score", "ward_code", "ward"}) {
        CHECK(answer.at(name).is_null());
    }
    REQUIRE(answer.at("candidates").size() == 2);
    const auto& candidate = answer.at("candidates").at(0);
    CHECK(members(candidate) == std::set<std::string>{"label", "level", "longitude", "latitude",
                                                      "easting", "northing", "uncertainty_m"});
    CHECK(candidate.at("label") == "High Street, Castle, Alpha");
    CHECK(candidate.at("longitude").is_number());
}

TEST_CASE("A list is answered in its order, bare or as a member, and like one by one") {
    const auto bare = post(R"(["Granby Street, North", "", "refused"])");
    REQUIRE(bare.size() == 3);
    CHECK(bare.at(0) == get("Granby Street, North"));
    CHECK(bare.at(1).at("rule") == "empty");
    CHECK(bare.at(2).at("status") == "unmatched");
    CHECK(post(R"({"texts": ["Granby Street, North", "", "refused"]})").at("answers") == bare);
}

TEST_CASE("Ten thousand texts are answered, one more is refused by name of the limit") {
    const auto list = [](std::size_t size) {
        return json(std::vector<std::string>(size, "x")).dump();
    };
    CHECK(post(list(service::most_geocode_texts)).size() == 10'000);
    const auto [status, detail] = problem_of([&] { post(list(10'001)); });
    CHECK(status == 413);
    CHECK(detail.find("10001") != detail.npos);
    CHECK(detail.find("10000") != detail.npos);
}

TEST_CASE("Bodies that are no list of texts are refused with what would be right") {
    for (const auto& [body, named] : std::vector<std::pair<std::string, std::string>>{
             {"", "empty"},
             {"[\"a\"", "not JSON"},
             {"\"High Street\"", "string"},
             {"[]", "list is empty"},
             {"[\"a\", 3]", "text 2 of the list is a JSON number"},
             {"[\"\xFF\"]", "not JSON"},
             {"{}", "no member 'texts'"},
             {"{\"texts\": \"a\"}", "'texts' is a JSON string"},
             {"{\"texts\": [\"a\"], \"limit\": 1}", "limit"}}) {
        INFO(body);
        const auto [status, detail] = problem_of([&] { post(body); });
        CHECK(status == 400);
        CHECK(detail.find(named) != detail.npos);
        CHECK(detail.find("expected a JSON list of texts") != detail.npos);
    }
}

TEST_CASE("A question without a text, or of bytes that are no text, is refused by name") {
    CHECK(problem_of([] { get(""); }).first == 400);
    CHECK(problem_of([] { get("  "); }).second.find("q is empty") != std::string::npos);
    CHECK(problem_of([] { get("High \xFF Street"); }).second.find("byte 6") != std::string::npos);
    Request bare;
    bare.caller = {service::Role::inspector, "test", {}};
    CHECK(problem_of([&] {
              service::get_geocode(asked().context, bare, {});
          }).second.find("q is missing") != std::string::npos);
    bare.query = {{"q", "High Street"}, {"limit", "3"}};
    CHECK(problem_of([&] { service::get_geocode(asked().context, bare, {}); }).first == 400);
    bare.query = {{"q", "High Street"}};
    const tests::Service without_gazetteer(tests::three_clusters().build());
    CHECK(problem_of([&] { service::get_geocode(without_gazetteer.context, bare, {}); }).first ==
          503);
}
