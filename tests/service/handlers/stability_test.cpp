// /analysis/stability on made-up records.
#include "service/jobs/background_jobs.hpp"
#include "service/stability_result.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <chrono>
#include <thread>

using namespace hotspots;
using namespace hotspots::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const std::string stability_path = "/analysis/stability";

service::AnalysisParameters top_one(const Service& service) {
    return service::read_analysis({{"top", "1"}}, *service.context.snapshot(), {});
}

} // namespace

TEST_CASE("Every hotspot has its survival, with the id, rank and label that the map gives it",
          "[stability]") {
    const Service service(three_clusters().build());
    const auto answer = service.json(stability_path + "?top=1");
    const auto shown = service.json("/collections/hotspots/items?top=1").at("features");
    REQUIRE(answer.at("hotspots").size() == shown.size());
    REQUIRE(shown.size() == 2);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto& one = answer.at("hotspots")[i];
        const auto& properties = shown[i].at("properties");
        CHECK(one.at("id") == shown[i].at("id"));
        for (const auto* name : {"rank", "label", "incidents"}) {
            CHECK(one.at(name) == properties.at(name));
        }
        CHECK(one.at("jitter") == 1); // ten metres of uncertainty do not move twenty points
        CHECK(one.at("shift") == 1);
        CHECK((one.at("bandwidth") == 0.5 || one.at("bandwidth") == 1)); // of two runs
        CHECK(one.at("runs") == 203);
        CHECK(one.at("survival").get<double>() ==
              Approx(one.at("survived").get<double>() / 203).margin(1e-6));
    }
    // Both share one area: where a sample favours one, the other shrinks, the smaller one sooner.
    const auto& found = answer.at("hotspots");
    CHECK(found[0].at("bootstrap") > 0.9);
    CHECK(found[1].at("bootstrap") < found[0].at("bootstrap"));
    CHECK(answer.at("runs") ==
          json{{"bandwidth", 2}, {"shift", 3}, {"jitter", 99}, {"bootstrap", 99}, {"all", 203}});
    CHECK(answer.at("in_scope") == 33);
    CHECK(answer.at("median_uncertainty_m") == 10);
    CHECK(answer.at("timeStamp") == "2025-10-01T00:00:00Z");
    CHECK(answer.at("manifest").at("parameters").get<std::string>().ends_with("&runs=99&seed=1"));
}

TEST_CASE("The same parameters give the same bytes, another seed another manifest", "[stability]") {
    const auto snapshot = three_clusters().build();
    const Service service(snapshot);
    const Service other(snapshot);
    const auto first = service.get(stability_path + "?runs=9&seed=5");
    CHECK(first.body_view() == other.get(stability_path + "?seed=5&runs=9").body_view());
    CHECK(service
              .get(stability_path + "?runs=9&seed=5", {{"if-none-match", header_of(first, "etag")}})
              .status == 304);
    const auto a = json::parse(first.body_view());
    const auto b = service.json(stability_path + "?runs=9&seed=6");
    CHECK(a.at("manifest").at("id") != b.at("manifest").at("id"));
    CHECK(a.at("seed") == 5);
    CHECK(a.at("runs").at("all") == 23);
}

TEST_CASE("Runs and seeds that cannot be, and parameters it does not take, are refused",
          "[stability]") {
    const Service service(three_clusters().build());
    CHECK(service.problem(stability_path + "?runs=0").at("parameter") == "runs");
    CHECK(service.problem(stability_path + "?runs=1000").at("parameter") == "runs");
    CHECK(service.problem(stability_path + "?runs=ten").at("parameter") == "runs");
    CHECK(service.problem(stability_path + "?seed=-1").at("parameter") == "seed");
    CHECK(service.problem(stability_path + "?f=csv").at("parameter") == "f");
    CHECK(service.problem(stability_path + "?shape=hexagon").at("parameter") == "shape");
    const Service bare(three_clusters().without_wards().build());
    CHECK(bare.problem(stability_path, 409).at("title") == "No wards loaded");
}

TEST_CASE("Runs make their densities as the map does: corrected at the edge, or adaptive",
          "[stability]") {
    const Service service(three_clusters().build());
    for (const std::string how : {"edge=uniform", "edge=diggle", "adaptive=yes"}) {
        const auto answer = service.json(stability_path + "?runs=5&" + how);
        const auto shown = service.json("/collections/hotspots/items?" + how).at("features");
        REQUIRE(answer.at("hotspots").size() == shown.size());
        REQUIRE_FALSE(shown.empty());
        for (std::size_t i = 0; i < shown.size(); ++i) {
            CHECK(answer.at("hotspots")[i].at("id") == shown[i].at("id"));
            CHECK(answer.at("hotspots")[i].at("jitter") == 1);
            CHECK(answer.at("hotspots")[i].at("shift") == 1);
        }
    }
}

TEST_CASE("Without records there are no hotspots, and nothing fails", "[stability]") {
    const Service service(SnapshotBuilder().build());
    const auto answer = service.json(stability_path);
    CHECK(answer.at("hotspots").empty());
    CHECK(answer.at("median_uncertainty_m").is_null());
}

TEST_CASE("Stability is known once it was computed, and for nothing else", "[stability]") {
    const Service service(three_clusters().build());
    const auto snapshot = service.context.snapshot();
    service::StabilityParameters usual;
    usual.analysis = top_one(service);
    const auto known = [&](const service::StabilityParameters& parameters) {
        return service::known_stability(service.context, *snapshot, parameters);
    };
    CHECK_FALSE(known(usual));
    service.json(stability_path + "?top=1&runs=9"); // other runs
    CHECK_FALSE(known(usual));
    const auto answer = service.json(stability_path + "?top=1");
    const auto found = known(usual);
    REQUIRE(found);
    REQUIRE(found->survival.size() == 2);
    for (std::size_t rank = 0; rank < 2; ++rank) {
        CHECK(found->survival[rank].overall().share() ==
              Approx(answer.at("hotspots")[rank].at("survival").get<double>()).margin(1e-6));
    }
    usual.analysis.bandwidth_m = 400;
    CHECK_FALSE(known(usual));
}

TEST_CASE("Stability is computed in the background, with progress, and can be cancelled",
          "[stability]") {
    Service service(three_clusters().build());
    service.context.background = std::make_shared<service::BackgroundJobs>();
    const std::vector<service::Header> at_once{{"prefer", "respond-async"}};
    const auto accepted = service.get(stability_path + "?runs=999", at_once);
    REQUIRE(accepted.status == 202);
    const auto id = json::parse(accepted.body_view()).at("id").get<std::string>();
    CHECK(header_of(accepted, "location") == "/jobs/" + id);
    const auto cancelled = service.context.background->cancel(id);
    REQUIRE(cancelled);
    CHECK(cancelled->state == service::JobState::cancelled);
    CHECK(cancelled->progress < 1);

    auto response = service.get(stability_path + "?runs=9", at_once);
    for (int i = 0; response.status == 202 && i < 3000; ++i) {
        std::this_thread::sleep_for(10ms);
        response = service.get(stability_path + "?runs=9", at_once);
    }
    CHECK(response.status == 200);
    const Service direct(service.context.snapshot());
    CHECK(response.body_view() == direct.get(stability_path + "?runs=9").body_view());
}
