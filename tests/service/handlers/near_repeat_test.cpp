// /analysis/near-repeat on made-up records, with figures worked out by hand.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::Service;
using tests::SnapshotBuilder;

namespace {

const std::string near_repeat_path = "/analysis/near-repeat";

Event event(double east_m, const std::string& when) {
    Event event;
    event.at = {457000 + east_m, 305000};
    event.when = when;
    return event;
}

// Three at one place on days 1, 1 and 8, one 150 m away on day 6, and one far from all on day 2.
SnapshotBuilder five() {
    SnapshotBuilder builder;
    builder.add(event(0, "2025-03-01T10:00"))
        .add(event(0, "2025-03-01"))
        .add(event(0, "2025-03-08T23:59"))
        .add(event(150, "2025-03-06T00:00"))
        .add(event(3000, "2025-03-02"));
    return builder;
}

const json& cell(const json& answer, const std::string& distance, const std::string& delay) {
    for (const auto& candidate : answer.at("cells")) {
        if (candidate.at("distance") == distance && candidate.at("delay") == delay) {
            return candidate;
        }
    }
    FAIL("no cell " << distance << ", " << delay);
    throw std::logic_error("unreachable");
}

} // namespace

TEST_CASE("Pairs are counted by bands that say what they hold", "[near_repeat]") {
    const Service service(five().build());
    const auto answer = service.json(near_repeat_path + "?bands_days=0,7,14");
    CHECK(answer.at("incidents") == 5);
    CHECK(answer.at("pairs") == 10);
    REQUIRE(answer.at("distances_m").size() == 4);
    CHECK(answer.at("distances_m")[0] ==
          json{{"label", "0 m (same place)"}, {"above", nullptr}, {"up_to", 0.0}, {"pairs", 3}});
    CHECK(answer.at("distances_m")[2].at("label") == "above 100 m, up to 200 m");
    CHECK(answer.at("distances_m")[2].at("pairs") == 3);
    CHECK(answer.at("delays_days")[0].at("label") == "0 days (same day)");
    CHECK(answer.at("delays_days")[1] ==
          json{{"label", "1 to 7 days"}, {"above", 0}, {"up_to", 7}, {"pairs", 9}});
    const auto& same_day = cell(answer, "0 m (same place)", "0 days (same day)");
    CHECK(same_day.at("observed") == 1);
    CHECK(same_day.at("expected") == 0.3); // 3 x 1 / 10
    CHECK(same_day.at("ratio").get<double>() == Approx(1 / 0.3).epsilon(1e-4));
    const auto& week = cell(answer, "above 100 m, up to 200 m", "1 to 7 days");
    CHECK(week.at("observed") == 3);
    CHECK(week.at("expected") == 2.7);
    CHECK(cell(answer, "above 200 m, up to 400 m", "8 to 14 days").at("ratio").is_null());
    CHECK(answer.at("manifest")
              .at("parameters")
              .get<std::string>()
              .ends_with("&bands_m=0,100,200,400&bands_days=0,7,14&permutations=999&seed=1"));
}

TEST_CASE("Repeats that were put there are significant, whatever the seed, and the same seed gives "
          "the same bytes",
          "[near_repeat]") {
    SnapshotBuilder builder;
    for (int i = 0; i < 60; ++i) {
        const auto day = [&](int offset) {
            const int of_year = 5 * i + offset;
            const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
            return "2024-" + two(1 + of_year / 28) + '-' + two(1 + of_year % 28);
        };
        builder.add(event(25.0 * ((i * 37) % 60), day(0)));
        builder.add(event(25.0 * ((i * 37) % 60) + 10, day(2)));
    }
    const Service service(builder.build());
    const auto first = service.get(near_repeat_path + "?bands_m=0,15&bands_days=5");
    const auto again = service.get(near_repeat_path + "?bands_m=0,15&bands_days=5&seed=1");
    const auto other = service.get(near_repeat_path + "?bands_m=0,15&bands_days=5&seed=2");
    CHECK(first.body_view() == again.body_view());
    CHECK(first.body_view() != other.body_view());
    for (const auto& answer : {first, other}) {
        const auto found = json::parse(answer.body_view()).at("cells")[1];
        CHECK(found.at("observed") == 60);
        CHECK(found.at("p") == 0.001);
        CHECK(found.at("p_adjusted") == 0.002);
        CHECK(found.at("significant") == true);
    }
}

