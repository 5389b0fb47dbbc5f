#include "geo/bandwidths.hpp"
#include "geo/kernel_profile.hpp"
#include "tests/catch.hpp"
#include "tests/geo/density_estimate_figures.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

using namespace hotspots::geo;
namespace figures = hotspots::tests::figures;

namespace {

constexpr Kernel all_kernels[] = {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                  Kernel::uniform, Kernel::gaussian};

std::vector<BngPoint> oracle_points() {
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < figures::points_easting.size(); ++i) {
        points.push_back({figures::points_easting[i], figures::points_northing[i]});
    }
    return points;
}

std::vector<BngPoint> clusters(std::size_t count, double spread_m, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 20'000);
    std::normal_distribution<double> spread(0, spread_m);
    std::vector<BngPoint> centres(20);
    for (auto& centre : centres) {
        const double east = anywhere(random);
        centre = {450'000 + east, 300'000 + anywhere(random)};
    }
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& centre = centres[i % centres.size()];
        const double east = centre.easting_m + spread(random);
        points.push_back({east, centre.northing_m + spread(random)});
    }
    return points;
}

} // namespace

TEST_CASE("Scott's bandwidth is spatstat's bw.scott, of each axis and of both") {
    const auto points = oracle_points();
    const auto gaussian = scott_bandwidth(points, Kernel::gaussian);
    CHECK(gaussian.easting_m.value() == Approx(figures::scott_sigma[0]).epsilon(1e-12));
    CHECK(gaussian.northing_m.value() == Approx(figures::scott_sigma[1]).epsilon(1e-12));
    CHECK(gaussian.both_m.value() == Approx(figures::scott_sigma[2]).epsilon(1e-12));
    CHECK(scott_bandwidth(points, Kernel::quartic).both_m.value() ==
          Approx(figures::scott_sigma[2] * std::sqrt(8.0)).epsilon(1e-12));
}

TEST_CASE("Silverman's bandwidth is that of R's sd and IQR") {
    const auto rule = silverman_bandwidth(oracle_points(), Kernel::gaussian);
    CHECK(rule.easting_m.value() == Approx(figures::silverman_sigma[0]).epsilon(1e-12));
    CHECK(rule.northing_m.value() == Approx(figures::silverman_sigma[1]).epsilon(1e-12));
    CHECK(rule.both_m.value() == Approx(figures::silverman_sigma[2]).epsilon(1e-12));
}

TEST_CASE("A rule of thumb is of the same deviation whatever the kernel") {
    const auto points = oracle_points();
    const double sigma_m = scott_bandwidth(points, Kernel::gaussian).both_m.value();
    for (const Kernel kernel : all_kernels) {
        CHECK(scott_bandwidth(points, kernel).both_m.value() * kernel_deviation(kernel) ==
              Approx(sigma_m));
        CHECK(silverman_bandwidth(points, kernel).both_m.value() * kernel_deviation(kernel) ==
              Approx(silverman_bandwidth(points, Kernel::gaussian).both_m.value()));
    }
}

TEST_CASE("Without spread there is no rule of thumb, with spread along one axis half of one") {
    for (const auto& points : {std::vector<BngPoint>{},
                               {{458'000, 304'000}},
                               std::vector<BngPoint>(9, {458'000, 304'000})}) {
        CHECK_FALSE(scott_bandwidth(points, Kernel::quartic).both_m);
        CHECK_FALSE(silverman_bandwidth(points, Kernel::quartic).easting_m);
        CHECK_FALSE(silverman_bandwidth(points, Kernel::quartic).both_m);
    }
    const std::vector<BngPoint> line{{458'000, 304'000}, {458'100, 304'000}, {458'300, 304'000}};
    const auto scott = scott_bandwidth(line, Kernel::quartic);
    CHECK(scott.easting_m.value() > 0);
    CHECK_FALSE(scott.northing_m);
    CHECK_FALSE(scott.both_m);
    CHECK(silverman_bandwidth(line, Kernel::quartic).both_m.value() > 0);
    // More than half in one place: the range between quartiles is 0, the deviation is not.
    std::vector<BngPoint> snapped(9, {458'000, 304'000});
    snapped.push_back({458'900, 304'700});
    CHECK(silverman_bandwidth(snapped, Kernel::gaussian).easting_m.value() ==
          Approx(scott_bandwidth(snapped, Kernel::gaussian).easting_m.value()));
}

TEST_CASE("The likelihood's curve is that of spatstat's bw.ppl") {
    const auto points = oracle_points();
    const auto places = collapse(points);
    const PlaceSums sums(places, 300);
    const auto n = static_cast<double>(points.size());
    for (std::size_t i = 0; i < figures::likelihood_h.size(); ++i) {
        const auto found =
            leave_one_out_log_likelihood(places, sums, Kernel::quartic, figures::likelihood_h[i]);
        // spatstat's is of events per m2, n - 1 of them; ours of a probability density per km2.
        const double of_events = n * (found.value() + std::log((n - 1) / 1e6));
        CHECK(of_events == Approx(figures::likelihood_sum[i]).epsilon(1e-12));
    }
    CHECK_FALSE(leave_one_out_log_likelihood(places, sums, Kernel::quartic, 100));
}

TEST_CASE("The likelihood of snapped points is that of all pairs in R, none of one place") {
    std::vector<BngPoint> points;
    const auto once = oracle_points();
    for (std::size_t i = 0; i < once.size(); ++i) {
        points.insert(points.end(), static_cast<std::size_t>(figures::snapped_count[i]), once[i]);
    }
    const auto places = collapse(points);
    REQUIRE(places.size() == once.size());
    const auto n = static_cast<double>(points.size());
    const PlaceSums sums(places, 300);
    for (std::size_t k = 0; k < 5; ++k) {
        const double h_m = all_kernels[k] == Kernel::gaussian ? 120 : 300;
        CHECK(leave_one_out_log_likelihood(places, sums, all_kernels[k], h_m, 1 / n, 4).value() ==
              Approx(figures::snapped_likelihood[k]).epsilon(1e-12));
    }
}

