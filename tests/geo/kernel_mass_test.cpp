#include "geo/kernel_mass.hpp"
#include "geo/kernel_profile.hpp"
#include "tests/catch.hpp"
#include "tests/geo/ascii_map.hpp"
#include "tests/geo/density_estimate_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

using namespace hotspots::geo;
using namespace hotspots::tests;

namespace {

constexpr Kernel all_kernels[] = {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                  Kernel::uniform, Kernel::gaussian};

double bandwidth_of(Kernel kernel) {
    return kernel == Kernel::gaussian ? 120 : 300;
}

MultiPolygon<BngPoint> oracle_window() {
    Ring<BngPoint> ring;
    for (std::size_t i = 0; i < figures::window_easting.size(); ++i) {
        ring.push_back({figures::window_easting[i], figures::window_northing[i]});
    }
    ring.push_back(ring.front());
    return {{ring, {}}};
}

// What a half-plane holds of a kernel whose centre is `inside_m` within it: the integral of the
// kernel over lines along its edge.
double half_plane(Kernel kernel, double inside_m, double h_m) {
    const double reach_m = kernel_reach_m(kernel, h_m);
    const double peak = kernel_peak_per_km2(kernel, h_m) / 1e6;
    constexpr int steps = 2000;
    double outside = 0;
    const double width_m = (reach_m - inside_m) / steps;
    with_profile(kernel, [&](auto profile) {
        for (int i = 0; i < steps; ++i) {
            const double x = inside_m + (i + 0.5) * width_m;
            const double half_m = std::sqrt(reach_m * reach_m - x * x);
            for (int j = 0; j < steps; ++j) {
                const double y = (j + 0.5) / steps * half_m;
                outside +=
                    2 * half_m / steps * width_m * peak * profile.at((x * x + y * y) / h_m / h_m);
            }
        }
    });
    return 1 - outside;
}

} // namespace

TEST_CASE("The mass inside an irregular window is that of R's numerical integration") {
    const KernelMass mass(oracle_window(), 300);
    const std::vector<std::vector<double>> expected{
        figures::mass_quartic, figures::mass_epanechnikov, figures::mass_triangular,
        figures::mass_uniform, figures::mass_gaussian};
    for (std::size_t k = 0; k < expected.size(); ++k) {
        for (std::size_t i = 0; i < figures::mass_easting.size(); ++i) {
            const BngPoint at{figures::mass_easting[i], figures::mass_northing[i]};
            // What two nested integrals of R are good for.
            CHECK(mass.at(at, all_kernels[k], bandwidth_of(all_kernels[k])) ==
                  Approx(expected[k][i]).margin(2e-8));
        }
    }
}

TEST_CASE("Roughness and deviation of the kernels are R's integrals") {
    for (std::size_t k = 0; k < 5; ++k) {
        const double h_m = bandwidth_of(all_kernels[k]);
        CHECK(kernel_roughness_per_km2(all_kernels[k], h_m) ==
              Approx(figures::roughness_per_km2[k]).epsilon(1e-9));
        CHECK(kernel_deviation(all_kernels[k]) * h_m ==
              Approx(figures::deviation_m[k]).epsilon(1e-9));
    }
}

TEST_CASE("Along a straight edge the mass is that of the half-plane, a half on the edge itself") {
    const MultiPolygon<BngPoint> window{rectangle(450'000, 300'000, 460'000, 310'000)};
    for (const Kernel kernel : all_kernels) {
        const double h_m = bandwidth_of(kernel);
        const KernelMass mass(window, h_m);
        CHECK(mass.at({455'000, 300'000}, kernel, h_m) == Approx(0.5).margin(1e-6));
        CHECK(mass.at({460'000, 305'000}, kernel, h_m) == Approx(0.5).margin(1e-6));
        for (const double inside_m : {1.0, 77.0, 250.0}) {
            const double expected = half_plane(kernel, inside_m, h_m);
            CHECK(mass.at({455'000, 300'000 + inside_m}, kernel, h_m) ==
                  Approx(expected).margin(2e-5));
            CHECK(mass.at({455'000, 300'000 - inside_m}, kernel, h_m) ==
                  Approx(1 - expected).margin(2e-5));
        }
    }
}

