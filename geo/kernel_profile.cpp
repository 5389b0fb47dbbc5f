#include "geo/kernel_profile.hpp"

#include <numbers>

namespace hotspots::geo {

double kernel_deviation(Kernel kernel) {
    switch (kernel) { // roots of half the mean squared distance from the kernel's centre
    case Kernel::quartic:
        return 1 / std::sqrt(8.0);
    case Kernel::epanechnikov:
        return 1 / std::sqrt(6.0);
    case Kernel::triangular:
        return std::sqrt(0.15);
    case Kernel::uniform:
        return 0.5;
    case Kernel::gaussian:
        return 1;
    }
    throw std::invalid_argument("kernel: unknown kernel");
}

double kernel_roughness_per_km2(Kernel kernel, double bandwidth_m) {
    const double circle_km2 = std::numbers::pi * bandwidth_m * bandwidth_m / 1e6;
    switch (kernel) {
    case Kernel::quartic:
        return 9 / (5 * circle_km2);
    case Kernel::epanechnikov:
        return 4 / (3 * circle_km2);
    case Kernel::triangular:
        return 3 / (2 * circle_km2);
    case Kernel::uniform:
        return 1 / circle_km2;
    case Kernel::gaussian: {
        const double kept = -std::expm1(-8.0);
        return -std::expm1(-16.0) / (4 * circle_km2 * kept * kept);
    }
    }
    throw std::invalid_argument("kernel: unknown kernel");
}

} // namespace hotspots::geo
