// /hotspots/evaluation on made-up records, with figures worked out by hand.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>

using namespace hotspots;
using namespace hotspots::tests;
using nlohmann::json;

namespace {

const std::string evaluation_path = "/hotspots/evaluation";
const std::string two_periods = "?datetime=2025-01/2025-03&next=2025-04/2025-06";

Event event(geo::BngPoint at, const std::string& when) {
    Event event;
    event.at = at;
    event.when = when;
    return event;
}

// Twenty at North in the first quarter; in the second eight there, and two at Fosse.
SnapshotBuilder two_quarters() {
    SnapshotBuilder builder;
    builder.add(event(north_centre, "2025-02-10T22:00"), 20)
        .add(event(north_centre, "2025-05-11T22:00"), 8)
        .add(event(fosse_centre, "2025-05-12T22:00"), 2);
    return builder;
}

} // namespace

TEST_CASE("Hotspots of one quarter are judged by what the next one holds", "[evaluation]") {
    const Service service(two_quarters().build());
    const auto answer = service.json(evaluation_path + two_periods);
    CHECK(answer.at("first").at("period") == "2025-01-01/2025-03-31");
    CHECK(answer.at("first").at("incidents") == 20);
    CHECK(answer.at("next").at("period") == "2025-04-01/2025-06-30");
    CHECK(answer.at("next").at("incidents") == 10);
    CHECK(answer.at("next").at("in_both") == 0);
    CHECK(answer.at("study_area_km2") == 12);

    const auto& hotspots = answer.at("hotspots");
    CHECK(hotspots.at("places") == 1);
    CHECK(hotspots.at("incidents_first") == 20);
    CHECK(hotspots.at("incidents_next") == 8);
    CHECK(hotspots.at("hit_rate").at("value") == 0.8);
    // R: binom.test(8, 10)$conf.int
    CHECK(hotspots.at("hit_rate").at("low") == 0.443905);
    CHECK(hotspots.at("hit_rate").at("high") == 0.974789);
    CHECK(hotspots.at("rri").at("value") == 0.8);
    const auto share = hotspots.at("area_share").get<double>();
    CHECK(share == Approx(hotspots.at("area_km2").get<double>() / 12).margin(1e-7));
    CHECK(hotspots.at("pai").at("value").get<double>() == Approx(0.8 / share).epsilon(1e-4));
    CHECK(hotspots.at("curve").size() == 1);
    CHECK(hotspots.at("curve")[0].at("share") == 0.8);

    // The best cells hold both places, if the hotspot is as large as two of them.
    const auto cells = std::round(hotspots.at("area_km2").get<double>() / 0.0225);
    CHECK(answer.at("best_possible") == (cells >= 2 ? 10 : 8));
    CHECK(hotspots.at("pei").at("value") == (cells >= 2 ? 0.8 : 1.0));
    CHECK(answer.at("cells").at("places") == 1); // no other cell held anything
    CHECK(answer.at("cells").at("incidents_next") == 8);
    CHECK(answer.at("compared_cell_m") == 150);
    CHECK(answer.at("chance").at("hit_rate").at("expected").get<double>() ==
          Approx(share).margin(1e-6));
    CHECK(answer.at("chance").at("pai").at("expected") == 1);
    CHECK(answer.at("chance").at("simulations") == 999);
    CHECK(answer.at("manifest")
              .at("parameters")
              .get<std::string>()
              .ends_with("&next=2025-04-01/2025-06-30"));
}

TEST_CASE("Periods that are not given follow the data and each other", "[evaluation]") {
    const Service service(two_quarters().build());
    const auto both = service.json(evaluation_path); // the default period is 2023-10-01/2025-09-30
    CHECK(both.at("first").at("period") == "2023-10-01/2025-06-30");
    CHECK(both.at("next").at("period") == "2025-07-01/2025-09-30");
    const auto follows = service.json(evaluation_path + "?datetime=2025-01/2025-03");
    CHECK(follows.at("next").at("period") == "2025-04-01/2025-06-30");
    CHECK(follows.at("hotspots") == service.json(evaluation_path + two_periods).at("hotspots"));
    const auto before = service.json(evaluation_path + "?next=2025-05");
    CHECK(before.at("first").at("period") == "2023-05-01/2025-04-30");
    CHECK(before.at("next").at("incidents") == 10);
    const auto end_of_month = service.json(evaluation_path + "?datetime=2024-06/2024-11-29");
    CHECK(end_of_month.at("next").at("period") == "2024-11-30/2025-02-27");
}

TEST_CASE("A next period without incidents has nulls, not numbers that are none", "[evaluation]") {
    const Service service(two_quarters().build());
    const auto answer = service.json(evaluation_path + "?datetime=2025-01/2025-03&next=2025-08");
    CHECK(answer.at("hotspots").at("hit_rate").is_null());
    CHECK(answer.at("hotspots").at("pai").is_null());
    CHECK(answer.at("hotspots").at("pei").is_null());
    CHECK(answer.at("hotspots").at("rri").is_null());
    CHECK(answer.at("chance").at("hit_rate").is_null());
    const auto nothing = service.json(evaluation_path + "?datetime=2024-01&next=2025-05");
    CHECK(nothing.at("hotspots").at("places") == 0);
    CHECK(nothing.at("hotspots").at("pai").is_null());
    CHECK(nothing.at("hotspots").at("hit_rate").at("value") == 0);
    CHECK(nothing.at("chance").at("pai").is_null());
}

TEST_CASE("A record of a month that holds parts of both two_periods counts in the first alone",
          "[evaluation]") {
    auto builder = two_quarters();
    builder.add(event(north_centre, "2025-03"), 6);
    const Service service(builder.build());
    const auto answer = service.json(evaluation_path +
                                     "?datetime=2025-01-01/2025-03-15&next=2025-03-16/2025-06-30");
    CHECK(answer.at("first").at("incidents") == 26);
    CHECK(answer.at("next").at("incidents") == 10);
    CHECK(answer.at("next").at("in_both") == 6);
}

TEST_CASE("Periods that do not follow each other are refused by name", "[evaluation]") {
    const Service service(two_quarters().build());
    CHECK(service.problem(evaluation_path + "?datetime=2025-01/..").at("parameter") == "datetime");
    CHECK(service.problem(evaluation_path + "?next=2025-01/..").at("parameter") == "next");
    CHECK(service.problem(evaluation_path + "?datetime=2025-01/2025-03&next=2025-03-31/2025-06")
              .at("parameter") == "next");
    const auto bad = service.problem(evaluation_path + "?next=soon");
    CHECK(bad.at("parameter") == "next");
    CHECK(bad.at("detail").get<std::string>().starts_with("next=soon"));
    CHECK(service.problem(evaluation_path + "?runs=9").at("parameter") == "runs");
    const Service bare(two_quarters().without_wards().build());
    CHECK(bare.problem(evaluation_path, 409).at("title") == "No wards loaded");
}

TEST_CASE("The same evaluation is the same bytes", "[evaluation]") {
    const auto snapshot = two_quarters().build();
    const auto first = Service(snapshot).get(evaluation_path + two_periods);
    CHECK(first.body_view() == Service(snapshot).get(evaluation_path + two_periods).body_view());
    CHECK(Service(snapshot)
              .get(evaluation_path + two_periods, {{"if-none-match", header_of(first, "etag")}})
              .status == 304);
}
