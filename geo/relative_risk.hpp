// Where cases are dense for what controls are: the log of the ratio of two densities of one
// bandwidth, each made a probability density (Kelsall & Diggle 1995), and how far above the chance
// of one common distribution it is (asymptotic tolerance, Hazelton & Davies 2009).
#pragma once

#include "geo/density.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

enum class RiskState : std::uint8_t {
    undefined, // no control within reach: nothing to compare with
    no_case,   // controls, but no case: the ratio is 0 and its log has no value
    defined,
};

struct RelativeRisk {
    GridSpec grid;
    std::vector<RiskState> state; // one a cell, as all that follow
    // log((case density / cases) / (control density / controls)); 0 unless `defined`
    std::vector<double> log_ratio;
    // log_ratio / its standard error where cases and controls come from one distribution; 0 unless
    // `defined`. Above 1.645 the risk is higher at p < 0.05, above 2.326 at p < 0.01, each cell by
    // itself: over many cells some pass by chance. For lower risk swap cases and controls.
    std::vector<double> z;
    std::vector<double> p_higher; // upper tail of z; 1 unless `defined`
};

// From two densities in events per km2 over the same grid, of that kernel and bandwidth, of
// `cases` and `controls` points. The variance is that of fixed bandwidths under the pooled density;
// with `window_mass` (the kernel's mass inside the window at each cell, KernelMass::at_centres) it
// grows by 1 / mass, as it does where the densities are edge-corrected; empty: none.
// It holds where several points are in reach; few make p too small. Everything is undefined where
// either number is 0. Throws std::invalid_argument for grids that differ, or spans of other sizes.
RelativeRisk relative_risk(const Raster& case_per_km2, double cases, const Raster& control_per_km2,
                           double controls, Kernel kernel, double bandwidth_m,
                           std::span<const double> window_mass = {});

// The region where p_higher is below `p`, by linear interpolation of z: tolerance contours.
// 0 < p < 0.5.
MultiPolygon<BngPoint> tolerance_region(const RelativeRisk& risk, double p);

} // namespace hotspots::geo
