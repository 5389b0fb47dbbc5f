// The features of each collection: DESIGN's table of properties, and figures worked out by hand.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>
#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

json features(const Service& service, const std::string& collection,
              const std::string& query = "") {
    return service.json("/collections/" + collection + "/items?" + query).at("features");
}

std::set<std::string> names(const json& object) {
    std::set<std::string> all;
    for (const auto& [name, value] : object.items()) {
        all.insert(name);
    }
    return all;
}

const std::set<std::string> area_names{
    "code",       "name",      "authority_code", "authority",     "area_km2",
    "population", "incidents", "suppressed",     "rate_per_1000", "per_km2"};
const std::set<std::string> hotspot_names{"rank",     "label",        "incidents",   "share",
                                          "area_km2", "peak_per_km2", "top_percent", "wards",
                                          "hit_rate", "manifest"};
const std::set<std::string> incident_names{
    "incident_id",   "source",   "occurred_from", "occurred_to",    "time_precision",
    "offence_code",  "offence",  "group",         "scope_decision", "scope_reason",
    "location_text", "status",   "level",         "uncertainty_m",  "score",
    "easting",       "northing", "ward_code",     "ward",           "place_type",
    "domestic",      "weapon",   "victim_age",    "injury"};

} // namespace

TEST_CASE("Wards carry their figures", "[features]") {
    const Service service(three_clusters().build());
    const auto wards = features(service, "wards");
    REQUIRE(wards.size() == 3);
    for (const auto& ward : wards) {
        CHECK(names(ward.at("properties")) == area_names);
    }
    CHECK(wards[0].at("id") == "E05000001");
    const auto& north = wards[0].at("properties");
    CHECK(north.at("code") == "E05000001");
    CHECK(north.at("name") == "North");
    CHECK(north.at("authority_code") == "E07000001");
    CHECK(north.at("authority") == "Alpha");
    CHECK(north.at("area_km2") == 4.0);
    CHECK(north.at("population") == 1000);
    CHECK(north.at("incidents") == 20);
    CHECK(north.at("suppressed") == false);
    CHECK(north.at("rate_per_1000") == 20.0);
    CHECK(north.at("per_km2") == 5.0);
    const auto& fosse = wards[2].at("properties");
    CHECK(fosse.at("population").is_null());
    CHECK(fosse.at("rate_per_1000").is_null());
    CHECK(fosse.at("per_km2") == 0.75);
}

TEST_CASE("Authorities are the sums of their wards", "[features]") {
    const Service service(three_clusters().build());
    const auto authorities = features(service, "authorities");
    REQUIRE(authorities.size() == 2);
    const auto& alpha = authorities[0].at("properties");
    CHECK(names(alpha) == area_names);
    CHECK(alpha.at("incidents") == 30);
    CHECK(alpha.at("population") == 2000);
    CHECK(alpha.at("area_km2") == 8.0);
    CHECK(alpha.at("rate_per_1000") == 15.0);
    CHECK(alpha.at("per_km2") == 3.75);
    CHECK(authorities[1].at("properties").at("population").is_null());
    const auto one = service.json("/collections/authorities/items/E07000001");
    CHECK(one.at("properties") == alpha);
    CHECK(one.at("type") == "Feature");
    CHECK(one.at("links").size() == 5); // self, two other formats, collection, manifest
}

TEST_CASE("Collections that count say how many were left out and why", "[features]") {
    auto builder = three_clusters();
    Event event;
    event.status = data::GeocodeStatus::unmatched;
    builder.add(event, 11);
    event.status = data::GeocodeStatus::outside;
    builder.add(event, 2);
    event.status = data::GeocodeStatus::matched;
    event.decision = data::Decision::review;
    builder.add(event, 5);
    const Service service(builder.build());
    const auto collection =
        GENERATE(as<std::string>(), "wards", "authorities", "hotspots", "cells");
    const auto page = service.json("/collections/" + collection + "/items");
    CHECK(page.at("in_scope") == 46);
    CHECK(page.at("unmapped") == 11);
    CHECK(page.at("outside") == 2);
    CHECK(page.at("review") == 5);
    CHECK(page.at("filter_unknown") == 0);
    CHECK(page.at("hit_rate") == 0.75);
    const auto knives = service.json("/collections/" + collection + "/items?weapon=knife");
    CHECK(knives.at("filter_unknown") == 46);
    CHECK(knives.at("hit_rate").is_null());
}

