// /analysis/compare on made-up records: a cluster that moved, one that grew, and one that only an
// emergency department sees.
#include "tests/catch.hpp"
#include "tests/service/handlers/town.hpp"

#include <algorithm>

using namespace hotspots;
using nlohmann::json;
using tests::moved;
using tests::of_kind;
using tests::Service;
using tests::SnapshotBuilder;
using tests::Town;

namespace {

const std::string comparison_path = "/analysis/compare?";
const std::string periods = "datetime=2025-03/2025-04&with_datetime=2024-03/2024-04";

} // namespace

TEST_CASE("A cluster that moved is higher where it is now and lower where it was", "[compare]") {
    const Service service(moved().build());
    const auto answer = service.json(comparison_path + periods);
    CHECK(answer.at("type") == "FeatureCollection");
    CHECK(answer.at("as") == "counts");
    const auto regions = of_kind(answer, "significant");
    REQUIRE(regions.size() == 2);
    const auto& higher = regions[0].at("properties");
    CHECK(higher.at("direction") == "higher");
    CHECK(higher.at("wards") == json{"Fosse"});
    CHECK(higher.at("incidents").get<int>() >= 40);
    CHECK(higher.at("with_incidents").get<int>() < 15);
    CHECK(higher.at("z").get<double>() > answer.at("test").at("critical_z").get<double>());
    const auto& lower = regions[1].at("properties");
    CHECK(lower.at("direction") == "lower");
    CHECK(lower.at("wards") == json{"North"});
    CHECK(lower.at("z").get<double>() < 0);
    CHECK(answer.at("test").at("p") == 0.002);
    CHECK(answer.at("test").at("regions_higher") == 1);
    CHECK(answer.at("totals").at("incidents") == 230);
    CHECK(answer.at("totals").at("alarm") == false);
    CHECK(answer.at("only_in_health").is_null());
    CHECK(answer.at("manifest")
              .at("parameters")
              .get<std::string>()
              .ends_with("&with_datetime=2024-03-01/2024-04-30&as=counts&permutations=499&seed=1"));
}

TEST_CASE("The difference is in bands on one scale, both ways", "[compare]") {
    const Service service(moved().build());
    const auto answer = service.json(comparison_path + periods);
    const auto levels = answer.at("levels");
    CHECK(levels.size() == 4);
    bool higher = false;
    bool lower = false;
    for (const auto& band : of_kind(answer, "difference")) {
        const auto& properties = band.at("properties");
        (properties.at("direction") == "higher" ? higher : lower) = true;
        CHECK(std::ranges::find(levels, properties.at("from")) != levels.end());
        CHECK(properties.at("area_km2").get<double>() > 0);
    }
    CHECK(higher);
    CHECK(lower);
}

TEST_CASE("A selection does not differ from itself", "[compare]") {
    const Service service(moved().build());
    for (const std::string same :
         {"datetime=2025-03/2025-04&with_datetime=2025-03/2025-04",
          "source=police&with_source=police", "datetime=../..&with_datetime=../..&as=shares"}) {
        const auto answer = service.json(comparison_path + same);
        CHECK(answer.at("features") == json::array());
        CHECK(answer.at("in_both") == answer.at("first").at("incidents"));
        CHECK(answer.at("test").at("tested_cells") == 0);
        CHECK(answer.at("test").at("critical_z").is_null());
        CHECK(answer.at("test").at("p") == 1);
    }
}

TEST_CASE("More of the same everywhere is a change in counts, not in shares", "[compare]") {
    Town town;
    town.anywhere("2024-03", 150).anywhere("2025-03", 450);
    const Service service(town.build());
    const std::string marches = "datetime=2025-03&with_datetime=2024-03";
    const auto counts = service.json(comparison_path + marches);
    CHECK(counts.at("test").at("regions_higher").get<int>() > 0);
    CHECK(counts.at("test").at("regions_lower") == 0);
    CHECK(counts.at("totals").at("ratio") == 3);
    CHECK(counts.at("totals").at("alarm") == true);
    const auto shares = service.json(comparison_path + marches + "&as=shares");
    CHECK(of_kind(shares, "significant").empty());
    CHECK(shares.at("totals").is_null());
    CHECK(shares.at("unit") == "% of the incidents per km2");
}

TEST_CASE("A period twice as long with twice as many is no change", "[compare]") {
    Town town;
    town.anywhere("2024-03", 200).anywhere("2024-04", 200).anywhere("2025-03", 200);
    const Service service(town.build());
    const auto answer =
        service.json(comparison_path + "datetime=2025-03&with_datetime=2024-03/2024-04");
    // Summer time begins in both periods.
    CHECK(answer.at("totals").at("with_scaled").get<double>() ==
          Approx(400 * (31 - 1 / 24.0) / (61 - 1 / 24.0)).margin(1e-5));
    CHECK(of_kind(answer, "significant").empty());
}

