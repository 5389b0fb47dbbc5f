// Oracle: mean of 20,000 multinomial draws in R 4.2.2, through rates_oracle.R beside this file.
#include "geo/concentration.hpp"
#include "tests/catch.hpp"

#include <vector>

using namespace hotspots::geo;

TEST_CASE("The fewest places that hold a share are counted from the fullest", "[concentration]") {
    const std::vector<std::uint64_t> counts{10, 5, 3, 1, 1};
    CHECK(fewest_holding(counts, 0.25) == Holding{1, 10});
    CHECK(fewest_holding(counts, 0.5) == Holding{1, 10}); // exactly half
    CHECK(fewest_holding(counts, 0.51) == Holding{2, 15});
    CHECK(fewest_holding(counts, 0.8) == Holding{3, 18});
    CHECK(fewest_holding(counts, 1) == Holding{5, 20});
    CHECK(fewest_holding({}, 0.5) == Holding{0, 0});
}

TEST_CASE("Chance alone concentrates few events on few places, as R's draws do",
          "[concentration]") {
    struct Expected {
        std::uint64_t events;
        std::uint64_t members;
        double share;
        double holding;
    };
    const std::vector<Expected> all{{100, 1000, 0.5, 45.2008},
                                    {1000, 1000, 0.5, 198.2796},
                                    {5000, 500, 0.25, 83.7949},
                                    {2000, 300, 0.8, 198.9381}};
    for (const auto& expected : all) {
        INFO(expected.events << " events, " << expected.members << " places");
        CHECK(members_holding_by_chance(expected.events, expected.members, expected.share) ==
              Approx(expected.holding).epsilon(0.01));
    }
}

TEST_CASE("Chance with no events, one place or very many events", "[concentration]") {
    CHECK(members_holding_by_chance(0, 100, 0.5) == 0);
    CHECK(members_holding_by_chance(100, 0, 0.5) == 0);
    CHECK(members_holding_by_chance(100, 1, 0.5) <= 1);
    CHECK(members_holding_by_chance(1'000'000, 10, 0.5) == Approx(5).epsilon(0.01));
    CHECK(members_holding_by_chance(3, 1'000'000, 1) == Approx(3).epsilon(0.01));
}
