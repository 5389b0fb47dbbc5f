#include "geo/kernel_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace hotspots::geo {

namespace {

// (1 - exp(-a)) / a
double decay(double a) {
    return a < 1e-8 ? 1 - a / 2 : -std::expm1(-a) / a;
}

// The integral of `decay` of half the squared distance along a line at distance p from the centre,
// from t0 to t1, all in bandwidths: Gauss-Legendre in steps of at most one bandwidth.
double gaussian_part(double p2, double t0, double t1) {
    static constexpr std::array<double, 5> nodes{0.1488743389816312, 0.4333953941292472,
                                                 0.6794095682990244, 0.8650633666889845,
                                                 0.9739065285171717};
    static constexpr std::array<double, 5> weights{0.2955242247147529, 0.2692667193099963,
                                                   0.2190863625159820, 0.1494513491505806,
                                                   0.0666713443086881};
    const int steps = std::max(1, static_cast<int>(std::ceil(t1 - t0)));
    const double half = (t1 - t0) / steps / 2;
    double sum = 0;
    for (int step = 0; step < steps; ++step) {
        const double middle = t0 + (2 * step + 1) * half;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const double a = middle - half * nodes[i];
            const double b = middle + half * nodes[i];
            sum += weights[i] * (decay((p2 + a * a) / 2) + decay((p2 + b * b) / 2));
        }
    }
    return sum * half;
}

} // namespace

double kernel_line_integral(Kernel kernel, double p2, double t0, double t1) {
    const auto quartic = [p2](double t) { // M = 3s - 3s2 + s3, s = r2
        const double t2 = t * t;
        return t * ((3 - 3 * p2 + p2 * p2) + t2 * ((2 * p2 - 3) / 3 + t2 / 5));
    };
    const auto epanechnikov = [p2](double t) { return t * (2 - p2 - t * t / 3); }; // M = 2s - s2
    const auto triangular = [p2](double t) {                                       // M = 3s - 2r3
        const double r = std::sqrt(p2 + t * t);
        const double log_part = p2 > 0 ? p2 * std::asinh(t / std::sqrt(p2)) : 0;
        return 3 * t - t * r - log_part;
    };
    switch (kernel) {
    case Kernel::quartic:
        return quartic(t1) - quartic(t0);
    case Kernel::epanechnikov:
        return epanechnikov(t1) - epanechnikov(t0);
    case Kernel::triangular:
        return triangular(t1) - triangular(t0);
    case Kernel::uniform:
        return t1 - t0;
    case Kernel::gaussian:
        return gaussian_part(p2, t0, t1) / (2 * -std::expm1(-8.0));
    }
    throw std::invalid_argument("kernel mass: unknown kernel");
}

} // namespace hotspots::geo