TEST_CASE("Numbers of a period that the record does not cover are not compared; shares are",
          "[compare]") {
    const Service service(moved().build());
    const std::string early = "datetime=2025-03/2025-04&with_datetime=2023-12/2024-04";
    const auto problem = service.problem(comparison_path + early, 409);
    CHECK_THAT(problem.at("detail").get<std::string>(),
               Catch::Contains("of the 5 months of 2023-12-01/2024-04-30 3 hold no record of "
                               "police"));
    CHECK(service.get(comparison_path + early + "&as=shares").status == 200);
}

TEST_CASE("What only health records show as hot is listed, with what the police have there",
          "[compare]") {
    Town town;
    town.anywhere("2025-03", 100);
    town.cluster(tests::north_centre, "2025-03", 60);
    town.cluster(tests::castle_centre, "2025-03", 2);
    town.cluster(tests::north_centre, "2025-03", 25, data::Source::ed);
    town.cluster(tests::castle_centre, "2025-03", 25, data::Source::ed);
    const Service service(town.build());
    for (const std::string sources :
         {"source=police&with_source=ed", "source=ed&with_source=police"}) {
        const auto answer = service.json(comparison_path + sources);
        CHECK(answer.at("as") == "shares");
        CHECK(answer.at("totals").is_null());
        const auto& health = answer.at("only_in_health");
        CHECK(health.at("source") == "ed");
        CHECK(health.at("hotspots") == 2);
        REQUIRE(health.at("features").size() == 1);
        const auto& place = health.at("features")[0].at("properties");
        CHECK(place.at("wards") == json{"Castle"});
        CHECK(place.at("incidents").get<int>() >= 5);
        CHECK(place.at("police_incidents").get<int>() <= 5);
        CHECK(place.at("police_peak_per_km2").get<double>() <
              health.at("police_level_per_km2").get<double>());
    }
    const auto none = service.json(comparison_path + "source=ambulance&with_source=ed");
    CHECK(none.at("only_in_health").is_null());
}

TEST_CASE("The same seed gives the same bytes, another seed another critical value", "[compare]") {
    const auto snapshot = moved().build();
    const auto first = Service(snapshot).get(comparison_path + periods + "&permutations=99");
    const auto again = Service(snapshot).get(comparison_path + periods + "&permutations=99&seed=1");
    const auto other = Service(snapshot).get(comparison_path + periods + "&permutations=99&seed=2");
    CHECK(first.status == 200);
    CHECK(first.body_view() == again.body_view());
    CHECK(first.body_view() != other.body_view());
    CHECK(Service(snapshot)
              .get(comparison_path + periods + "&permutations=99",
                   {{"if-none-match", tests::header_of(first, "etag")}})
              .status == 304);
}

TEST_CASE("None, one and two incidents are compared without a fault", "[compare]") {
    for (const int count : {0, 1, 2}) {
        Town town;
        town.cluster(tests::north_centre, "2025-03", count);
        const auto answer = Service(town.build()).json(comparison_path + periods + "&as=shares");
        CHECK(of_kind(answer, "significant").empty());
        CHECK(answer.at("first").at("incidents") == count);
    }
    Service(SnapshotBuilder().without_wards().build()).problem(comparison_path + periods, 409);
}

TEST_CASE("What cannot be compared is refused by name", "[compare]") {
    const Service service(moved().build());
    const std::vector<std::pair<std::string, std::string>> refused{
        {"", "with_datetime"},
        {"datetime=2025", "datetime"},
        {"with_datetime=2025-13", "with_datetime"},
        {"datetime=2025-01/2025-06&with_datetime=2025-06/2025-07", "with_datetime"},
        {"datetime=../2025-06&with_datetime=2025-07/2025-08", "with_datetime"},
        {"with_source=ed", "source"},
        {"source=police&with_source=fire", "with_source"},
        {"source=police&with_source=ed&as=counts", "as"},
        {periods + "&tolerance=0.05", "tolerance"},
        {periods + "&as=ratio&tolerance=0.05,0.01", "tolerance"},
        {periods + "&as=ratio&tolerance=0.5", "tolerance"},
        {periods + "&as=ratio&permutations=99", "permutations"},
        {periods + "&as=ratio&seed=1", "seed"},
        {periods + "&as=ratio&edge=uniform", "edge"},
        {periods + "&f=tif", "f"},
        {"with_group=robbery", "group"},
        {periods + "&as=rates", "as"},
        {periods + "&permutations=50", "permutations"},
        {periods + "&seed=x", "seed"},
        {periods + "&adaptive=yes", "adaptive"},
        {periods + "&edge=uniform", "edge"},
        {periods + "&f=csv", "f"},
        {periods + "&shape=hexagon", "shape"},
        {periods + "&cell=1", "cell"}};
    for (const auto& [query, parameter] : refused) {
        CAPTURE(query);
        CHECK(service.problem(comparison_path + query).at("parameter") == parameter);
    }
}
