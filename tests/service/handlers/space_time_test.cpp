// /analysis/space-time on made-up records: places that last, cool and are new.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <numeric>
#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::Service;
using tests::SnapshotBuilder;

namespace {

const std::string space_time_path = "/analysis/space-time";

std::string month(int index) { // 0 is October 2023, 23 September 2025
    const int months = 9 + index;
    const int number = 1 + months % 12;
    return std::to_string(2023 + months / 12) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

// At North the same every month, at Castle ever fewer, at Fosse in the last four months alone.
SnapshotBuilder places(const std::string& day) {
    SnapshotBuilder builder;
    const auto at = [&](const geo::BngPoint& where, int index, int times) {
        Event event;
        event.at = where;
        event.when = month(index) + day;
        builder.add(event, times);
    };
    for (int i = 0; i < 24; ++i) {
        at(tests::north_centre, i, 6);
        at(tests::castle_centre, i, i < 20 ? 12 - i / 2 : 0);
        at(tests::fosse_centre, i, i < 20 ? 0 : 5);
    }
    return builder;
}

const json& cell_at(const json& answer, double easting) {
    for (const auto& feature : answer.at("features")) {
        const auto& properties = feature.at("properties");
        if (std::abs(properties.at("easting").get<double>() - easting) <= 75 &&
            std::abs(properties.at("northing").get<double>() - 305025) <= 75) {
            return properties;
        }
    }
    FAIL("no cell at " << easting);
    throw std::logic_error("unreachable");
}

} // namespace

TEST_CASE("Cells are told apart by what they do over the months", "[space_time]") {
    const Service service(places("-10").build());
    const auto answer = service.json(space_time_path);
    CHECK(answer.at("type") == "FeatureCollection");
    CHECK(answer.at("slices").size() == 24);
    CHECK(answer.at("slices")[0] ==
          json{{"label", "2023-10"}, {"incidents", 18}, {"hot_cells", 18}});
    const auto& lasting = cell_at(answer, 456975);
    CHECK(lasting.at("pattern") == "persistent");
    CHECK(lasting.at("trend") == "none");
    CHECK(lasting.at("trend_p") == 1);
    CHECK(lasting.at("counts") == json(std::vector<int>(24, 6)));
    const auto& cooling = cell_at(answer, 459025);
    CHECK(cooling.at("pattern") == "fading");
    CHECK(cooling.at("trend") == "down");
    CHECK(cooling.at("trend_tau").get<double>() < -0.9);
    CHECK(cooling.at("first_hot") == "2023-10");
    const auto& fresh = cell_at(answer, 461025);
    CHECK(fresh.at("pattern") == "new");
    CHECK(fresh.at("hot_slices") == 4);
    CHECK(fresh.at("first_hot") == "2025-06");
    CHECK(fresh.at("last_hot") == "2025-09");
    CHECK(answer.at("patterns") ==
          json{{"new", 9}, {"persistent", 9}, {"fading", 9}, {"sporadic", 0}, {"none", 0}});
    CHECK(answer.at("numberMatched") == 27);
    CHECK(answer.at("manifest").at("parameters").get<std::string>().ends_with("&slices=month"));
}

TEST_CASE("Every incident is in a slice or counted as left out", "[space_time]") {
    auto builder = places("-10");
    Event vague;
    vague.when = "2024-05";
    builder.add(vague, 3);
    const Service service(builder.build());
    for (const std::string slices : {"month", "week", "quarter"}) {
        const auto answer = service.json(space_time_path + "?cell=300&slices=" + slices);
        std::int64_t in_slices = 0;
        for (const auto& slice : answer.at("slices")) {
            in_slices += slice.at("incidents").get<std::int64_t>();
        }
        const auto left_out = [&](const char* name) { return answer.at(name).get<std::int64_t>(); };
        CHECK(in_slices + left_out("time_too_coarse") + left_out("in_no_slice") +
                  left_out("in_no_cell") ==
              answer.at("in_scope"));
        CHECK(left_out("time_too_coarse") == (slices == "week" ? 3 : 0));
    }
}

TEST_CASE("Records known to the month are taken by months and quarters, not by weeks",
          "[space_time]") {
    const Service service(places("").build());
    CHECK(service.json(space_time_path).at("patterns").at("persistent") == 9);
    CHECK(service.json(space_time_path + "?slices=quarter").at("slices")[0].at("label") ==
          "2023-Q4");
    const auto problem = service.problem(space_time_path + "?slices=week", 409);
    CHECK_THAT(problem.at("detail").get<std::string>(), Catch::Contains("take slices=month"));
}

TEST_CASE("Months that the period cuts are left out, and their incidents counted", "[space_time]") {
    const Service service(places("-10").build());
    const auto answer = service.json(space_time_path + "?datetime=2024-01-05/2025-06-15");
    CHECK(answer.at("slices").front().at("label") == "2024-02");
    CHECK(answer.at("slices").back().at("label") == "2025-05");
    // Of January 6 and 11, of June 6 and 5.
    CHECK(answer.at("in_no_slice") == 17 + 11);
}

TEST_CASE("Months before the record begins are no months without incidents", "[space_time]") {
    auto builder = places("-10");
    const Service service(builder.build());
    const auto answer = service.json(space_time_path + "?datetime=2023-06/2025-09");
    CHECK(answer.at("slices").front().at("label") == "2023-10");
    CHECK(answer.at("slices_without_record") == json{"2023-06", "2023-07", "2023-08", "2023-09"});
    CHECK(answer.at("patterns") == service.json(space_time_path).at("patterns"));
    const auto problem = service.problem(space_time_path + "?datetime=2023-01/2024-03", 409);
    CHECK_THAT(problem.at("detail").get<std::string>(),
               Catch::Contains("of 15 in the period the record covers 6"));
}

TEST_CASE("Hexagons and other sizes are served, as GeoJSON or JSON", "[space_time]") {
    const Service service(places("-10").build());
    const auto hexagons = service.json(space_time_path + "?shape=hexagon&cell=400");
    CHECK(hexagons.at("shape") == "hexagon");
    CHECK(hexagons.at("features")[0].at("geometry").at("coordinates")[0][0].size() == 7);
    const auto geojson = service.get(space_time_path);
    const auto plain = service.get(space_time_path + "?f=json");
    CHECK(geojson.content_type == "application/geo+json");
    CHECK(plain.content_type == "application/json");
    CHECK(json::parse(geojson.body_view()).at("features") ==
          json::parse(plain.body_view()).at("features"));
    CHECK(tests::header_of(geojson, "etag") != tests::header_of(plain, "etag"));
}

TEST_CASE("Pages of cells follow their links, and hold each cell once", "[space_time]") {
    const Service service(places("-10").build());
    const auto whole = service.json(space_time_path + "?limit=10000");
    const auto all = whole.at("features");
    REQUIRE(all.size() == whole.at("numberMatched"));
    REQUIRE(all.size() > 4);
    json walked = json::array();
    auto page = service.json(space_time_path + "?limit=4");
    for (std::size_t pages = 1;; ++pages) {
        CHECK(page.at("numberReturned") == page.at("features").size());
        CHECK(page.at("manifest") == whole.at("manifest"));
        CHECK(page.at("slices") == whole.at("slices"));
        walked.insert(walked.end(), page.at("features").begin(), page.at("features").end());
        const auto& links = page.at("links");
        const auto next = std::find_if(links.begin(), links.end(),
                                       [](const json& link) { return link.at("rel") == "next"; });
        if (next == links.end()) {
            CHECK(pages == (all.size() + 3) / 4);
            break;
        }
        page = service.json(next->at("href").get<std::string>());
    }
    CHECK(walked == all);
    CHECK(service.json(space_time_path + "?offset=4000").at("features").empty());
    CHECK(service.problem(space_time_path + "?limit=0").at("parameter") == "limit");
    CHECK(service.problem(space_time_path + "?offset=-1").at("parameter") == "offset");
}

TEST_CASE("A period of too few or too many slices is refused", "[space_time]") {
    const Service service(places("-10").build());
    const auto few = service.problem(space_time_path + "?datetime=2025-01/2025-07");
    CHECK(few.at("parameter") == "datetime");
    CHECK_THAT(few.at("detail").get<std::string>(), Catch::Contains("holds 7 whole months"));
    CHECK(service.problem(space_time_path + "?slices=week&datetime=2000-01/2025-07")
              .at("parameter") == "datetime");
    CHECK(service.problem(space_time_path + "?datetime=1600-01/9000-07").at("parameter") ==
          "datetime");
    CHECK(service.problem(space_time_path + "?slices=day").at("parameter") == "slices");
    CHECK(service.problem(space_time_path + "?bandwidth=300").at("parameter") == "bandwidth");
}

TEST_CASE("Without incidents there are slices and no cells; without wards a 409", "[space_time]") {
    const auto empty = Service(SnapshotBuilder().build()).json(space_time_path);
    CHECK(empty.at("slices").size() == 24);
    CHECK(empty.at("features") == json::array());
    Service(SnapshotBuilder().without_wards().build()).problem(space_time_path, 409);
    Service(SnapshotBuilder().build()).problem(space_time_path + "?datetime=../..");
}
