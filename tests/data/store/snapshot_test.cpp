// What a snapshot makes of a store, and what loading reference data does to the incidents in it.
#include "data/errors.hpp"
#include "data/ingest/import.hpp"
#include "data/snapshot.hpp"
#include "data/snapshot_columns.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"
#include "tests/real_data.hpp"

#include <cmath>
#include <map>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

std::string default_period(std::initializer_list<const char*> times) {
    std::vector<Incident> incidents;
    for (const auto* time : times) {
        incidents.push_back(plain_incident(time, time));
    }
    return format_period(choose_default_period(incidents).value());
}

std::pair<int, int> clock_of(const char* from, const char* to = nullptr) {
    const auto reading = read_clock(moment(from), to ? std::optional(moment(to)) : std::nullopt);
    return {reading.hour, reading.weekday};
}

// Two wards of two authorities, side by side; codes not in order.
std::string two_wards(const TemporaryFolder& folder) {
    return folder.write("wards.geojson", R"({"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"WD25CD":"E2","WD25NM":"East","LAD25CD":"L2","LAD25NM":"Other"},
       "geometry":{"type":"Polygon","coordinates":[[[-1.1,52.6],[-1.0,52.6],[-1.0,52.7],[-1.1,52.7],[-1.1,52.6]]]}},
      {"type":"Feature","properties":{"WD25CD":"E1","WD25NM":"West","LAD25CD":"L1","LAD25NM":"One"},
       "geometry":{"type":"Polygon","coordinates":[[[-1.2,52.6],[-1.1,52.6],[-1.1,52.7],[-1.2,52.7],[-1.2,52.6]]]}}]})");
}

Incident given(const std::string& id, double lon, double lat) {
    auto incident = plain_incident(id);
    incident.record.given_lon_lat = geo::LonLat{lon, lat};
    return incident;
}

} // namespace

TEST_CASE("The default period is the 24 months that end with the newest record") {
    REQUIRE(default_period({"2025-09", "2024-01"}) ==
            format_period(parse_period("2023-10/2025-09")));
    REQUIRE(default_period({"2025-09-14T23:30", "2025-09-01"}) ==
            format_period(parse_period("2023-09-15/2025-09-14")));
    REQUIRE(default_period({"2025-09-14"}) == format_period(parse_period("2023-09-15/2025-09-14")));
    // A month that is known only as such lasts to its end.
    REQUIRE(default_period({"2025-09-14T12:00", "2025-09"}) ==
            format_period(parse_period("2023-10/2025-09")));
    // 23:30 UTC on 30 June is 1 July in London.
    REQUIRE(default_period({"2025-06-30T23:30:00Z"}) ==
            format_period(parse_period("2023-07-02/2025-07-01")));
    REQUIRE_FALSE(choose_default_period({}));
}

TEST_CASE("The default scope is police.uk's only where every record is police.uk's") {
    REQUIRE(choose_default_scope({}) == "vrn-2021");
    std::vector<Incident> incidents{plain_incident("1"), plain_incident("2")};
    incidents[0].record.format = "police-uk";
    REQUIRE(choose_default_scope(incidents) == "vrn-2021");
    incidents[1].record.format = "police-uk";
    REQUIRE(choose_default_scope(incidents) == "police-uk-open");
}

TEST_CASE("Hour and weekday are known only where the record says them") {
    // 2025-07-04 was a Friday; London is an hour ahead of UTC then.
    REQUIRE(clock_of("2025-07-04T22:15") == std::pair(22, 4));
    REQUIRE(clock_of("2025-07-04T22:15:00Z") == std::pair(23, 4));
    REQUIRE(clock_of("2025-07-04T23:15:00Z") == std::pair(0, 5));
    REQUIRE(clock_of("2025-07-04T22:15", "2025-07-04T22:59") == std::pair(22, 4));
    REQUIRE(clock_of("2025-07-04T22:15", "2025-07-04T23:00") == std::pair(-1, 4));
    REQUIRE(clock_of("2025-07-04T22:15", "2025-07-05T22:15") == std::pair(-1, -1));
    REQUIRE(clock_of("2025-07-04T22:15", "2025-07-04") == std::pair(-1, 4));
    REQUIRE(clock_of("2025-07-04") == std::pair(-1, 4));
    REQUIRE(clock_of("2025-07-04", "2025-07-04") == std::pair(-1, 4));
    REQUIRE(clock_of("2025-07-04", "2025-07-05") == std::pair(-1, -1));
    REQUIRE(clock_of("2025-07") == std::pair(-1, -1));
}

