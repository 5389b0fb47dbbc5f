#include "data/quality/traps.hpp"
#include "service/quality_json.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

using namespace hotspots;
using namespace hotspots::tests;
using data::Decision;
using data::GeocodeStatus;

namespace {

service::Response ask(const service::AppContext& context, std::string_view target,
                      service::Role role = service::Role::analyst,
                      std::vector<service::Header> headers = {}) {
    service::Request request;
    auto parsed = service::parse_target(target).value();
    request.path = parsed.first;
    request.query = parsed.second;
    request.headers = std::move(headers);
    request.caller = {role, role == service::Role::anyone ? "" : "test", {}};
    return service::dispatch(context, request);
}

nlohmann::json quality(const SnapshotBuilder& builder, const std::string& query = "") {
    const Service service(builder.build());
    const auto response = ask(service.context, "/quality" + query);
    INFO(response.body_view().substr(0, 500));
    REQUIRE(response.status == 200);
    return nlohmann::json::parse(response.body_view());
}

// 10 mapped and in, 5 missed and in, 4 mapped in review, 3 mapped and out, 2 outside.
SnapshotBuilder mixed() {
    SnapshotBuilder builder;
    Event event;
    event.at = {457123, 305456};
    builder.add(event, 10);
    event.status = GeocodeStatus::unmatched;
    builder.add(event, 5);
    event.status = GeocodeStatus::outside;
    builder.add(event, 2);
    event.status = GeocodeStatus::matched;
    event.decision = Decision::review;
    builder.add(event, 4);
    event.decision = Decision::out;
    event.when = "2024-07-01";
    builder.add(event, 3);
    return builder;
}

} // namespace

TEST_CASE("Without parameters the quality of all records is told", "[quality]") {
    const auto answer = quality(mixed());
    CHECK(answer.at("revision") == 7);
    CHECK(answer.at("timeStamp") == "2025-10-01T00:00:00Z");
    CHECK(answer.at("scope").is_null());
    CHECK(answer.at("datetime").is_null());
    CHECK(answer.at("records") == 24);
    CHECK(answer.at("mapped") == 17);
    CHECK(answer.at("unmapped") == 5);
    CHECK(answer.at("outside") == 2);
    CHECK(answer.at("hit_rate").get<double>() == Approx(17.0 / 22).margin(1e-6));
    CHECK(answer.at("below_gate") == true);
    CHECK(answer.at("gate").at("least_hit_rate") == 0.85);
    CHECK(answer.at("statuses").at("outside").at("share").get<double>() ==
          Approx(2.0 / 24).margin(1e-6));
    // The shares of levels add up to the hit rate.
    CHECK(answer.at("levels").at("given") ==
          nlohmann::json({{"records", 17}, {"share", answer.at("hit_rate")}}));
    CHECK(answer.at("levels").at("street").at("records") == 0);
}

TEST_CASE("With a scope, records in and in review count; with a period, those that touch it",
          "[quality]") {
    CHECK(quality(mixed(), "?scope=vrn-2021").at("records") == 21);
    CHECK(quality(mixed(), "?scope=vrn-2021").at("scope") == "vrn-2021");
    const auto summer = quality(mixed(), "?datetime=2024-07");
    CHECK(summer.at("records") == 3);
    CHECK(summer.at("datetime") == "2024-07-01/2024-07-31");
    CHECK(summer.at("hit_rate") == 1);
    CHECK(quality(mixed(), "?scope=vrn-2021&datetime=2024-07").at("records") == 0);
    CHECK(quality(mixed(), "?scope=vrn-2021&datetime=2024-07").at("hit_rate").is_null());
}

TEST_CASE("The hit rate is the one that hotspots carry", "[quality]") {
    const auto builder = mixed();
    const auto hotspots = Service(builder.build()).json("/collections/hotspots/items");
    // All in scope, none in review: the same records.
    SnapshotBuilder in_scope;
    in_scope.add({{457123, 305456}}, 10);
    in_scope.add({{457123, 305456}, "2025-03-14T22:30", GeocodeStatus::unmatched}, 5);
    in_scope.add({{457123, 305456}, "2025-03-14T22:30", GeocodeStatus::outside}, 2);
    CHECK(quality(in_scope).at("hit_rate") == hotspots.at("hit_rate"));
}

