// Is a hotspot real? It is looked for again under parameters and data that might as well have been:
// another bandwidth, another grid, points moved within their uncertainty, another sample of them.
// The share of the runs that it survives is shown beside it.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"
#include "geo/hotspots.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hotspots::geo {

// What a run changes, everything else staying as it was:
// - bandwidth: 25 % less and more; 2 runs
// - shift: the grid half a cell further south, west, or both; 3 runs
// - jitter: every point is moved, each by itself, by a Gaussian whose circle of 68 % has the
//   point's uncertainty as its radius
// - bootstrap: as many points are drawn from the points, with replacement (Efron 1979)
enum class RunKind : std::uint8_t { bandwidth, shift, jitter, bootstrap };
inline constexpr std::size_t run_kinds = 4;

struct StabilityRuns {
    int jitter = 99;
    int bootstrap = 99;
    std::uint64_t seed = 1;
    int threads = 0; // 0: as many as the processor has; changes no figure
    // Told after each run how many of all are done, one call at a time, from any thread. What it
    // throws ends the work and is let through. May be empty.
    std::function<void(int done, int all)> progress;
};

// The hotspots that are asked about, and what they were made from.
struct StabilityInput {
    std::span<const BngPoint> points;
    std::span<const float> uncertainty_m; // radius holding 68 %, one a point
    const MultiPolygon<BngPoint>& study_area;
    GridSpec grid; // of their density: covers the study area
    HotspotRule rule;
    std::span<const Hotspot> hotspots; // as find_hotspots gave them
    // How their density is made of points, where that is not by density(). Called from any thread.
    std::function<Raster(std::span<const BngPoint> points, const GridSpec& grid,
                         double bandwidth_m)>
        density = {};
};

struct Survival {
    int survived = 0;
    int runs = 0;
    double share() const { return runs > 0 ? static_cast<double>(survived) / runs : 0; }
    friend bool operator==(const Survival&, const Survival&) = default;
};

struct HotspotSurvival {
    std::array<Survival, run_kinds> of_kind; // by RunKind
    Survival overall() const;                // all runs alike
    friend bool operator==(const HotspotSurvival&, const HotspotSurvival&) = default;
};

// One a hotspot, in their order. A hotspot survives a run if at least half of its area lies in
// hotspots that find_hotspots would give in that run; area is measured on cells a quarter of the
// grid's side. Every run has a random stream of its own, so threads change nothing. No run is made
// where there are no hotspots. Throws std::invalid_argument for numbers of uncertainties or runs
// that are not right and for what find_hotspots refuses; GeometryError. O(runs x (density +
// contour)); holds a raster for each thread.
std::vector<HotspotSurvival> hotspot_survival(const StabilityInput& input,
                                              const StabilityRuns& runs);

} // namespace hotspots::geo