TEST_CASE("Hotspots carry their figures", "[features]") {
    const Service service(three_clusters().add({tests::fosse_centre}).build());
    const auto page = service.json("/collections/hotspots/items?top=5");
    const auto& hotspots = page.at("features");
    REQUIRE(hotspots.size() == 2);
    CHECK(page.at("not_drawn") == 1); // four records, above the level of three, but fewer than five
    CHECK(page.at("not_drawn_incidents") == 4);
    const auto& first = hotspots[0].at("properties");
    CHECK(names(first) == hotspot_names);
    CHECK(first.at("rank") == 1);
    CHECK(first.at("label") == "Granby Street, North");
    CHECK(first.at("incidents") == 20);
    CHECK(first.at("share").get<double>() == Approx(20.0 / 34).margin(1e-6));
    CHECK(first.at("wards") == json{"North"});
    CHECK(first.at("top_percent") == 5.0);
    CHECK(first.at("hit_rate") == 1.0);
    // Quartic of 20 points in one place, at that place: 20 * 3 / (pi h^2).
    CHECK(first.at("peak_per_km2").get<double>() == Approx(20 * 3 / (M_PI * 0.09)).epsilon(1e-3));
    CHECK(first.at("manifest") == page.at("manifest").at("id"));
    CHECK(hotspots[1].at("properties").at("label") == "Castle Gardens, Castle");
    CHECK(page.at("period") == "2023-10-01/2025-09-30");
    CHECK(page.at("bandwidth_m") == 300.0);
    CHECK(page.at("cell_m") == 50.0);
    CHECK(page.at("level_per_km2").get<double>() > 0);
    CHECK(page.at("floor_reached").is_boolean());
    CHECK(page.at("too_uncertain") == 0);
}

TEST_CASE("Where the floor sets the level, a lone cluster's hotspot is a circle of known radius",
          "[features]") {
    const Service service(SnapshotBuilder().add({tests::north_centre}, 20).build());
    const auto page = service.json("/collections/hotspots/items?top=5&cell=25");
    CHECK(page.at("floor_reached") == true);
    CHECK(page.at("level_per_km2").get<double>() == Approx(9 / (M_PI * 0.09)).epsilon(1e-6));
    // 20 (1 - r^2/h^2)^2 = 3  =>  r = h sqrt(1 - sqrt(3/20))
    const double radius_km = 0.3 * std::sqrt(1 - std::sqrt(3.0 / 20));
    const auto area = page.at("features").at(0).at("properties").at("area_km2").get<double>();
    CHECK(area == Approx(M_PI * radius_km * radius_km).epsilon(0.02));
}

TEST_CASE("Hotspot ids hold for the same parameters and revision", "[features]") {
    const Service service(three_clusters().build());
    const auto id = features(service, "hotspots")[0].at("id").get<std::string>();
    CHECK(features(Service(three_clusters().build()), "hotspots", "limit=1")[0].at("id") == id);
    CHECK(features(service, "hotspots", "top=0.5")[0].at("id") != id);
    CHECK(features(Service(three_clusters().revision(8).build()), "hotspots")[0].at("id") != id);
    CHECK(service.json("/collections/hotspots/items/" + id).at("properties").at("rank") == 1);
    service.problem("/collections/hotspots/items/" + id + "?top=0.5", 404);
}

TEST_CASE("Points less certain than the bandwidth are counted, not drawn", "[features]") {
    Event vague;
    vague.uncertainty_m = 400;
    const Service service(three_clusters().add(vague, 50).build());
    const auto page = service.json("/collections/hotspots/items");
    CHECK(page.at("too_uncertain") == 50);
    CHECK(page.at("features")[0].at("properties").at("incidents") == 20);
    CHECK(service.json("/collections/hotspots/items?bandwidth=450").at("too_uncertain") == 0);
    CHECK(features(service, "wards")[0].at("properties").at("incidents") == 70);
}

