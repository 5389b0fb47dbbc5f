// Oracles: the published figures of six points (places below, threshold 15); R 4.2.2 and
// spdep 1.2.7 through local_statistics_oracle.R.
#include "geo/false_discovery.hpp"
#include "geo/local_statistics.hpp"
#include "tests/catch.hpp"
#include "tests/geo/local_statistics_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

using namespace hotspots::geo;
namespace figures = hotspots::tests::figures;

namespace {

const std::vector<BngPoint> six_places{{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
const std::vector<double> six_values{2, 3, 3.2, 5, 8, 7};

std::vector<BngPoint> scattered() {
    std::vector<BngPoint> places;
    for (std::size_t i = 0; i < figures::scattered_easting.size(); ++i) {
        places.push_back({figures::scattered_easting[i], figures::scattered_northing[i]});
    }
    return places;
}

double worst_difference(const std::vector<double>& found, const std::vector<double>& expected) {
    REQUIRE(found.size() == expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE(std::isfinite(found[i]));
        worst = std::max(worst, std::abs(found[i] - expected[i]));
    }
    return worst;
}

std::vector<double> random_p(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0, 1);
    std::vector<double> p(count);
    for (auto& value : p) {
        value = std::pow(uniform(random), 4); // many small ones
    }
    return p;
}

} // namespace

TEST_CASE("Gi*, Gi and general G of the published six points are the published figures") {
    CHECK(gi_star(six_places, six_values, 15)[0] == Approx(-1.39727626).margin(5e-9));
    CHECK(gi(six_places, six_values, 15)[0] == Approx(-1.0136729).margin(5e-8));
    CHECK(general_g(six_places, six_values, 15) == Approx(0.55709779).margin(5e-9));
}

TEST_CASE("Gi*, Gi and general G of scattered places are spdep's") {
    const auto places = scattered();
    CHECK(worst_difference(gi_star(places, figures::scattered_value, 220),
                           figures::scattered_gi_star) <= 1e-12);
    CHECK(worst_difference(gi(places, figures::scattered_value, 220), figures::scattered_gi) <=
          1e-12);
    // Far enough that each has a neighbour: spdep leaves places without one out of its sums.
    CHECK(general_g(places, figures::scattered_value, 320) ==
          Approx(figures::scattered_general_g[0]).epsilon(1e-12));
}

TEST_CASE("Gi* does not change when the map is moved, turned or its values rescaled") {
    const auto places = scattered();
    const auto expected = gi_star(places, figures::scattered_value, 220);
    std::vector<BngPoint> turned;
    for (const auto& place : places) {
        const double x = place.easting_m - 458500;
        const double y = place.northing_m - 304500;
        turned.push_back({100000 + 0.6 * x - 0.8 * y, 700000 + 0.8 * x + 0.6 * y});
    }
    CHECK(worst_difference(gi_star(turned, figures::scattered_value, 220), expected) <= 1e-12);
    for (const double scale : {1e-200, 1e-3, 7.0, 1e200}) {
        auto values = figures::scattered_value;
        for (auto& value : values) {
            value *= scale;
        }
        CAPTURE(scale);
        CHECK(worst_difference(gi_star(places, values, 220), expected) <= 1e-12);
        CHECK(general_g(places, values, 220) ==
              Approx(general_g(places, figures::scattered_value, 220)));
    }
}

TEST_CASE("Gi* and Gi of a constant field are 0, also where the mean rounds") {
    const auto places = scattered();
    const double constant = GENERATE(0.0, 0.1, 1.0 / 3, -7.3, 1e300);
    const std::vector<double> values(places.size(), constant);
    for (const double z : gi_star(places, values, 220)) {
        CHECK(z == 0);
    }
    for (const double z : gi(places, values, 220)) {
        CHECK(z == 0);
    }
}

TEST_CASE("Nothing is NaN for no place, one, two, or all in one spot") {
    const std::vector<double> none;
    CHECK(gi_star({}, none, 10).empty());
    CHECK(gi({}, none, 10).empty());
    CHECK(general_g({}, none, 10) == 0);
    const std::size_t count = GENERATE(1U, 2U, 3U, 7U);
    const double spacing = GENERATE(0.0, 5.0, 50.0);
    std::vector<BngPoint> places;
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        places.push_back({spacing * static_cast<double>(i), 0});
        values.push_back(i == 1 ? 3 : 0);
    }
    for (const auto& all : {gi_star(places, values, 10), gi(places, values, 10)}) {
        REQUIRE(all.size() == count);
        CHECK(std::all_of(all.begin(), all.end(), [](double z) { return std::isfinite(z); }));
    }
    CHECK(general_g(places, values, 10) == 0); // one value alone is not 0
}

TEST_CASE("What the statistics cannot take is refused by name") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    auto bad_values = six_values;
    const double bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), 2e300, -2e300,
                                std::numeric_limits<double>::infinity());
    CAPTURE(bad);
    bad_values[3] = bad;
    CHECK_THROWS_WITH(gi_star(six_places, bad_values, 15), Catch::Contains("a value"));
    auto bad_places = six_places;
    bad_places[5].northing_m = nan;
    CHECK_THROWS_WITH(gi(bad_places, six_values, 15), Catch::Contains("a northing"));
    CHECK_THROWS_WITH(general_g(six_places, six_values, 0), Catch::Contains("the threshold"));
    CHECK_THROWS_WITH(gi_star(six_places, std::vector<double>{1}, 15),
                      Catch::Contains("one a place"));
}

TEST_CASE("The upper tail is R's pnorm(lower.tail = FALSE), far out too") {
    for (std::size_t i = 0; i < figures::gi_star_queen.size(); ++i) {
        CHECK(upper_tail_p(figures::gi_star_queen[i]) ==
              Approx(figures::upper_p[i]).epsilon(1e-12));
    }
    CHECK(upper_tail_p(20) ==
          Approx(2.753624118606e-89).epsilon(1e-10)); // pnorm(20, lower = FALSE)
    CHECK(upper_tail_p(-40) == 1);
}

TEST_CASE("Benjamini-Hochberg's adjusted p are R's p.adjust") {
    CHECK(worst_difference(benjamini_hochberg(figures::upper_p), figures::adjusted_p) <= 1e-14);
    CHECK(worst_difference(benjamini_hochberg(figures::tied_p), figures::tied_adjusted) <= 1e-15);
    CHECK(benjamini_hochberg({}).empty());
}

TEST_CASE("Discoveries are the tests whose adjusted p is at most the rate") {
    const double rate = GENERATE(0.001, 0.05, 0.2, 0.9);
    const std::vector<std::vector<double>> all{figures::upper_p,
                                               figures::tied_p,
                                               std::vector<double>(5, 0.04),
                                               std::vector<double>(5, 1.0),
                                               random_p(1000, 1),
                                               random_p(1000, 2)};
    const auto& p = all[GENERATE(range(0U, 6U))];
    const auto adjusted = benjamini_hochberg(p);
    const auto found = discoveries(p, rate);
    REQUIRE(found.size() == p.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
        CHECK((found[i] == 1) == (adjusted[i] <= rate));
    }
}

TEST_CASE("A p or a rate that is none is refused") {
    const double bad = GENERATE(-0.1, 1.1, std::numeric_limits<double>::quiet_NaN());
    const std::vector<double> p{0.5, bad};
    CHECK_THROWS_AS(benjamini_hochberg(p), std::invalid_argument);
    CHECK_THROWS_AS(discoveries(p, 0.05), std::invalid_argument);
    CHECK_THROWS_AS(discoveries(figures::tied_p, bad), std::invalid_argument);
}
