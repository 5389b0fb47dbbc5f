// Kernel density of points, exact at cell centres, in events per km2 over the chosen period.
// Bandwidth h is the kernel's support (the Gaussian's standard deviation; truncated at 4 h).
// Quartic: 3/(pi h^2) (1 - d^2/h^2)^2 for d < h (Silverman 1986, eq. 4.5).
// The Gaussian's truncation cuts off exp(-8) = 3.35e-4 of its mass; the rest is scaled up by as
// much, so that the mass is 1 and the density within 4 h too high by a factor of 1.000336.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/grid.hpp"

#include <span>

namespace hotspots::geo {

enum class Kernel { quartic, epanechnikov, triangular, uniform, gaussian };

// Distance beyond which a single event adds exactly nothing.
double kernel_reach_m(Kernel kernel, double bandwidth_m);

// Density at the place of one event: 3/(pi h^2) x 1e6 for the quartic.
double kernel_peak_per_km2(Kernel kernel, double bandwidth_m);

// How to compute, not what: every choice gives the same bytes.
struct DensityRun {
    int threads = 0; // 0: as many as the processor has and the work is worth
    int lanes = 0;   // doubles in a register: 2, 4 or 8, no more than there are; 0: the most
};

// The density of `points` at every cell centre of `grid`, exact but for the rounding of doubles
// (<= 1e-12 of the peak from the sum over all pairs). Points outside the grid count as far as they
// reach into it. Never negative; exactly zero beyond the reach of every point. Bandwidth > 0 and
// finite. The same points in the same order give the same bytes, whatever the processor and the
// number of threads; so do, in each cell, the points of any extent that reach it. Throws
// std::invalid_argument for a bad bandwidth or a point that is not finite.
// O(points x (reach/cell)^2 + cells) time, where points in equal places count once if many are;
// memory for a copy of the points, and of the longest row of cells for each thread.
Raster density(std::span<const BngPoint> points, const GridSpec& grid, Kernel kernel,
               double bandwidth_m, DensityRun run = {});

// The same where points[i] counts weights[i] times: each finite and >= 0, else
// std::invalid_argument, as for another number of weights than of points.
Raster density(std::span<const BngPoint> points, std::span<const double> weights,
               const GridSpec& grid, Kernel kernel, double bandwidth_m, DensityRun run = {});

} // namespace hotspots::geo