TEST_CASE("Without wards there are no hotspots, and the answer says how to load them",
          "[features]") {
    const Service service(three_clusters().without_wards().build());
    const auto problem = service.problem("/collections/hotspots/items", 409);
    CHECK_THAT(problem.at("detail").get<std::string>(),
               Catch::Contains("llr-hotspots reference wards FILE"));
    service.problem("/tiles/hotspots/0/0/0.mvt", 409);
    CHECK(features(service, "wards").empty());
}

TEST_CASE("A cell too fine for the study area is refused, naming the finest", "[features]") {
    const Service service(three_clusters().build());
    CHECK(service.json("/collections/hotspots/items?bandwidth=50").at("cell_m").get<double>() ==
          Approx(50.0 / 6).margin(1e-6));
    CHECK(service.problem("/collections/hotspots/items?cell=200").at("parameter") == "cell");
}

TEST_CASE("Incidents carry everything they came with, unknown as null", "[features]") {
    SnapshotBuilder builder;
    Event event;
    builder.add(event);
    event.status = data::GeocodeStatus::unmatched;
    event.when = "2025-03";
    event.group = std::nullopt;
    event.weapon = data::Weapon::knife;
    event.victim_age = 19;
    event.decision = data::Decision::review;
    builder.add(event);
    const Service service(builder.build());
    const auto incidents = features(service, "incidents");
    REQUIRE(incidents.size() == 2);
    const auto& mapped = incidents[0].at("properties");
    CHECK(names(mapped) == incident_names);
    CHECK(incidents[0].at("id") == 1);
    CHECK(incidents[0].at("geometry").at("type") == "Point");
    CHECK(mapped.at("incident_id") == "I-1");
    CHECK(mapped.at("occurred_from") == "2025-03-14T22:30:00Z");
    CHECK(mapped.at("occurred_to").is_null());
    CHECK(mapped.at("time_precision") == "exact");
    CHECK(mapped.at("group") == "violence_with_injury");
    CHECK(mapped.at("scope_decision") == "in");
    CHECK(mapped.at("scope_reason") == "hand_made");
    CHECK(mapped.at("status") == "matched");
    CHECK(mapped.at("level") == "given");
    CHECK(mapped.at("easting") == 457025.0);
    CHECK(mapped.at("northing") == 305025.0);
    CHECK(mapped.at("ward") == "North");
    CHECK(mapped.at("ward_code") == "E05000001");
    CHECK(mapped.at("uncertainty_m") == 10.0);
    for (const auto* name : {"offence_code", "offence", "location_text", "place_type", "domestic",
                             "weapon", "victim_age", "injury"}) {
        CHECK(mapped.at(name).is_null());
    }
    const auto& unmapped = incidents[1].at("properties");
    CHECK(incidents[1].at("geometry").is_null());
    CHECK(unmapped.at("occurred_from") == "2025-03");
    CHECK(unmapped.at("time_precision") == "month");
    CHECK(unmapped.at("scope_decision") == "review");
    CHECK(unmapped.at("weapon") == "knife");
    CHECK(unmapped.at("victim_age") == 19);
    for (const auto* name : {"group", "level", "uncertainty_m", "score", "easting", "ward"}) {
        CHECK(unmapped.at(name).is_null());
    }
    CHECK(service.json("/collections/incidents/items/2").at("properties") == unmapped);
}

TEST_CASE("Incidents without a period are those of all times, and are never mapped outside",
          "[features]") {
    SnapshotBuilder builder;
    Event event;
    event.when = "1999-12-31";
    event.decision = data::Decision::out;
    event.status = data::GeocodeStatus::outside;
    const Service service(builder.add(event).build());
    const auto incidents = features(service, "incidents");
    REQUIRE(incidents.size() == 1);
    CHECK(incidents[0].at("geometry").is_null());
    CHECK(incidents[0].at("properties").at("easting") == 457025.0);
    CHECK(features(service, "incidents", "datetime=2025-01").empty());
}