TEST_CASE("Records known to the month, or to a night across two days, are counted and left out",
          "[near_repeat]") {
    auto builder = five();
    builder.add(event(0, "2025-03"), 4);
    auto snapshot = *builder.build();
    // From Friday evening to Saturday morning.
    snapshot.columns.end_s[2] += 3600;
    const Service service(std::make_shared<const data::Snapshot>(snapshot));
    const auto answer = service.json(near_repeat_path);
    CHECK(answer.at("time_too_coarse") == 5);
    CHECK(answer.at("incidents") == 4);
    CHECK(answer.at("in_scope") == 9);
}

TEST_CASE("Where no day is known the answer says so instead of guessing", "[near_repeat]") {
    const Service service(SnapshotBuilder().add(event(0, "2025-03"), 12).build());
    const auto problem = service.problem(near_repeat_path, 409);
    CHECK_THAT(problem.at("detail").get<std::string>(),
               Catch::Contains("of the 12 selected none is known to the day"));
}

TEST_CASE("Points less certain than the widest band are left out, those beyond the first counted",
          "[near_repeat]") {
    auto builder = five();
    auto vague = event(0, "2025-03-01");
    vague.uncertainty_m = 500;
    auto street = vague;
    street.uncertainty_m = 120;
    builder.add(vague, 2).add(street, 3);
    const auto answer = Service(builder.build()).json(near_repeat_path);
    CHECK(answer.at("place_too_coarse") == 2);
    CHECK(answer.at("less_certain_than_first_band") == 3);
    CHECK(answer.at("incidents") == 8);
}

TEST_CASE("No incidents, and one, are answered with no pairs", "[near_repeat]") {
    for (const int count : {0, 1}) {
        const Service service(SnapshotBuilder().add(event(0, "2025-03-01"), count).build());
        const auto answer = service.json(near_repeat_path);
        CHECK(answer.at("pairs") == 0);
        CHECK(answer.at("cells").size() == 12);
        CHECK(answer.at("cells")[0].at("p") == 1);
        CHECK(answer.at("cells")[0].at("ratio").is_null());
    }
}

TEST_CASE("Parameters of near repeats are checked by name", "[near_repeat]") {
    const Service service(five().build());
    for (const std::string bad :
         {"bands_m=", "bands_m=100,100", "bands_m=200,100", "bands_m=-1", "bands_m=5001",
          "bands_m=a", "bands_m=1,2,3,4,5,6,7,8,9,10,11,12,13", "bands_days=1.5", "bands_days=367",
          "permutations=98", "permutations=10000", "permutations=1e3", "seed=-1", "seed=4294967296",
          "f=csv", "bandwidth=300", "hours=25-26"}) {
        const auto name = bad.substr(0, bad.find('='));
        CAPTURE(bad);
        CHECK(service.problem(near_repeat_path + '?' + bad).at("parameter") == name);
    }
}

TEST_CASE("Too many close pairs are refused with what would be right", "[near_repeat]") {
    const Service service(SnapshotBuilder().add(event(0, "2025-03-01"), 5800).build());
    const auto problem = service.problem(near_repeat_path);
    CHECK(problem.at("parameter") == "bands_m");
    CHECK_THAT(problem.at("detail").get<std::string>(), Catch::Contains("shorter distance"));
}

TEST_CASE("A known answer is not made again", "[near_repeat]") {
    const Service service(five().build());
    const auto response = service.get(near_repeat_path);
    const auto etag = tests::header_of(response, "etag");
    CHECK(service.get(near_repeat_path, {{"if-none-match", etag}}).status == 304);
    CHECK(etag != tests::header_of(service.get(near_repeat_path + "?seed=3"), "etag"));
}
