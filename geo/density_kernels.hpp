// The kernels of geo/density as they are added up in vector registers; see geo/density_scatter.cpp.
#pragma once

#include "geo/simd.hpp"

#include <cstddef>

namespace hotspots::geo {

// What all points share, in the plan's unit.
struct Scales {
    double bandwidth;
    double bandwidth2;
    double reach2;
};

// The kernels, each exactly 0 beyond its reach. Not divided by powers of the bandwidth: the plan's
// scale is. x is a squared distance along the row; y is that along the column or, where
// `remaining`, what that leaves of the squared bandwidth. Where `product`, ex and the factor w are
// the Gaussian's along each axis; else w is the point's weight, scaled.
struct Quartic {
    static constexpr bool product = false;
    static constexpr bool remaining = true;
    template <class V>
    HOTSPOTS_INLINE static void add(V& sum, const V& x, double y, const V&, double w,
                                    const Scales&) {
        const V rest = y - x;
        const V t = rest > 0 ? rest : V{};
        sum += t * t * w;
    }
};
struct Epanechnikov {
    static constexpr bool product = false;
    static constexpr bool remaining = true;
    template <class V>
    HOTSPOTS_INLINE static void add(V& sum, const V& x, double y, const V&, double w,
                                    const Scales&) {
        const V rest = y - x;
        sum += (rest > 0 ? rest : V{}) * w;
    }
};
struct Triangular {
    static constexpr bool product = false;
    static constexpr bool remaining = false;
    template <class V>
    HOTSPOTS_INLINE static void add(V& sum, const V& x, double y, const V&, double w,
                                    const Scales& s) {
        V distance = x + y;
        for (std::size_t lane = 0; lane < sizeof(V) / sizeof(double); ++lane) {
            distance[lane] = __builtin_sqrt(distance[lane]);
        }
        const V rest = s.bandwidth - distance;
        sum += (rest > 0 ? rest : V{}) * w;
    }
};
struct Uniform {
    static constexpr bool product = false;
    static constexpr bool remaining = false;
    template <class V>
    HOTSPOTS_INLINE static void add(V& sum, const V& x, double y, const V&, double w,
                                    const Scales& s) {
        const V d2 = x + y;
        sum += d2 < s.reach2 ? V{} + w : V{};
    }
};
// exp(-(x + y)/2h2) as a product of what the column and the row give: few exponentials a point.
struct Gaussian {
    static constexpr bool product = true;
    static constexpr bool remaining = false;
    template <class V>
    HOTSPOTS_INLINE static void add(V& sum, const V& x, double y, const V& ex, double ey,
                                    const Scales& s) {
        const V d2 = x + y;
        sum += d2 < s.reach2 ? ex * ey : V{};
    }
};

} // namespace hotspots::geo
