// Edge correction and adaptive bandwidths as parameters of everything that is made of densities;
// the figures themselves are tested in tests/geo.
#include "service/analysis.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>
#include <numbers>

using namespace hotspots;
using namespace hotspots::tests;
using nlohmann::json;
using service::AnalysisParameters;

namespace {

const std::string hotspots_path = "/collections/hotspots/items?";

// 25 m within the western boundary of the three wards, and as far beyond it.
constexpr geo::BngPoint just_inside{456'025, 305'025};
constexpr geo::BngPoint just_outside{455'975, 305'025};

Event event_at(geo::BngPoint at, data::GeocodeStatus status = data::GeocodeStatus::matched) {
    Event event;
    event.at = at;
    event.status = status;
    return event;
}

SnapshotBuilder at_the_boundary() {
    SnapshotBuilder builder;
    builder.add(event_at(just_inside), 10);
    return builder;
}

SnapshotBuilder with_neighbours() {
    auto builder = at_the_boundary();
    builder.add(event_at(just_outside, data::GeocodeStatus::outside), 10);
    return builder;
}

AnalysisParameters read(const std::string& query) {
    const auto snapshot = SnapshotBuilder().build();
    return service::read_analysis(service::parse_target("/?" + query)->second, *snapshot, {});
}

double peak_of(const Service& service, const std::string& query) {
    const auto page = service.json(hotspots_path + query);
    REQUIRE(page.at("features").size() == 1);
    return page.at("features")[0].at("properties").at("peak_per_km2").get<double>();
}

// Of the quartic (h = 300), what a half-plane holds whose edge is `inside_m` from its centre: by
// lines along the edge, each of which holds 3/(pi h2) 16/15 (1 - x2/h2)^(5/2) h.
double half_plane(double inside_m) {
    double beyond = 0;
    constexpr int steps = 20'000;
    for (int i = 0; i < steps; ++i) {
        const double u = (inside_m + (300 - inside_m) * (i + 0.5) / steps) / 300;
        beyond += 16 / (5 * std::numbers::pi) * std::pow(1 - u * u, 2.5) * (300 - inside_m) /
                  (300.0 * steps);
    }
    return 1 - beyond;
}

const double one_peak = 3 / (std::numbers::pi * 0.09); // per km2, of one incident

} // namespace

TEST_CASE("Edge correction and adaptive bandwidths are read, and written where they are asked for",
          "[density]") {
    const auto p = read("edge=diggle&adaptive=yes&top=0.5&cell=50");
    CHECK(p.edge == geo::EdgeCorrection::diggle);
    CHECK(p.adaptive);
    CHECK(p.canonical_query() == "scope=vrn-2021&datetime=2023-10-01/2025-09-30&cell=50"
                                 "&edge=diggle&adaptive=yes&top=0.5");
    CHECK(read(p.canonical_query()) == p);
    CHECK(read("edge=none&adaptive=no") == read(""));
    CHECK(read("edge=none&adaptive=no").canonical_query() == read("").canonical_query());
    CHECK(read("edge=uniform").canonical_query() != read("edge=diggle").canonical_query());
}

TEST_CASE("A word that neither of them has is refused", "[density]") {
    const auto [query, parameter, right] = GENERATE(table<std::string, std::string, std::string>({
        {"edge=both", "edge", "none, uniform or diggle"},
        {"edge=", "edge", "none, uniform or diggle"},
        {"adaptive=maybe", "adaptive", "no or yes"},
        {"adaptive=1", "adaptive", "no or yes"},
        {"adaptive=yes&cell=51", "cell", "8.4 to 50"}, // two cells in the narrowest bandwidth
    }));
    CAPTURE(query);
    const Service service(at_the_boundary().build());
    const auto problem = service.problem(hotspots_path + query);
    CHECK(problem.at("parameter") == parameter);
    CHECK_THAT(problem.at("detail").get<std::string>(), Catch::Contains(right));
}

TEST_CASE("At the boundary a corrected peak is higher by what the kernel loses beyond it",
          "[density]") {
    const Service service(at_the_boundary().build());
    CHECK(peak_of(service, "cell=50") == Approx(10 * one_peak).epsilon(1e-4));
    const double mass = half_plane(25);
    CHECK(mass == Approx(0.6).margin(0.05));
    for (const std::string edge : {"uniform", "diggle"}) {
        CHECK(peak_of(service, "cell=50&edge=" + edge) ==
              Approx(10 * one_peak / mass).epsilon(1e-4));
    }
}

TEST_CASE("Records beyond the boundary count in a corrected density alone, and in no hotspot",
          "[density]") {
    const Service alone(at_the_boundary().build());
    const Service service(with_neighbours().build());
    CHECK(peak_of(service, "cell=50") == peak_of(alone, "cell=50"));
    const double shared = 10 * one_peak * (1 + std::pow(1 - 1.0 / 36, 2)); // 50 m away
    for (const std::string edge : {"uniform", "diggle"}) {
        const auto page = service.json(hotspots_path + "cell=50&edge=" + edge);
        const auto& hotspot = page.at("features")[0].at("properties");
        CHECK(hotspot.at("incidents") == 10);
        CHECK(page.at("outside") == 10);
        // Nearly all of the kernel is within 300 m of the neighbours' records.
        CHECK(hotspot.at("peak_per_km2").get<double>() == Approx(shared).epsilon(0.02));
    }
}

TEST_CASE("Records beyond that are less certain than the bandwidth correct nothing", "[density]") {
    auto builder = at_the_boundary();
    auto far_off = event_at(just_outside, data::GeocodeStatus::outside);
    far_off.uncertainty_m = 400;
    builder.add(far_off, 10);
    const Service service(builder.build());
    const Service alone(at_the_boundary().build());
    CHECK(peak_of(service, "cell=50&edge=diggle") == peak_of(alone, "cell=50&edge=diggle"));
}

TEST_CASE("All that is made of densities takes both, and cells take neither", "[density]") {
    const Service service(three_clusters().build());
    const std::string both = "edge=uniform&adaptive=yes";
    const auto plain = service.json(hotspots_path);
    const auto hotspots = service.json(hotspots_path + both);
    CHECK_FALSE(hotspots.at("features").empty());
    CHECK(hotspots.at("manifest").at("id") != plain.at("manifest").at("id"));
    CHECK_THAT(hotspots.at("manifest").at("parameters").get<std::string>(),
               Catch::EndsWith("&edge=uniform&adaptive=yes"));
    CHECK_FALSE(service.json("/collections/isobands/items?" + both).at("features").empty());
    CHECK(service.get("/density.tif?" + both).status == 200);
    CHECK(service.get("/hotspots/evaluation?" + both).status == 200);
    CHECK(service.problem("/collections/cells/items?edge=uniform").at("parameter") == "edge");
    CHECK(service.get("/analysis/stability?runs=9&" + both).status == 200);
}

TEST_CASE("Without records corrected and adaptive densities are empty", "[density]") {
    const Service service(SnapshotBuilder().build());
    for (const std::string query : {"edge=uniform", "edge=diggle", "adaptive=yes",
                                    "edge=uniform&adaptive=yes", "edge=diggle&adaptive=yes"}) {
        CHECK(service.json(hotspots_path + query).at("numberMatched") == 0);
    }
}
