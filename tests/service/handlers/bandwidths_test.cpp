// /analysis/bandwidths on made-up records; the rules themselves are tested against R in tests/geo.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>
#include <random>

using namespace hotspots;
using namespace hotspots::tests;
using nlohmann::json;

namespace {

const std::string bandwidths_path = "/analysis/bandwidths";

json rule_of(const json& answer, const std::string& rule) {
    for (const auto& suggestion : answer.at("suggestions")) {
        if (suggestion.at("rule") == rule) {
            return suggestion;
        }
    }
    FAIL("no rule " << rule);
    return {};
}

SnapshotBuilder scattered(int incidents) {
    std::mt19937 random(6);
    std::normal_distribution<double> east(459'000, 600);
    std::normal_distribution<double> north(305'000, 250);
    SnapshotBuilder builder;
    for (int i = 0; i < incidents; ++i) {
        Event event;
        const double easting_m = east(random);
        event.at = {easting_m, north(random)};
        builder.add(event);
    }
    return builder;
}

} // namespace

TEST_CASE("Each rule has its bandwidth, how it was found, and what it was found from",
          "[bandwidths]") {
    const Service service(scattered(300).build());
    const auto answer = service.json(bandwidths_path);
    CHECK(answer.at("points") == 300);
    CHECK(answer.at("places") == 300);
    CHECK(answer.at("in_scope") == 300);
    CHECK(answer.at("kernel") == "quartic");
    CHECK(answer.at("default_m") == 300.0);
    CHECK(answer.at("period") == "2023-10-01/2025-09-30");
    CHECK(answer.at("timeStamp") == "2025-10-01T00:00:00Z");
    CHECK(answer.at("manifest").at("parameters") ==
          "scope=vrn-2021&datetime=2023-10-01/2025-09-30");
    CHECK_THAT(answer.at("advice").get<std::string>(), Catch::Contains("disagree widely"));
    REQUIRE(answer.at("suggestions").size() == 3);
    for (const auto& suggestion : answer.at("suggestions")) {
        CHECK(suggestion.at("bandwidth_m").get<double>() > 0);
        CHECK(suggestion.at("method").get<std::string>().size() > 80);
    }
    // 600 and 250 m x 300^(-1/6) x sqrt(8), as far as a sample has them.
    const double factor = std::pow(300, -1.0 / 6) * std::sqrt(8.0);
    const auto scott = rule_of(answer, "scott");
    CHECK(scott.at("easting_m").get<double>() == Approx(600 * factor).epsilon(0.15));
    CHECK(scott.at("northing_m").get<double>() == Approx(250 * factor).epsilon(0.15));
    CHECK(scott.at("bandwidth_m").get<double>() ==
          Approx(
              std::sqrt(scott.at("easting_m").get<double>() * scott.at("northing_m").get<double>()))
              .epsilon(1e-3));
    const auto likelihood = rule_of(answer, "likelihood");
    CHECK(likelihood.at("bandwidth_m").get<double>() > 100);
    CHECK(likelihood.at("at_limit") == false);
}

TEST_CASE("The kernel changes what a bandwidth means", "[bandwidths]") {
    const Service service(scattered(300).build());
    const auto quartic = rule_of(service.json(bandwidths_path), "scott");
    const auto answer = service.json(bandwidths_path + "?kernel=gaussian");
    CHECK(answer.at("kernel") == "gaussian");
    CHECK_THAT(answer.at("manifest").at("parameters").get<std::string>(),
               Catch::EndsWith("&kernel=gaussian"));
    CHECK(rule_of(answer, "scott").at("bandwidth_m").get<double>() * std::sqrt(8.0) ==
          Approx(quartic.at("bandwidth_m").get<double>()).epsilon(1e-3));
}

TEST_CASE("Incidents in few places say how many those are, and what cannot be said is null",
          "[bandwidths]") {
    // 20, 10 and 3 on one line from west to east, 2 km apart.
    const Service service(three_clusters().build());
    const auto answer = service.json(bandwidths_path);
    CHECK(answer.at("points") == 33);
    CHECK(answer.at("places") == 3);
    const auto scott = rule_of(answer, "scott");
    const double mean = (10 * 2'000 + 3 * 4'000) / 33.0;
    const double squares =
        20 * mean * mean + 10 * std::pow(2'000 - mean, 2) + 3 * std::pow(4'000 - mean, 2);
    CHECK(scott.at("easting_m").get<double>() ==
          Approx(std::sqrt(squares / 32) * std::pow(33, -1.0 / 6) * std::sqrt(8.0)).margin(0.06));
    CHECK(scott.at("northing_m") == nullptr);
    CHECK(scott.at("bandwidth_m") == nullptr);
    CHECK(rule_of(answer, "silverman").at("bandwidth_m").get<double>() > 0);

    for (const int times : {0, 1, 9}) {
        SnapshotBuilder builder;
        builder.add(Event{}, times);
        const auto few = Service(builder.build()).json(bandwidths_path);
        CHECK(few.at("points") == times);
        for (const auto& suggestion : few.at("suggestions")) {
            CHECK(suggestion.at("bandwidth_m") == nullptr);
        }
    }
}

TEST_CASE("Filters choose the incidents, and other parameters are refused by name",
          "[bandwidths]") {
    const Service service(three_clusters().build());
    CHECK(service.json(bandwidths_path + "?datetime=2024-01/2024-02").at("points") == 0);
    CHECK(service.json(bandwidths_path + "?source=police").at("points") == 33);
    CHECK(service.problem(bandwidths_path + "?bandwidth=300").at("parameter") == "bandwidth");
    CHECK(service.problem(bandwidths_path + "?kernel=box").at("parameter") == "kernel");
    CHECK(service.problem(bandwidths_path + "?f=html").at("parameter") == "f");
    CHECK(service.problem(bandwidths_path + "?kernel=quartic&kernel=uniform").at("parameter") ==
          "kernel");
    const Service nowhere(SnapshotBuilder().without_wards().build());
    CHECK(nowhere.problem(bandwidths_path, 409)
              .at("detail")
              .get<std::string>()
              .find("reference wards") != std::string::npos);
}

TEST_CASE("The same question gives the same bytes, and is not answered twice to who knows",
          "[bandwidths]") {
    const auto snapshot = scattered(200).build();
    const Service service(snapshot);
    const auto first = service.get(bandwidths_path);
    CHECK(Service(snapshot).get(bandwidths_path).body_view() == first.body_view());
    CHECK_FALSE(first.body_view().empty());
    const auto etag = header_of(first, "etag");
    REQUIRE_FALSE(etag.empty());
    CHECK(service.get(bandwidths_path, {{"if-none-match", etag}}).status == 304);
    CHECK(header_of(service.get(bandwidths_path + "?kernel=uniform"), "etag") != etag);
}