TEST_CASE("At a corner of the window the mass is the corner's share of a turn") {
    // The vertex lies on others' edges' lines and on the ray that tells inside from outside.
    const MultiPolygon<BngPoint> square{rectangle(450'000, 300'000, 460'000, 310'000)};
    const MultiPolygon<BngPoint> notched{{{{450'000, 300'000},
                                           {460'000, 300'000},
                                           {460'000, 310'000},
                                           {455'000, 305'000},
                                           {450'000, 310'000},
                                           {450'000, 300'000}},
                                          {}}};
    for (const Kernel kernel : all_kernels) {
        const double h_m = bandwidth_of(kernel);
        const KernelMass mass(square, h_m);
        for (const double east : {450'000.0, 460'000.0}) {
            for (const double north : {300'000.0, 310'000.0}) {
                CHECK(mass.at({east, north}, kernel, h_m) == Approx(0.25).margin(1e-6));
            }
        }
        const KernelMass other(notched, h_m);
        CHECK(other.at({455'000, 305'000}, kernel, h_m) == Approx(0.75).margin(1e-6));
        CHECK(other.at({450'000, 310'000}, kernel, h_m) == Approx(0.125).margin(1e-6));
    }
}

TEST_CASE("Windows that share an edge have their masses' sum together") {
    const auto parts = oracle_window();
    const MultiPolygon<BngPoint> around{{{{457'000, 303'000},
                                          {461'000, 303'000},
                                          {461'000, 307'000},
                                          {457'000, 307'000},
                                          {457'000, 303'000}},
                                         {parts.front().exterior}}};
    MultiPolygon<BngPoint> both = around;
    both.push_back(parts.front());
    std::mt19937 random(31);
    std::uniform_real_distribution<double> east(457'000, 461'000);
    std::uniform_real_distribution<double> north(303'000, 307'000);
    for (const Kernel kernel : all_kernels) {
        const double h_m = bandwidth_of(kernel);
        const KernelMass of_part(parts, h_m);
        const KernelMass of_around(around, h_m);
        const KernelMass of_both(both, h_m);
        for (int i = 0; i < 300; ++i) {
            // Every tenth on a vertex, every other tenth on a lattice that edges run through.
            BngPoint at{east(random), north(random)};
            if (i % 10 == 0) {
                at = parts.front().exterior[static_cast<std::size_t>(i / 10) % 10];
            } else if (i % 10 == 1) {
                at = {std::round(at.easting_m / 100) * 100, std::round(at.northing_m / 100) * 100};
            }
            CHECK(of_both.at(at, kernel, h_m) ==
                  Approx(of_part.at(at, kernel, h_m) + of_around.at(at, kernel, h_m)).margin(1e-6));
        }
    }
}

TEST_CASE("The winding, the start of the rings and the size of the search change nothing") {
    const auto window = oracle_window();
    auto other = window;
    std::ranges::reverse(other.front().exterior);
    other.front().exterior.pop_back();
    std::ranges::rotate(other.front().exterior, other.front().exterior.begin() + 4);
    other.front().exterior.push_back(other.front().exterior.front());
    const KernelMass mass(window, 300);
    const KernelMass again(other, 17);
    const KernelMass wide(window, 9000);
    for (int i = 0; i < 200; ++i) {
        const BngPoint at{457'800 + i * 12.3, 303'700 + (i * 7) % 200 * 11.0};
        const double expected = mass.at(at, Kernel::quartic, 300);
        CHECK(again.at(at, Kernel::quartic, 300) == Approx(expected).margin(1e-9));
        CHECK(wide.at(at, Kernel::quartic, 300) == Approx(expected).margin(1e-9));
    }
}