TEST_CASE("A snapshot of an empty store has nothing but its revision") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto snapshot = load_snapshot(*store);
    REQUIRE(snapshot->revision == store->revision());
    REQUIRE(snapshot->incidents.empty());
    REQUIRE(snapshot->study_area.empty());
    REQUIRE(snapshot->default_scope == "vrn-2021");
    REQUIRE_FALSE(snapshot->default_period);
    REQUIRE_FALSE(snapshot->demo);
    REQUIRE(snapshot->gazetteer);
    REQUIRE(snapshot->scopes.size() == scope_profiles().size());
}

TEST_CASE("Loading wards locates every incident anew, as one revision; hand-set points stay") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto by_hand = plain_incident("hand");
    HandDecision decision;
    decision.incident_id = "hand";
    decision.location.level = GeocodeLevel::poi;
    decision.location.point = geo::BngPoint{461000, 304500};
    decision.location.uncertainty_m = 20;
    const auto transaction = store->begin();
    transaction->add_review(decision);
    for (const auto& incident : {given("west", -1.15, 52.65), given("east", -1.05, 52.65),
                                 given("far", 0.1, 51.5), by_hand}) {
        transaction->insert(incident);
    }
    transaction->commit(true);

    const auto result = load_reference(*store, ReferenceKind::wards, two_wards(folder));
    REQUIRE(result.rows == 2);
    REQUIRE(result.loaded == 2);
    REQUIRE(result.rejected == 0);
    REQUIRE(result.relocated == 4);
    REQUIRE(result.revision.number == 2);
    REQUIRE(store->revision() == result.revision);
    const auto incidents = store->incidents();
    REQUIRE(incidents[0].ward_code == "E1");
    REQUIRE(incidents[1].ward_code == "E2");
    REQUIRE(incidents[2].location.status == GeocodeStatus::outside);
    REQUIRE(incidents[2].ward_code.empty());
    REQUIRE(incidents[3].location.point == decision.location.point);
    REQUIRE(incidents[3].location.status == GeocodeStatus::matched);
    REQUIRE(incidents[3].location.rule == set_by_hand);
    REQUIRE_FALSE(incidents[3].ward_code.empty());

    const auto again = load_reference(*store, ReferenceKind::wards, two_wards(folder));
    REQUIRE(again.relocated == 0);
    REQUIRE(again.revision.number == 3);
}

TEST_CASE("A reference file that cannot be used leaves the store as it was") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    load_reference(*store, ReferenceKind::wards, two_wards(folder));
    const auto before = store->revision();
    REQUIRE_THROWS_AS(load_reference(*store, ReferenceKind::wards, folder.write("a.geojson", "{")),
                      InputError);
    REQUIRE_THROWS_WITH(load_reference(*store, ReferenceKind::population,
                                       folder.write("p.csv", "ward_code,pop\nE1,x\n")),
                        Catch::Contains("no row could be used") && Catch::Contains("line 2"));
    REQUIRE(store->revision() == before);
    REQUIRE(store->reference().wards.size() == 2);
}

