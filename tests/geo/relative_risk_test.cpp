#include "geo/contour.hpp"
#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "geo/relative_risk.hpp"
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

struct Sets {
    std::vector<BngPoint> cases;
    std::vector<BngPoint> controls;
};

Sets oracle_sets() {
    Sets sets;
    for (std::size_t i = 0; i < figures::points_easting.size(); ++i) {
        (i % 2 == 0 ? sets.cases : sets.controls)
            .push_back({figures::points_easting[i], figures::points_northing[i]});
    }
    return sets;
}

std::vector<BngPoint> even_field(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 6'000);
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double east = anywhere(random);
        points.push_back({450'000 + east, 300'000 + anywhere(random)});
    }
    return points;
}

const GridSpec field{{450'000, 300'000}, 100, 60, 60};

RelativeRisk risk_of(const Sets& sets, const GridSpec& grid, Kernel kernel, double h_m) {
    return relative_risk(density(sets.cases, grid, kernel, h_m),
                         static_cast<double>(sets.cases.size()),
                         density(sets.controls, grid, kernel, h_m),
                         static_cast<double>(sets.controls.size()), kernel, h_m);
}

} // namespace

TEST_CASE("Log ratio, its z and p are those of all pairs in R") {
    const auto sets = oracle_sets();
    for (std::size_t i = 0; i < figures::risk_easting.size(); ++i) {
        const GridSpec cell{{figures::risk_easting[i] - 1, figures::risk_northing[i] - 1}, 2, 1, 1};
        const auto risk = risk_of(sets, cell, Kernel::quartic, 300);
        CHECK(risk.state.front() == RiskState::defined);
        CHECK(risk.log_ratio.front() == Approx(figures::log_ratio[i]).epsilon(1e-9).margin(1e-12));
        CHECK(risk.z.front() == Approx(figures::log_ratio_z[i]).epsilon(1e-9).margin(1e-12));
        CHECK(risk.p_higher.front() == Approx(figures::log_ratio_p[i]).epsilon(1e-9));
    }
}

TEST_CASE("Of one distribution about one place in twenty is above the tolerance of 0.05") {
    double above = 0;
    double cells = 0;
    for (unsigned seed = 80; seed < 100; ++seed) {
        const Sets sets{even_field(3'000, 2 * seed), even_field(6'000, 2 * seed + 1)};
        const auto risk = risk_of(sets, field, Kernel::quartic, 400);
        for (std::size_t i = 0; i < risk.z.size(); ++i) {
            above += risk.p_higher[i] < 0.05;
            ++cells;
        }
    }
    CHECK(above / cells == Approx(0.05).margin(0.012));
}

