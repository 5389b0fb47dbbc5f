// Oracles: R 4.2.2's binom.test and poisson.test through rates_oracle.R beside this file.
#include "geo/rates.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <random>
#include <vector>

using namespace hotspots::geo;

TEST_CASE("A share's interval is R's binom.test", "[rates]") {
    struct Expected {
        std::int64_t part;
        std::int64_t whole;
        double low;
        double high;
    };
    const std::vector<Expected> all{
        {0, 10, 0, 0.308497107818761},
        {10, 10, 0.691502892181239, 1},
        {0, 1, 0, 0.975},
        {1, 1, 0.025, 1},
        {3, 17, 0.037985068070626, 0.434317872844284},
        {5, 8, 0.244863216366552, 0.914766585862746},
        {250, 1000, 0.22343040626468, 0.278050006223756},
        {1, 100000, 2.53178047793332e-07, 5.57151603477427e-05},
        {39980, 109569, 0.362032855878379, 0.367742753855858},
    };
    for (const auto& expected : all) {
        INFO(expected.part << " of " << expected.whole);
        const auto interval = share_interval(expected.part, expected.whole);
        CHECK(interval.low == Approx(expected.low).epsilon(1e-9).margin(1e-15));
        CHECK(interval.high == Approx(expected.high).epsilon(1e-9));
    }
    CHECK(share_interval(7, 20, 0.5).low == Approx(0.260983967063931).epsilon(1e-9));
    CHECK(share_interval(7, 20, 0.9).high == Approx(0.558034511315489).epsilon(1e-9));
    CHECK(share_interval(7, 20, 0.99).low == Approx(0.113879763266732).epsilon(1e-9));
}

TEST_CASE("Nothing drawn leaves every share possible", "[rates]") {
    CHECK(share_interval(0, 0) == Interval{0, 1});
}

TEST_CASE("A ratio of rates and its interval are R's poisson.test", "[rates]") {
    struct Expected {
        std::int64_t now;
        std::int64_t before;
        double length_now;
        double length_before;
        double ratio;
        double low;
        double high;
    };
    const std::vector<Expected> all{
        {17, 9, 1, 1, 1.88888888888889, 0.79639021336932, 4.80908540706209},
        {9, 17, 1, 1, 0.529411764705882, 0.207939746408228, 1.25566585728026},
        {0, 5, 1, 1, 0, 0, 1.09127910518255},
        {30, 28, 731, 730, 1.06996286886848, 0.617731750100349, 1.85859259644595},
        {12, 20, 31, 28, 0.541935483870968, 0.241547537889788, 1.16401929829184},
        {4000, 4100, 365, 366, 0.978282659538924, 0.936350863126504, 1.02208621293089},
    };
    for (const auto& expected : all) {
        INFO(expected.now << " against " << expected.before);
        const auto change = compare_rates(expected.now, expected.before, expected.length_now,
                                          expected.length_before);
        CHECK(change.ratio.value() == Approx(expected.ratio).epsilon(1e-12).margin(1e-15));
        CHECK(change.ratio_low == Approx(expected.low).epsilon(1e-9).margin(1e-15));
        CHECK(change.ratio_high.value() == Approx(expected.high).epsilon(1e-9));
    }
}

TEST_CASE("Where nothing was counted before there is no ratio, but a lower end of it", "[rates]") {
    const auto change = compare_rates(5, 0);
    CHECK_FALSE(change.ratio);
    CHECK(change.ratio_low == Approx(0.91635585731546).epsilon(1e-9)); // R
    CHECK_FALSE(change.ratio_high);
    CHECK(change.z == Approx(2 * std::sqrt(5.0)));
}

TEST_CASE("Where nothing was counted at all, nothing is known of the change", "[rates]") {
    const auto change = compare_rates(0, 0);
    CHECK_FALSE(change.ratio);
    CHECK(change.ratio_low == 0);
    CHECK_FALSE(change.ratio_high);
    CHECK(change.z == 0);
}

TEST_CASE("z is twice the difference of the roots, of periods made as long as each other",
          "[rates]") {
    CHECK(compare_rates(16, 9).z == 2);
    CHECK(compare_rates(9, 16).z == -2);
    const auto change = compare_rates(16, 18, 1, 2);
    CHECK(change.scaled_before == 9);
    CHECK(change.z == 2);
    CHECK(change.ratio.value() == Approx(16.0 / 9));
}

TEST_CASE("Now and before change places: the interval turns over", "[rates]") {
    std::mt19937 random(4);
    std::uniform_int_distribution<std::int64_t> count(1, 200);
    for (int i = 0; i < 200; ++i) {
        const auto a = count(random);
        const auto b = count(random);
        const auto forth = compare_rates(a, b, 3, 7);
        const auto back = compare_rates(b, a, 7, 3);
        CHECK(forth.ratio_low == Approx(1 / back.ratio_high.value()).epsilon(1e-9));
        CHECK(forth.ratio_low <= *forth.ratio);
        CHECK(*forth.ratio <= *forth.ratio_high);
    }
}

TEST_CASE("The interval of a share holds it as often as it says", "[rates]") {
    std::mt19937 random(1934);
    for (const double truth : {0.02, 0.3, 0.5, 0.95}) {
        std::binomial_distribution<std::int64_t> draw(25, truth);
        int held = 0;
        constexpr int draws = 4000;
        for (int i = 0; i < draws; ++i) {
            const auto interval = share_interval(draw(random), 25);
            held += interval.low <= truth && truth <= interval.high ? 1 : 0;
        }
        INFO("truth " << truth);
        CHECK(held >= 0.945 * draws); // 0.95 at least; four standard errors of luck are 0.014
    }
}

TEST_CASE("What is no count, no length and no confidence is refused by name", "[rates]") {
    CHECK_THROWS_WITH(share_interval(3, 2), Catch::Contains("the part of 2 is 3"));
    CHECK_THROWS_AS(share_interval(-1, 2), std::invalid_argument);
    CHECK_THROWS_WITH(share_interval(1, 2, 1), Catch::Contains("confidence"));
    CHECK_THROWS_WITH(compare_rates(-1, 2), Catch::Contains("the count now"));
    CHECK_THROWS_WITH(compare_rates(1, 2, 0), Catch::Contains("the length of the period now"));
    CHECK_THROWS_AS(compare_rates(1, 2, 1, std::nan("")), std::invalid_argument);
}