TEST_CASE("Groups carry the rule that made them, dependence its figures and words", "[quality]") {
    const auto answer = quality(mixed());
    std::vector<std::string> names;
    for (const auto& grouping : answer.at("groupings")) {
        names.push_back(grouping.at("by"));
        CHECK_FALSE(grouping.at("rule").get<std::string>().empty());
    }
    CHECK(names ==
          std::vector<std::string>{"import", "source", "authority", "named_authority", "month"});
    const auto& authority = answer.at("groupings").at(2);
    REQUIRE(authority.at("groups").size() == 2);
    CHECK(authority.at("groups").at(0).at("label") == "Alpha");
    CHECK(authority.at("groups").at(0).at("hit_rate") == 1);
    CHECK(authority.at("groups").at(1).at("key") == "not_named");
    CHECK(authority.at("groups_below_gate") == 1);
    CHECK(authority.at("share_of_groups_below_gate") == 0.5);
    CHECK(authority.at("share_of_records_below_gate").get<double>() ==
          Approx(5.0 / 22).margin(1e-6));
    for (const auto& dependence : answer.at("dependence")) {
        CHECK(dependence.at("n") == 22);
        CHECK_FALSE(dependence.at("reading").get<std::string>().empty());
        CHECK(dependence.at("cramers_v").is_null() == (dependence.at("columns") < 2));
    }
    CHECK(answer.at("dependence").size() == 5);
}

TEST_CASE("Suspicious points are listed in both reference systems, and hotspots count the records "
          "on them",
          "[quality]") {
    SnapshotBuilder builder;
    builder.add_place("Royal Infirmary", data::PlaceKind::poi, {457130, 305456});
    builder.add({{457123, 305456}}, 12).add({{459345, 305456}}, 9);
    const auto answer = quality(builder);
    CHECK(answer.at("on_default_points") == 12);
    CHECK(answer.at("default_point_share").get<double>() == Approx(12.0 / 21).margin(1e-6));
    REQUIRE(answer.at("traps").size() == 1);
    const auto& trap = answer.at("traps").at(0);
    CHECK(trap.at("kind") == "institution");
    CHECK(trap.at("name") == "Royal Infirmary");
    CHECK(trap.at("records") == 12);
    CHECK(trap.at("level") == "given");
    CHECK(trap.at("easting") == 457123);
    CHECK(trap.at("northing") == 305456);
    CHECK(trap.at("longitude").get<double>() == Approx(-1.157).margin(0.01));
    CHECK(trap.at("latitude").get<double>() == Approx(52.644).margin(0.01));
    const auto hotspots = Service(builder.build()).json("/collections/hotspots/items");
    CHECK(hotspots.at("on_default_points") == 12);
}

TEST_CASE("The quality of an import is that of its records alone", "[quality]") {
    auto snapshot = *mixed().build();
    for (std::size_t i = 0; i < snapshot.incidents.size(); ++i) {
        snapshot.incidents[i].import_id = i < 15 ? 3 : 4;
    }
    const nlohmann::json third = service::quality_of_import(snapshot, 3);
    CHECK(third.at("records") == 15);
    CHECK(third.at("mapped") == 10);
    CHECK(third.at("groupings").at(0).at("groups").size() == 1);
    CHECK(third.at("groupings").at(0).at("groups").at(0).at("key") == "3");
    const nlohmann::json unknown = service::quality_of_import(snapshot, 99);
    CHECK(unknown.at("records") == 0);
    CHECK(unknown.at("hit_rate").is_null());
    CHECK(unknown.at("below_gate").is_null());
}

TEST_CASE("Quality is for analysts, and other parameters are refused by name", "[quality]") {
    const Service service(mixed().build());
    CHECK(ask(service.context, "/quality", service::Role::inspector).status == 403);
    CHECK(ask(service.context, "/quality", service::Role::anyone).status == 401);
    for (const auto* query : {"?group=robbery", "?bandwidth=300", "?scope=all", "?datetime=never",
                              "?f=csv", "?scope=vrn-2021&scope=vrn-2021"}) {
        const auto response = ask(service.context, "/quality" + std::string(query));
        INFO(query);
        CHECK(response.status == 400);
        const auto problem = nlohmann::json::parse(response.body_view());
        const std::string name(query + 1);
        CHECK(problem.at("parameter") == name.substr(0, name.find('=')));
    }
}

TEST_CASE("Equal requests give equal bytes, made once, and a validator saves them", "[quality]") {
    const Service service(mixed().build());
    const auto first = ask(service.context, "/quality?scope=vrn-2021");
    const auto again = ask(service.context, "/quality?scope=vrn-2021&f=json");
    CHECK(first.body_view() == again.body_view());
    CHECK(first.shared_body == again.shared_body);
    CHECK(service.context.quality->size() == 1);
    const auto etag = header_of(first, "etag");
    CHECK(etag != header_of(ask(service.context, "/quality"), "etag"));
    const auto known = ask(service.context, "/quality?scope=vrn-2021", service::Role::analyst,
                           {{"if-none-match", etag}});
    CHECK(known.status == 304);
}
