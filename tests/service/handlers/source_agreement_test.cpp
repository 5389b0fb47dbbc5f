// What each source says of a hotspot by itself, as its card tells it; figures worked out by hand.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>
#include <string>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

json agreement_card_of(const SnapshotBuilder& builder) {
    const Service service(builder.build());
    // So much area that only the floor, three single incidents' peaks, decides what is hot.
    const auto page = service.json("/collections/hotspots/items?top=5");
    const auto id = page.at("features").at(0).at("id").get<std::string>();
    return service.json("/hotspots/" + id + "/why?top=5");
}

} // namespace

TEST_CASE("Sources are told side by side and never added up", "[why]") {
    SnapshotBuilder builder;
    Event police;
    Event ed;
    ed.source = data::Source::ed;
    builder.add(police, 12).add(ed, 8);
    ed.at = tests::castle_centre;
    builder.add(ed, 10);
    Event ambulance;
    ambulance.source = data::Source::ambulance;
    ambulance.at = tests::fosse_centre;
    builder.add(ambulance, 2);
    const auto sources = agreement_card_of(builder).at("sources");
    REQUIRE(sources.at("each").size() == 3);
    const auto& first = sources.at("each")[0];
    CHECK(first.at("source") == "police");
    CHECK(first.at("incidents") == 12);
    CHECK(first.at("of_all") == 12);
    CHECK(first.at("share_of_source") == 1.0);
    CHECK(first.at("rank") == 1);
    CHECK(first.at("ranked") == 2);
    CHECK(first.at("own_hotspots") == 1);
    CHECK(first.at("hot_alone") == true);
    const auto& second = sources.at("each")[1];
    CHECK(second.at("incidents") == 8);
    CHECK(second.at("of_all") == 18);
    CHECK(second.at("share_of_source") == 0.444444);
    CHECK(second.at("rank") == 2); // Castle has 10
    CHECK(second.at("own_hotspots") == 2);
    // Above 3 peaks of the kernel: (1 - d2)^2 of 20 and of 8 points, of identical centres.
    const double expected = (1 - std::sqrt(3.0 / 8)) / (1 - std::sqrt(3.0 / 20));
    CHECK(second.at("covered_by_own").get<double>() == Approx(expected).margin(0.02));
    CHECK(second.at("peak_in_own") == true);
    CHECK(second.at("hot_alone") == true);
    const auto& third = sources.at("each")[2];
    CHECK(third.at("incidents") == 0);
    CHECK(third.at("location_quotient") == 0.0);
    CHECK(third.at("rank").is_null());
    CHECK(third.at("own_hotspots") == 0);
    CHECK(third.at("covered_by_own") == 0.0);
    CHECK(third.at("hot_alone") == false);
    CHECK(
        sources.at("agreement") ==
        "By police alone it is a hotspot too (" +
            std::to_string(std::lround(100 * first.at("covered_by_own").get<double>())) +
            " % of its area); by ed alone it is a hotspot too (" +
            std::to_string(std::lround(100 * second.at("covered_by_own").get<double>())) +
            " % of its area); ambulance has too few records for any hotspot of its own. One event "
            "may be in several sources, and nobody knows which are: the count is of records, not "
            "of events.");
}

TEST_CASE("A location quotient is the times of a source's mean density", "[why]") {
    const auto card = agreement_card_of(three_clusters());
    const auto& only = card.at("sources").at("each").at(0);
    // 20 of 33, of a study area of 12 km2.
    const double expected = 20 / card.at("area_km2").get<double>() / (33.0 / 12);
    CHECK(only.at("location_quotient").get<double>() == Approx(expected).epsilon(1e-4));
    CHECK(card.at("sources").at("agreement") ==
          "All records are of one source, police: no other has any under these parameters.");
}

TEST_CASE("A place that is hot by health data alone is seen to be", "[why]") {
    SnapshotBuilder builder;
    builder.add({tests::castle_centre}, 12);
    builder.add({tests::north_centre}, 2);
    Event ambulance;
    ambulance.source = data::Source::ambulance;
    builder.add(ambulance, 20);
    const auto each = agreement_card_of(builder).at("sources").at("each");
    CHECK(each[0].at("source") == "police");
    CHECK(each[0].at("hot_alone") == false);
    CHECK(each[0].at("peak_in_own") == false);
    CHECK(each[0].at("rank") == 2);
    CHECK(each[1].at("source") == "ambulance");
    CHECK(each[1].at("hot_alone") == true);
}