TEST_CASE("A cluster of cases that controls do not share is inside the tolerance contours") {
    Sets sets{even_field(500, 201), even_field(3'000, 202)};
    std::mt19937 random(203);
    std::normal_distribution<double> spread(0, 150);
    for (int i = 0; i < 100; ++i) {
        const double east = spread(random);
        sets.cases.push_back({453'000 + east, 302'000 + spread(random)});
    }
    const auto risk = risk_of(sets, field, Kernel::quartic, 500);
    const auto region = tolerance_region(risk, 0.05);
    const auto strict = tolerance_region(risk, 0.01);
    const auto holds = [](const MultiPolygon<BngPoint>& polygons, const BngPoint& point) {
        return std::ranges::any_of(polygons,
                                   [&](const auto& part) { return contains(part, point); });
    };
    CHECK(is_valid(region));
    CHECK(holds(region, {453'000, 302'000}));
    CHECK(holds(strict, {453'000, 302'000}));
    CHECK(area_km2(strict) < area_km2(region));
    CHECK(area_km2(intersection(strict, region)) == Approx(area_km2(strict)).epsilon(1e-9));
    // The tables' 5 % and 1 % of the normal distribution.
    CHECK(region == region_above({risk.grid, risk.z}, 1.6448536269514722));
    CHECK(area_km2(region) > 0.2);
    CHECK(area_km2(strict) ==
          Approx(area_km2(region_above({risk.grid, risk.z}, 2.3263478740408408))));
}

TEST_CASE("Swapping cases and controls turns the sign of the ratio") {
    const auto sets = oracle_sets();
    const GridSpec grid{{458'000, 304'000}, 50, 42, 38};
    for (const Kernel kernel : {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                Kernel::uniform, Kernel::gaussian}) {
        const auto risk = risk_of(sets, grid, kernel, 250);
        const auto swapped = risk_of({sets.controls, sets.cases}, grid, kernel, 250);
        for (std::size_t i = 0; i < grid.size(); ++i) {
            if (risk.state[i] == RiskState::defined) {
                REQUIRE(swapped.log_ratio[i] == Approx(-risk.log_ratio[i]).margin(1e-12));
                REQUIRE(swapped.z[i] == Approx(-risk.z[i]).margin(1e-12));
                REQUIRE(swapped.p_higher[i] + risk.p_higher[i] == Approx(1));
            }
        }
    }
}

TEST_CASE("The same points as cases and controls have no risk anywhere") {
    const auto points = oracle_sets().cases;
    const GridSpec grid{{458'000, 304'000}, 50, 42, 38};
    const auto risk = risk_of({points, points}, grid, Kernel::quartic, 300);
    CHECK(std::ranges::all_of(risk.log_ratio, [](double ratio) { return ratio == 0; }));
    CHECK(std::ranges::all_of(risk.z, [](double z) { return z == 0; }));
    CHECK(tolerance_region(risk, 0.05).empty());
}

TEST_CASE("Where there is no control the risk is undefined, where there is no case its log is") {
    const Sets sets{{{451'000, 301'000}}, {{451'200, 301'000}}};
    const auto risk = risk_of(sets, field, Kernel::quartic, 300);
    CHECK(risk.state[field.offset({10, 10})] == RiskState::defined);
    CHECK(risk.state[field.offset({7, 10})] == RiskState::undefined);
    CHECK(risk.state[field.offset({14, 10})] == RiskState::no_case);
    CHECK(risk.state[field.offset({40, 40})] == RiskState::undefined);
    for (std::size_t i = 0; i < field.size(); ++i) {
        REQUIRE(std::isfinite(risk.log_ratio[i]));
        REQUIRE(std::isfinite(risk.z[i]));
        REQUIRE((risk.p_higher[i] >= 0 && risk.p_higher[i] <= 1));
        REQUIRE((risk.state[i] == RiskState::defined || risk.p_higher[i] == 1));
    }
    for (const auto& none : {Sets{{}, sets.controls}, Sets{sets.cases, {}}, Sets{}}) {
        const auto nothing = risk_of(none, field, Kernel::quartic, 300);
        CHECK(std::ranges::all_of(nothing.state,
                                  [](RiskState state) { return state == RiskState::undefined; }));
    }
}

TEST_CASE("Half of a kernel outside the window makes the ratio less certain by the root of two") {
    const auto sets = oracle_sets();
    const GridSpec cell{{459'499, 304'399}, 2, 1, 1};
    const auto f = density(sets.cases, cell, Kernel::quartic, 300);
    const auto g = density(sets.controls, cell, Kernel::quartic, 300);
    const std::vector<double> half{0.5};
    const auto whole = relative_risk(f, 60, g, 60, Kernel::quartic, 300);
    const auto cut = relative_risk(f, 60, g, 60, Kernel::quartic, 300, half);
    CHECK(cut.log_ratio == whole.log_ratio);
    CHECK(cut.z.front() * std::sqrt(2.0) == Approx(whole.z.front()));
}

TEST_CASE("Densities on other grids and tolerances that are none are refused") {
    const Raster a{{{0, 0}, 50, 1, 1}, {1}};
    const Raster b{{{0, 0}, 60, 1, 1}, {1}};
    CHECK_THROWS_AS(relative_risk(a, 1, b, 1, Kernel::quartic, 300), std::invalid_argument);
    const std::vector<double> two(2, 1);
    CHECK_THROWS_AS(relative_risk(a, 1, a, 1, Kernel::quartic, 300, two), std::invalid_argument);
    const auto risk = relative_risk(a, 1, a, 1, Kernel::quartic, 300);
    CHECK_THROWS_AS(tolerance_region(risk, 0), std::invalid_argument);
    CHECK_THROWS_AS(tolerance_region(risk, 0.5), std::invalid_argument);
}
