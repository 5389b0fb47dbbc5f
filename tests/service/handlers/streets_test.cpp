// Concentration on named streets, on a made-up town; what chance gives is tested in tests/geo.
#include "geo/concentration.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <string>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;

namespace {

// Ten streets a kilometre and more apart in names and 300 m in place; 12, 5, 2 and 1 records on the
// first four of them.
SnapshotBuilder town() {
    SnapshotBuilder builder;
    const std::vector<int> counts{12, 5, 2, 1, 0, 0, 0, 0, 0, 0};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::string name = std::string("Street ") + static_cast<char>('A' + i) + " Road";
        const geo::BngPoint at{456200 + 300 * static_cast<double>(i), 305000};
        builder.add_place(name, data::PlaceKind::street, at);
        Event event;
        event.at = at;
        event.text = i == 0 ? "On or near " + name : "";
        builder.add(event, counts[i]);
    }
    builder.add_place("Clock Tower", data::PlaceKind::poi, {460000, 304500});
    Event event;
    event.at = {460000, 304500};
    builder.add(event, 4); // on no street
    event.uncertainty_m = 100;
    return builder.add(event, 2).with_gazetteer();
}

const std::string target = "/analysis/streets";

} // namespace

TEST_CASE("How few streets hold how much is told of streets alone", "[streets]") {
    const auto found = Service(town().build()).json(target);
    CHECK(found.at("incidents") == 26);
    CHECK(found.at("on_streets") == 20);
    CHECK(found.at("by_name") == 12);
    CHECK(found.at("by_distance") == 8);
    CHECK(found.at("on_no_street") == 6);
    CHECK(found.at("too_uncertain") == 2);
    CHECK(found.at("named_streets") == 10);
    CHECK(found.at("streets_with_incidents") == 4);
    REQUIRE(found.at("capture").size() == 3);
    const auto& half = found.at("capture")[1];
    CHECK(half.at("share") == 0.5);
    CHECK(half.at("streets") == 1);
    CHECK(half.at("incidents") == 12);
    CHECK(half.at("per_cent_of_streets_with_incidents") == 25.0);
    CHECK(half.at("per_cent_of_all_streets") == 10.0);
    CHECK(half.at("by_chance").get<double>() ==
          Approx(geo::members_holding_by_chance(20, 10, 0.5)).margin(0.05));
    CHECK(found.at("capture")[2].at("streets") == 2); // 17 of 20 are at least 80 %
    CHECK(found.at("sentence")
              .get<std::string>()
              .starts_with("Half of the incidents on named streets are on 1 of the 4 named streets "
                           "that hold any, "
                           "10 % of all 10; by chance it would be "));
}

TEST_CASE("The first streets are listed with how they were found", "[streets]") {
    const auto top = Service(town().build()).json(target).at("top");
    REQUIRE(top.size() == 4);
    CHECK(top[0].at("name") == "Street A Road");
    CHECK(top[0].at("incidents") == 12);
    CHECK(top[0].at("by_name") == 12);
    CHECK(top[3].at("incidents") == 1);
    CHECK(top[3].at("by_name") == 0);
}

TEST_CASE("Filters choose which incidents are on streets", "[streets]") {
    const Service service(town().build());
    const auto none = service.json(target + "?source=ed");
    CHECK(none.at("incidents") == 0);
    CHECK(none.at("capture") == json::array());
    CHECK(none.at("sentence").is_null());
    CHECK(none.at("top") == json::array());
    CHECK(none.at("named_streets") == 10);
    CHECK(service.problem(target + "?bandwidth=300").at("parameter") == "bandwidth");
    CHECK(service.problem(target + "?f=csv").at("parameter") == "f");
}

TEST_CASE("The answer carries its manifest and is the same bytes again", "[streets]") {
    const Service service(town().build());
    const auto response = service.get(target);
    CHECK(response.body_view() == Service(town().build()).get(target).body_view());
    CHECK(service.get(target, {{"if-none-match", header_of(response, "etag")}}).status == 304);
    const auto answer = json::parse(response.body_view());
    CHECK(answer.at("manifest").at("revision") == 7);
    CHECK(answer.at("marking") == "OFFICIAL-SENSITIVE");
}

TEST_CASE("Without named streets it is said how to load them", "[streets]") {
    const auto problem = Service(tests::three_clusters().build()).problem(target, 409);
    CHECK(problem.at("detail").get<std::string>().find("reference streets FILE") !=
          std::string::npos);
    const Service no_streets(SnapshotBuilder().with_gazetteer().build());
    no_streets.problem(target, 409);
}
