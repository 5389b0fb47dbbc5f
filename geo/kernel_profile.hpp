// The kernels of geo/density as functions of s = d2/h2, for sums over pairs of points and over
// points with bandwidths of their own. Each is 1 at s = 0; times kernel_peak_per_km2 it is the
// density. geo/density_kernels.hpp has the same for rasters, in registers.
#pragma once

#include "geo/density.hpp"

#include <cmath>
#include <stdexcept>

namespace hotspots::geo {

struct QuarticProfile {
    static constexpr Kernel kernel = Kernel::quartic;
    static double at(double s) { return s < 1 ? (1 - s) * (1 - s) : 0; }
};
struct EpanechnikovProfile {
    static constexpr Kernel kernel = Kernel::epanechnikov;
    static double at(double s) { return s < 1 ? 1 - s : 0; }
};
struct TriangularProfile {
    static constexpr Kernel kernel = Kernel::triangular;
    static double at(double s) { return s < 1 ? 1 - std::sqrt(s) : 0; }
};
struct UniformProfile {
    static constexpr Kernel kernel = Kernel::uniform;
    static double at(double s) { return s < 1 ? 1 : 0; }
};
struct GaussianProfile {
    static constexpr Kernel kernel = Kernel::gaussian;
    static double at(double s) { return s < 16 ? std::exp(-s / 2) : 0; } // cut off at 4 h
};

// work(profile), with the kernel's: so that a loop over pairs does not choose for each.
template <class Work>
auto with_profile(Kernel kernel, const Work& work) {
    switch (kernel) {
    case Kernel::quartic:
        return work(QuarticProfile{});
    case Kernel::epanechnikov:
        return work(EpanechnikovProfile{});
    case Kernel::triangular:
        return work(TriangularProfile{});
    case Kernel::uniform:
        return work(UniformProfile{});
    case Kernel::gaussian:
        return work(GaussianProfile{});
    }
    throw std::invalid_argument("kernel: unknown kernel");
}

// The kernel's standard deviation along one axis, as a share of h: 1/sqrt(8) for the quartic. The
// Gaussian's is 1: what its truncation changes (0.13 %) is not counted.
double kernel_deviation(Kernel kernel);

// The integral of the kernel's square over the plane, per km2: what a density's variance is
// proportional to. 9/(5 pi h2) for the quartic.
double kernel_roughness_per_km2(Kernel kernel, double bandwidth_m);

} // namespace hotspots::geo