TEST_CASE("The bandwidth found is the best of a fine search") {
    for (const double spread_m : {200.0, 600.0}) {
        const auto places = collapse(clusters(300, spread_m, 71));
        for (const Kernel kernel : {Kernel::quartic, Kernel::gaussian}) {
            const auto found = likelihood_bandwidth(places, kernel, 50, 5'000, 400);
            REQUIRE(found);
            const PlaceSums sums(places, 300);
            double best = -HUGE_VAL;
            double best_m = 0;
            for (double h_m = 50; h_m < 3'000; h_m *= 1.04) {
                const double likelihood =
                    leave_one_out_log_likelihood(places, sums, kernel, h_m, 1 / 300.0, 400).value();
                best_m = likelihood > best ? h_m : best_m;
                best = std::max(best, likelihood);
            }
            CHECK(found->bandwidth_m == Approx(best_m).epsilon(0.05));
            CHECK(found->log_likelihood >= best - 1e-4);
            CHECK_FALSE(found->at_limit);
        }
    }
}

TEST_CASE("Points that are snapped do not draw the bandwidth to nothing") {
    auto points = clusters(1'000, 300, 72);
    const auto once = likelihood_bandwidth(collapse(points), Kernel::quartic, 50, 5'000, 400);
    points.insert(points.end(), points.begin(), points.end());
    const auto twice = likelihood_bandwidth(collapse(points), Kernel::quartic, 50, 5'000, 400);
    CHECK(twice->bandwidth_m == Approx(once->bandwidth_m).epsilon(0.05));
}

TEST_CASE("The order of the points and the threads do not change the bandwidth found") {
    auto points = clusters(1'500, 200, 73);
    points.resize(1'700, points.front());
    const auto one = likelihood_bandwidth(collapse(points), Kernel::quartic, 50, 5'000, 400, 1);
    std::shuffle(points.begin(), points.end(), std::mt19937(74));
    const auto other = likelihood_bandwidth(collapse(points), Kernel::quartic, 50, 5'000, 400, 3);
    CHECK(one->bandwidth_m == other->bandwidth_m);
    CHECK(one->log_likelihood == other->log_likelihood);
}

TEST_CASE("Too few places have no likelihood, and two or a line of them one that is finite") {
    CHECK_FALSE(likelihood_bandwidth({}, Kernel::quartic, 50, 5'000, 400));
    const auto one_place = collapse(std::vector<BngPoint>(5, {458'000, 304'000}));
    CHECK_FALSE(likelihood_bandwidth(one_place, Kernel::quartic, 50, 5'000, 400));
    const auto two = collapse(std::vector<BngPoint>{{458'000, 304'000}, {458'400, 304'000}});
    const auto of_two = likelihood_bandwidth(two, Kernel::quartic, 50, 5'000, 400);
    // 3 / (pi h2) (1 - d2/h2)2 is highest at h2 = 3 d2.
    CHECK(of_two->bandwidth_m == Approx(400 * std::sqrt(3.0)).epsilon(0.01));
    const auto far = collapse(std::vector<BngPoint>{{400'000, 304'000}, {458'400, 304'000}});
    const auto of_far = likelihood_bandwidth(far, Kernel::quartic, 50, 5'000, 400);
    CHECK(std::isfinite(of_far->log_likelihood));
    CHECK(of_far->at_limit);
    CHECK_THROWS_AS(likelihood_bandwidth(two, Kernel::quartic, 0, 5'000, 400),
                    std::invalid_argument);
    CHECK_THROWS_AS(likelihood_bandwidth(two, Kernel::quartic, 50, 50, 400), std::invalid_argument);
}

TEST_CASE("Sums at places are those of all pairs, with their own points and without") {
    const auto points = clusters(400, 400, 75);
    const auto places = collapse(points);
    for (const Kernel kernel : all_kernels) {
        const PlaceSums sums(places, 77);
        const double peak = kernel_peak_per_km2(kernel, 350);
        const auto others = sums.at_places(kernel, 350, false, 1);
        const auto all = sums.at_places(kernel, 350, true, 2);
        for (std::size_t i = 0; i < places.size(); i += 13) {
            double expected = 0;
            for (std::size_t j = 0; j < places.size(); ++j) {
                const double dx = places[i].at.easting_m - places[j].at.easting_m;
                const double dy = places[i].at.northing_m - places[j].at.northing_m;
                const double s = (dx * dx + dy * dy) / 350 / 350;
                expected += i == j ? 0 : peak * with_profile(kernel, [&](auto profile) {
                                             return profile.at(s);
                                         });
            }
            CHECK(others[i] == Approx(expected).epsilon(1e-11).margin(1e-12));
            CHECK(all[i] == Approx(expected + peak * places[i].count).epsilon(1e-11));
        }
    }
}

TEST_CASE("Places are the same for any order of the points, and count all") {
    std::vector<BngPoint> points{{2, 1}, {1, 5}, {2, 1}, {1, -5}, {2, 1}};
    const std::vector<Place> expected{{{1, -5}, 1}, {{1, 5}, 1}, {{2, 1}, 3}};
    CHECK(collapse(points) == expected);
    std::ranges::reverse(points);
    CHECK(collapse(points) == expected);
    CHECK(collapse({}).empty());
    points.push_back({std::nan(""), 0});
    CHECK_THROWS_WITH(collapse(points), Catch::Contains("point 5"));
}
