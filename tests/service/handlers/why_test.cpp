// The card of a hotspot on small made-up records, with figures worked out by hand; intervals from
// R 4.2.2's binom.test and poisson.test through why_oracle.R beside this file.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

const std::string list = "/collections/hotspots/items?";

std::string id_of(const Service& service, const std::string& query, std::size_t rank = 1) {
    return service.json(list + query).at("features").at(rank - 1).at("id");
}

// Without its survival, which takes long and which why_request_test.cpp looks at.
json card_of(const Service& service, const std::string& query = {}, std::size_t rank = 1) {
    return service.json("/hotspots/" + id_of(service, query, rank) + "/why?survival=no" +
                        (query.empty() ? "" : '&' + query));
}

json card_of(const SnapshotBuilder& builder, const std::string& query = {}) {
    return card_of(Service(builder.build()), query);
}

double sum(const json& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.0,
                           [](double all, const json& one) { return all + one.get<double>(); });
}

} // namespace

TEST_CASE("A card says of its hotspot what the list says", "[why]") {
    const Service service(three_clusters().build());
    const auto page = service.json(list);
    for (const auto& feature : page.at("features")) {
        const auto card = service.json("/hotspots/" + feature.at("id").get<std::string>() + "/why");
        const auto& properties = feature.at("properties");
        for (const auto* name : {"rank", "label", "incidents", "share", "area_km2", "peak_per_km2",
                                 "top_percent", "wards"}) {
            INFO(name);
            CHECK(card.at(name) == properties.at(name));
        }
        CHECK(card.at("id") == feature.at("id"));
        CHECK(card.at("of") == page.at("numberMatched"));
        CHECK(card.at("manifest") == page.at("manifest"));
        CHECK(card.at("timeStamp") == page.at("timeStamp"));
        CHECK(card.at("marking") == "OFFICIAL-SENSITIVE");
    }
}

TEST_CASE("The share is also told of those that are certain enough for a hotspot", "[why]") {
    auto builder = three_clusters();
    Event uncertain;
    uncertain.uncertainty_m = 500;
    const auto card = card_of(builder.add(uncertain, 7));
    CHECK(card.at("incidents") == 20);
    CHECK(card.at("share") == 0.5);
    CHECK(card.at("share_of_certain") == 0.606061);
    CHECK(card.at("counted").at("too_uncertain") == 7);
}

TEST_CASE("Times are a table of weekdays by hours, and what is not known of them is counted",
          "[why]") {
    SnapshotBuilder builder;
    const auto add = [&](const std::string& from, const std::string& until, int times) {
        Event event;
        event.when = from;
        event.until = until;
        builder.add(event, times);
    };
    add("2025-03-14T22:30", "", 3); // a Friday
    add("2025-03-14T23:30", "2025-03-15T00:30", 2);
    add("2025-03-16", "", 4);
    add("2025-03", "", 5);
    const auto times = card_of(builder).at("times");
    CHECK(times.at("incidents").size() == 7);
    CHECK(times.at("incidents")[4][22] == 3.0);
    CHECK(times.at("incidents")[4][23] == 1.0);
    CHECK(times.at("incidents")[5][0] == 1.0);
    CHECK(times.at("spread") == 2);
    CHECK(times.at("hour_unknown") == json{0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0});
    CHECK(times.at("unknown") == 5);
    double all = sum(times.at("hour_unknown")) + 5;
    for (const auto& day : times.at("incidents")) {
        CHECK(day.size() == 24);
        all += sum(day);
    }
    CHECK(all == 14);
}

TEST_CASE("Groups, weapons and ages are counted with their unknowns, shares are of the known",
          "[why]") {
    SnapshotBuilder builder;
    Event event;
    event.weapon = data::Weapon::knife;
    event.victim_age = 24;
    builder.add(event, 3);
    event.victim_age = 25;
    event.group = data::OffenceGroup::robbery;
    builder.add(event);
    event.weapon = data::Weapon::none;
    builder.add(event);
    event.weapon = data::Weapon::blunt;
    event.victim_age = std::nullopt;
    event.group = std::nullopt;
    builder.add(event, 4);
    event.weapon = data::Weapon::unknown;
    builder.add(event, 2);
    const auto card = card_of(builder);
    CHECK(card.at("incidents") == 11);
    CHECK(card.at("groups") == json{{{"group", "homicide"}, {"incidents", 0}},
                                    {{"group", "violence_with_injury"}, {"incidents", 3}},
                                    {{"group", "robbery"}, {"incidents", 2}},
                                    {{"group", nullptr}, {"incidents", 6}}});
    CHECK(card.at("weapons").size() == 6);
    CHECK(card.at("weapons")[0] == json{{"weapon", "knife"}, {"incidents", 4}});
    CHECK(card.at("weapons")[5] == json{{"weapon", "unknown"}, {"incidents", 2}});
    CHECK(card.at("knife") == json{{"incidents", 4},
                                   {"known", 9},
                                   {"unknown", 2},
                                   {"share", 0.444444},
                                   {"share_low", 0.136996},
                                   {"share_high", 0.787991}});
    CHECK(card.at("under_25") == json{{"incidents", 3},
                                      {"known", 5},
                                      {"unknown", 6},
                                      {"share", 0.6},
                                      {"share_low", 0.146633},
                                      {"share_high", 0.947255}});
}

