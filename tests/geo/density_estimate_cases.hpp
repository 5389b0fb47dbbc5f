// What the tests of geo/density_estimate share: R's window and points, a square, all rules.
#pragma once

#include "geo/density_estimate.hpp"
#include "geo/point_in_region.hpp"
#include "tests/geo/ascii_map.hpp"
#include "tests/geo/density_estimate_figures.hpp"

#include <random>
#include <vector>

namespace hotspots::tests {

using namespace geo;

inline constexpr Kernel all_kernels[] = {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                         Kernel::uniform, Kernel::gaussian};

inline DensityRule rule_of(EdgeCorrection edge, bool adaptive = false,
                           Kernel kernel = Kernel::quartic, double h_m = 300) {
    return {kernel, h_m, edge, adaptive};
}

inline std::vector<DensityRule> all_rules(Kernel kernel, double h_m) {
    std::vector<DensityRule> rules;
    for (const auto edge :
         {EdgeCorrection::none, EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        rules.push_back(rule_of(edge, false, kernel, h_m));
        rules.push_back(rule_of(edge, true, kernel, h_m));
    }
    return rules;
}

inline MultiPolygon<BngPoint> oracle_window() {
    Ring<BngPoint> ring;
    for (std::size_t i = 0; i < figures::window_easting.size(); ++i) {
        ring.push_back({figures::window_easting[i], figures::window_northing[i]});
    }
    ring.push_back(ring.front());
    return {{ring, {}}};
}

inline std::vector<BngPoint> oracle_points() {
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < figures::points_easting.size(); ++i) {
        points.push_back({figures::points_easting[i], figures::points_northing[i]});
    }
    return points;
}

inline std::vector<BngPoint> random_points(std::size_t count, unsigned seed,
                                           const Box<BngPoint>& box) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> east(box.min.easting_m, box.max.easting_m);
    std::uniform_real_distribution<double> north(box.min.northing_m, box.max.northing_m);
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double easting_m = east(random);
        points.push_back({easting_m, north(random)});
    }
    return points;
}

inline double mass_in(const Raster& raster, const MultiPolygon<BngPoint>& area) {
    double sum = 0;
    for (const auto& run : cells_in(area, raster.grid)) {
        for (int column = run.first; column < run.last; ++column) {
            sum += raster.values[raster.grid.offset({column, run.row})];
        }
    }
    return sum * raster.grid.cell_area_km2();
}

inline const MultiPolygon<BngPoint> square{rectangle(450'000, 300'000, 453'000, 303'000)};
inline const GridSpec square_grid{{449'000, 299'000}, 50, 100, 100};

} // namespace hotspots::tests
