// Integrals of kernels along a line, in closed form: what geo/kernel_mass adds up over the edges of
// a window.
#pragma once

#include "geo/density.hpp"

namespace hotspots::geo {

// The integral, from t0 to t1, of M(r)/r2 over a line at distance p from the kernel's centre, where
// M(r) is the kernel's mass within r, r2 = p2 + t2, and t is counted from the foot of the centre.
// All in bandwidths; no r may be beyond the kernel's reach. Exact but for rounding (Gaussian
// 1e-12).
double kernel_line_integral(Kernel kernel, double p2, double t0, double t1);

} // namespace hotspots::geo
