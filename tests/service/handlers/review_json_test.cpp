// What a person's decision may say, member by member.
#include "geo/crs.hpp"
#include "service/handlers/review_json.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"

using namespace hotspots;
using service::read_decision;

namespace {

const std::vector<data::Candidate> two_streets{
    {"High Street, Castle", data::GeocodeLevel::street, {458500, 304400}, 120},
    {"High Street, Oakham", data::GeocodeLevel::street, {486000, 308800}, 90}};

// Status and parameter of the refusal.
std::pair<int, std::string> refusal(const std::string& body) {
    try {
        read_decision(body, two_streets);
    } catch (const service::Problem& problem) {
        return {problem.status(), problem.parameter()};
    }
    return {200, ""};
}

} // namespace

TEST_CASE("A candidate is taken with its place, unless it is another than the one shown") {
    const auto decision = read_decision(R"({"candidate": 1})", two_streets);
    CHECK(decision.answer == data::HandAnswer::candidate);
    CHECK(decision.location.point == two_streets[1].point);
    CHECK(decision.location.uncertainty_m == 90);
    CHECK(decision.location.matched_text == "High Street, Oakham");
    CHECK(decision.teaches);
    CHECK(read_decision(R"({"candidate": 1, "label": "High Street, Oakham"})", two_streets)
              .location.point == two_streets[1].point);
    // Reference data that is loaded in between may number them anew.
    CHECK(refusal(R"({"candidate": 0, "label": "High Street, Oakham"})") ==
          std::pair(409, std::string("candidate")));
    CHECK(refusal(R"({"candidate": 2})") == std::pair(400, std::string("candidate")));
    CHECK(refusal(R"({"candidate": -1})") == std::pair(400, std::string("candidate")));
    CHECK(refusal(R"({"candidate": 0.5})") == std::pair(400, std::string("candidate")));
}

TEST_CASE("A point is read in degrees or in metres, the same place in both") {
    const auto metres =
        read_decision(R"({"point": {"easting": 458592, "northing": 304462}})", two_streets);
    REQUIRE(metres.location.point);
    CHECK(metres.location.level == data::GeocodeLevel::given);
    CHECK(metres.location.uncertainty_m == 25);
    const auto degrees = geo::to_lon_lat(*metres.location.point).value();
    const auto body = R"({"point": {"longitude": )" + std::to_string(degrees.lon_deg) +
                      R"(, "latitude": )" + std::to_string(degrees.lat_deg) +
                      R"(}, "uncertainty_m": 40, "alias": false, "note": "seen"})";
    const auto same = read_decision(body, two_streets);
    CHECK(same.location.point->easting_m == Approx(458592).margin(0.2));
    CHECK(same.location.point->northing_m == Approx(304462).margin(0.2));
    CHECK(same.location.uncertainty_m == 40);
    CHECK_FALSE(same.teaches);
    CHECK(same.note == "seen");
}

TEST_CASE("A decision that says two things, nothing or something unknown names the member") {
    const std::vector<std::pair<const char*, const char*>> bodies{
        {R"({})", "point"},
        {R"({"candidate": 0, "automatic": true})", "automatic"},
        {R"({"cannot_be_placed": false})", "cannot_be_placed"},
        {R"({"point": {"easting": 1}})", "point"},
        {R"({"point": {"easting": 1, "northing": 2, "longitude": 3}})", "point"},
        {R"({"point": {"longitude": 500, "latitude": 52}})", "point"},
        {R"({"point": [1, 2]})", "point"},
        {R"({"candidate": 0, "uncertainty_m": 251})", "uncertainty_m"},
        {R"({"candidate": 0, "uncertainty_m": null})", "uncertainty_m"},
        {R"({"candidate": 0, "alias": "no"})", "alias"},
        {R"({"candidate": 0, "note": 5})", "note"},
        {R"({"candidate": 0, "Note": ""})", "Note"},
        {R"([])", ""},
        {"", ""},
    };
    for (const auto& [body, parameter] : bodies) {
        INFO(body);
        CHECK(refusal(body) == std::pair(400, std::string(parameter)));
    }
    CHECK(refusal(R"({"candidate": 0, "note": ")" + std::string(501, 'n') + "\"}").second ==
          "note");
}