TEST_CASE("A snapshot has wards by code, their areas and residents, authorities and study area") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    load_reference(*store, ReferenceKind::wards, two_wards(folder));
    load_reference(*store, ReferenceKind::population,
                   folder.write("p.csv", "WD25CD,pop\nE2,1234\n"));
    load_reference(
        *store, ReferenceKind::streets,
        folder.write("s.csv", "name,lon,lat\nHigh Street,-1.15,52.65\nFar Away,100,0\n"));
    auto transaction = store->begin();
    transaction->set_property("demo", "true");
    auto east = given("east", -1.05, 52.65);
    east.location.status = GeocodeStatus::matched;
    east.location.point = geo::BngPoint{464000, 306000};
    east.location.lon_lat = east.record.given_lon_lat;
    east.location.uncertainty_m = 12.5;
    east.ward_code = "E2";
    east.record.occurred_from = moment("2025-07-04T22:15");
    east.record.occurred_to = moment("2025-07-04T22:45");
    transaction->insert(east);
    transaction->insert(plain_incident("nowhere"));
    transaction->commit(true);

    const auto snapshot = load_snapshot(*reader(folder));
    REQUIRE(snapshot->demo);
    REQUIRE(snapshot->wards.size() == 2);
    REQUIRE(snapshot->wards[0].code == "E1");
    REQUIRE(snapshot->ward_population[0] == std::nullopt);
    REQUIRE(snapshot->ward_population[1] == 1234);
    REQUIRE(snapshot->authorities.size() == 2);
    REQUIRE(snapshot->authorities[1].name == "Other");
    // A tenth of a degree each way at 52.65 N: 6,767 m by 11,128 m (WGS 84 ellipsoid).
    REQUIRE(std::abs(snapshot->ward_area_km2[0] - 75.3) < 0.3);
    REQUIRE(std::abs(snapshot->study_area_km2 -
                     (snapshot->ward_area_km2[0] + snapshot->ward_area_km2[1])) < 1e-6);
    REQUIRE(snapshot->study_area.size() == 1);
    REQUIRE(snapshot->places.size() == 1);
    REQUIRE(snapshot->place_points.size() == 1);

    const auto& columns = snapshot->columns;
    REQUIRE(columns.mapped == std::vector<std::uint8_t>{1, 0});
    REQUIRE(columns.ward == std::vector<std::int32_t>{1, -1});
    REQUIRE(columns.point[0] == *east.location.point);
    REQUIRE(columns.uncertainty_m == std::vector<float>{12.5F, 0});
    REQUIRE(columns.hour == std::vector<std::int8_t>{22, -1});
    REQUIRE(columns.weekday == std::vector<std::int8_t>{4, -1});
    REQUIRE(columns.end_s[0] == columns.begin_s[0] + 1800);
    REQUIRE(columns.from_end_s[0] == columns.begin_s[0] + 1);            // an instant
    REQUIRE(columns.end_s[1] - columns.begin_s[1] == 31 * 86400 - 3600); // March 2025 in London
    REQUIRE(columns.from_end_s[1] == columns.end_s[1]);
    for (const auto& scope : snapshot->scopes) {
        REQUIRE(scope.profile);
        REQUIRE(scope.decisions.size() == 2);
    }
    REQUIRE(snapshot->default_scope == "vrn-2021");
}

TEST_CASE("Real records get the wards that shapely finds, whether wards or records come first") {
    const auto wards = real_data("wards-2025.geojson");
    const auto archive = real_data("police-uk-leicestershire.zip");
    if (!wards || !archive) {
        return;
    }
    // August 2025 of the archive; counted by python3-shapely 1.8: an STRtree of the wards in
    // degrees, and `intersects` with the point of each row. "" is rows in no ward.
    const std::string member = "2025-08/2025-08-leicestershire-street.csv";
    const TemporaryFolder folder;
    const auto table = folder.file("august.csv");
    output_of("/usr/bin/unzip -p " + *archive + " " + member + " > " + table);
    const auto count = [](IncidentStore& store) {
        std::map<std::string, int> counts;
        for (const auto& incident : store.incidents()) {
            ++counts[incident.ward_code];
        }
        return counts;
    };
    const bool wards_first = GENERATE(true, false);
    const auto store = writer(folder);
    if (wards_first) {
        load_reference(*store, ReferenceKind::wards, *wards);
    }
    import_files(*store, {{table}, ImportFormat::automatic, {}});
    if (!wards_first) {
        load_reference(*store, ReferenceKind::wards, *wards);
    }
    auto counts = count(*store);
    REQUIRE(store->incidents().size() == 9471);
    REQUIRE(counts.size() == 1 + 176);
    REQUIRE(counts[""] == 372);
    REQUIRE(counts["E05010463"] == 993);
    REQUIRE(counts["E05010458"] == 320);
    REQUIRE(counts["E05010471"] == 286);
    REQUIRE(counts["E05010462"] == 275);
}
