// One way in for every density that the service shows: fixed or adaptive bandwidth, with or without
// correction for the study area's edge.
#pragma once

#include "geo/adaptive_density.hpp"
#include "geo/density.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"
#include "geo/kernel_mass.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

// What makes up for the part of a kernel that lies where no records are taken:
// uniform  the density at x is divided by the mass, inside the window, of the kernel at x: right on
//          average where incidents are spread evenly (Diggle 1985; Berman & Diggle 1989);
// diggle   each point counts 1 / the mass of its own kernel inside the window, so that the
// density's
//          mass over the window is the number of points (Jones 1993; Diggle 2010).
enum class EdgeCorrection { none, uniform, diggle };

struct DensityRule {
    Kernel kernel = Kernel::quartic;
    double bandwidth_m = 300;
    EdgeCorrection edge = EdgeCorrection::none;
    bool adaptive = false; // Abramson's: see geo/adaptive_density.hpp
    friend bool operator==(const DensityRule&, const DensityRule&) = default;
};

// Where records are taken to be complete: the study area, and beyond it, for any neighbours' points
// there are, the squares of side h/4 (of a lattice from the grid's origin; wider where the points
// are more than 2048 h apart) whose centre is within h of such a point. Squares where neighbours
// recorded nothing are not told from squares that they do not report on, and are taken for the
// latter. `outside` are the points beyond the study area; only those within the kernel's reach of
// it have a part in this.
MultiPolygon<BngPoint> complete_window(const MultiPolygon<BngPoint>& study_area,
                                       std::span<const BngPoint> outside, Kernel kernel,
                                       double bandwidth_m);

// The density, in events per km2, at the centres of the cells. Without correction that of `points`,
// as geo/density has it to the last bit where it is not adaptive; `outside` then has no part in it.
// With correction over complete_window(): the outside points within reach count as the others do,
// and what the kernel's mass is measured on includes the squares around them. Points in neither are
// left out.
// uniform: cells whose centre lies in the study area, and those next to such a cell (so that
// contours run through to the boundary) where the window holds a twentieth of the kernel or more;
// 0 beyond.
// Adaptive: the pilot is the density at the points with the fixed bandwidth, corrected (uniform)
// where there is a correction; the mass is then that of each point's own kernel (diggle), or of the
// kernel that the pilot gives the place x (uniform; Marshall & Hazelton 2010).
// Same bytes for any run and, where there is a correction or it is adaptive, for any order of the
// points. No NaN for any points. Throws std::invalid_argument as geo/density does, and for an empty
// study area with a correction.
Raster estimate_density(std::span<const BngPoint> points, std::span<const BngPoint> outside,
                        const MultiPolygon<BngPoint>& study_area, const GridSpec& grid,
                        const DensityRule& rule, DensityRun run = {});

// 1 for the cells whose centre lies in the area, and for the eight around each of them.
std::vector<std::uint8_t> cells_in_or_next_to(const MultiPolygon<BngPoint>& area,
                                              const GridSpec& grid);

} // namespace hotspots::geo
