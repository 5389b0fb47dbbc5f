#include "geo/relative_risk.hpp"

#include "geo/contour.hpp"
#include "geo/kernel_profile.hpp"
#include "geo/local_statistics.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace hotspots::geo {

namespace {

void check_densities(const Raster& cases, const Raster& controls,
                     std::span<const double> window_mass) {
    if (cases.grid != controls.grid || cases.values.size() != cases.grid.size() ||
        controls.values.size() != cases.grid.size()) {
        throw std::invalid_argument("relative risk: the densities of cases and controls must be on "
                                    "the same grid, one value a cell");
    }
    if (!window_mass.empty() && window_mass.size() != cases.grid.size()) {
        throw std::invalid_argument("relative risk: " + std::to_string(window_mass.size()) +
                                    " window masses, must be none or one a cell");
    }
}

// z of an upper tail of p.
double normal_quantile(double p) {
    double low = 0;
    double high = 40;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (upper_tail_p(middle) > p ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

RelativeRisk relative_risk(const Raster& case_per_km2, double cases, const Raster& control_per_km2,
                           double controls, Kernel kernel, double bandwidth_m,
                           std::span<const double> window_mass) {
    check_densities(case_per_km2, control_per_km2, window_mass);
    const std::size_t cells = case_per_km2.grid.size();
    RelativeRisk risk{case_per_km2.grid, std::vector<RiskState>(cells, RiskState::undefined),
                      std::vector<double>(cells), std::vector<double>(cells),
                      std::vector<double>(cells, 1.0)};
    const double roughness = kernel_roughness_per_km2(kernel, bandwidth_m);
    if (!(cases > 0) || !(controls > 0)) {
        return risk;
    }
    // Variance of log f^ - log g^ where both are the pooled density f: R(K) (1/n1 + 1/n2) / f, with
    // f = (events per km2) / (n1 + n2).
    const double both = cases + controls;
    const double numerator = roughness * both * (1 / cases + 1 / controls);
    for (std::size_t i = 0; i < cells; ++i) {
        const double f = case_per_km2.values[i];
        const double g = control_per_km2.values[i];
        if (!(g > 0)) {
            continue;
        }
        if (!(f > 0)) {
            risk.state[i] = RiskState::no_case;
            continue;
        }
        const double mass = window_mass.empty() || !(window_mass[i] > 0) ? 1 : window_mass[i];
        risk.state[i] = RiskState::defined;
        risk.log_ratio[i] = std::log(f) - std::log(g) + std::log(controls / cases);
        risk.z[i] = risk.log_ratio[i] / std::sqrt(numerator / ((f + g) * mass));
        risk.p_higher[i] = upper_tail_p(risk.z[i]);
    }
    return risk;
}

MultiPolygon<BngPoint> tolerance_region(const RelativeRisk& risk, double p) {
    if (!(p > 0) || !(p < 0.5)) {
        throw std::invalid_argument("relative risk: the tolerance is " + std::to_string(p) +
                                    ", must be above 0 and below 0.5");
    }
    return region_above({risk.grid, risk.z}, normal_quantile(p));
}

} // namespace hotspots::geo