TEST_CASE("A share of which nothing is known is null", "[why]") {
    const auto card = card_of(three_clusters());
    CHECK(card.at("knife") == json{{"incidents", 0},
                                   {"known", 0},
                                   {"unknown", 20},
                                   {"share", nullptr},
                                   {"share_low", nullptr},
                                   {"share_high", nullptr}});
    CHECK(card.at("under_25").at("unknown") == 20);
    CHECK(card.at("under_25").at("share").is_null());
}

TEST_CASE("The first streets are those that most incidents name or lie on", "[why]") {
    SnapshotBuilder builder;
    Event event;
    event.text = "On or near Granby Street";
    builder.add(event, 6);
    event.text = "jct Halford Street / Granby Street";
    builder.add(event, 2);
    event.text = {};
    event.at = {457060, 305060};
    builder.add(event, 3); // nearest to Granby Street
    event.at = {456980, 304980};
    builder.add(event, 1); // near none
    builder.add_place("Granby Street", data::PlaceKind::street, {457050, 305050});
    builder.add_place("Halford Street", data::PlaceKind::street, {457150, 305150});
    const auto streets = card_of(builder.with_gazetteer()).at("streets");
    REQUIRE(streets.at("top").size() == 2);
    CHECK(streets.at("top")[0].at("name") == "Granby Street");
    CHECK(streets.at("top")[0].at("incidents") == 9);
    CHECK(streets.at("top")[0].at("by_name") == 6);
    CHECK(streets.at("top")[1].at("name") == "Halford Street");
    CHECK(streets.at("top")[1].at("incidents") == 2);
    CHECK(streets.at("on_no_street") == 1);
    CHECK(streets.at("several_named") == 2);
}

TEST_CASE("Without streets the card says that none are loaded", "[why]") {
    CHECK(card_of(three_clusters()).at("streets") ==
          json{{"top", nullptr}, {"reason", "no named streets are loaded"}});
}

TEST_CASE("The median uncertainty is the middle, or half way between the two in the middle",
          "[why]") {
    SnapshotBuilder builder;
    for (const double uncertainty_m : {10.0, 20.0, 100.0, 200.0, 250.0, 15.0}) {
        Event event;
        event.uncertainty_m = uncertainty_m;
        builder.add(event);
    }
    CHECK(card_of(builder).at("median_uncertainty_m") == 60.0);
    Event event;
    event.uncertainty_m = 299;
    CHECK(card_of(builder.add(event)).at("median_uncertainty_m") == 100.0);
}

TEST_CASE("The hit rate is that of the records which name the hotspot's authority", "[why]") {
    SnapshotBuilder builder;
    Event event;
    event.text = "Alpha";
    builder.add(event, 16);
    event.status = data::GeocodeStatus::unmatched;
    builder.add(event, 4);
    event.text = "Beta";
    builder.add(event, 9);
    event.status = data::GeocodeStatus::outside;
    event.text = "Alpha";
    builder.add(event, 5);
    const auto rate = card_of(builder.with_gazetteer()).at("hit_rate");
    CHECK(rate.at("of") == "records whose text names Alpha");
    CHECK(rate.at("value") == 0.8);
    CHECK(rate.at("placed") == 16);
    CHECK(rate.at("missed") == 4);
    CHECK(rate.at("below_gate") == true);
    CHECK(rate.at("least") == 0.85);
}

TEST_CASE("Where too few records name an authority the hit rate is that of all", "[why]") {
    auto builder = three_clusters();
    Event missed;
    missed.status = data::GeocodeStatus::unmatched;
    missed.text = "Alpha";
    const auto rate = card_of(builder.add(missed, 3).with_gazetteer()).at("hit_rate");
    CHECK(rate.at("value") == 0.916667);
    CHECK(rate.at("placed") == 33);
    CHECK(rate.at("missed") == 3);
    CHECK(rate.at("below_gate") == false);
    CHECK(rate.at("of").get<std::string>().starts_with("all chosen records"));
}

TEST_CASE("Identical points make a card without a number that is none", "[why]") {
    const Service service(SnapshotBuilder().add({}, 5).build());
    const auto card = card_of(service);
    CHECK(card.at("incidents") == 5);
    CHECK(card.at("share") == 1.0);
    CHECK(card.at("area_km2").get<double>() > 0);
    CHECK(card.at("peak_per_km2").get<double>() > 0);
    CHECK(card.at("sources").at("each")[0].at("covered_by_own") == 1.0);
}