TEST_CASE("Away from the boundary the mass is exactly one or nil, also in a hole") {
    MultiPolygon<BngPoint> window{rectangle(450'000, 300'000, 460'000, 310'000)};
    window.front().holes.push_back(rectangle(454'000, 304'000, 456'000, 306'000).exterior);
    const KernelMass mass(window, 300);
    CHECK(mass.at({452'000, 302'000}, Kernel::quartic, 300) == 1);
    CHECK(mass.at({455'000, 305'000}, Kernel::quartic, 300) == 0);
    CHECK(mass.at({463'000, 305'000}, Kernel::quartic, 300) == 0);
    CHECK(mass.at({440'000, 305'000}, Kernel::quartic, 300) == 0);
    CHECK(mass.at({1e300, -1e300}, Kernel::quartic, 300) == 0);
    CHECK(mass.at({std::nan(""), 305'000}, Kernel::quartic, 300) == 0);
    CHECK(mass.at({454'000, 305'000}, Kernel::quartic, 300) == Approx(0.5).margin(1e-6));
}

TEST_CASE("The masses at cells are those at their centres, for any number of threads") {
    const KernelMass mass(oracle_window(), 300);
    const GridSpec grid{{457'500, 303'500}, 40, 75, 70};
    std::vector<std::uint8_t> wanted(grid.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        wanted[i] = i % 7 != 0;
    }
    const auto masses = mass.at_centres(grid, wanted, Kernel::quartic, 300, 1);
    CHECK(mass.at_centres(grid, wanted, Kernel::quartic, 300, 3) == masses);
    std::vector<double> bandwidths(grid.size());
    for (std::size_t i = 0; i < grid.size(); ++i) {
        bandwidths[i] = 100 + static_cast<double>(i % 11) * 30;
    }
    const auto varied = mass.at_centres(grid, wanted, Kernel::quartic, bandwidths, 2);
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const auto cell = grid.offset({column, row});
            const auto centre = grid.centre({column, row});
            const double expected = mass.at(centre, Kernel::quartic, 300);
            CHECK(masses[cell] == (wanted[cell] != 0 ? expected : 0));
            CHECK(varied[cell] ==
                  (wanted[cell] != 0 ? mass.at(centre, Kernel::quartic, bandwidths[cell]) : 0));
        }
    }
}

TEST_CASE("A window holds its boundary, and what lies within a distance of it") {
    const KernelMass mass(oracle_window(), 300);
    CHECK(mass.holds({458'000, 304'000}));
    CHECK(mass.holds({459'950, 304'450})); // halfway along an edge
    CHECK(mass.holds({458'700, 304'700}));
    CHECK_FALSE(mass.holds({457'990, 304'000}));
    CHECK(mass.within({457'990, 304'000}, 11));
    CHECK_FALSE(mass.within({457'990, 304'000}, 9));
    CHECK(mass.within({458'700, 304'700}, 1));
    CHECK_FALSE(mass.within({std::numeric_limits<double>::infinity(), 0}, 1e9));
}

TEST_CASE("An empty window holds nothing, and one that is not finite is refused") {
    const KernelMass none(MultiPolygon<BngPoint>{}, 300);
    CHECK(none.at({0, 0}, Kernel::quartic, 300) == 0);
    CHECK_FALSE(none.holds({0, 0}));
    auto window = oracle_window();
    CHECK_THROWS_AS(KernelMass(window, 0), std::invalid_argument);
    window.front().exterior[2].easting_m = std::nan("");
    CHECK_THROWS_AS(KernelMass(window, 300), std::invalid_argument);
    CHECK_THROWS_AS(
        KernelMass(oracle_window(), 300).at_centres({{0, 0}, 1, 2, 2}, {}, Kernel::quartic, 300),
        std::invalid_argument);
}
