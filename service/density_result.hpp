// The density of one revision and one set of parameters: selection -> points that are certain
// enough -> raster. Hotspots, isobands and the GeoTIFF are made of it; computed once and shared.
#pragma once

#include "geo/grid.hpp"
#include "service/analysis.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace hotspots::service {

struct AppContext;

struct DensityResult {
    Selection selection;
    // Mapped, but known to no better than the bandwidth: counted here, in no density.
    std::int64_t too_uncertain = 0;
    // Mapped, and on a point that is flagged as standing for something else:
    // data/quality/traps.hpp.
    std::int64_t on_default_points = 0;
    std::vector<geo::BngPoint> points;   // those that the density is made of
    std::vector<std::uint32_t> incident; // index into the snapshot, of each point
    std::vector<geo::BngPoint> outside;  // beyond the study area: for edge correction alone
    geo::Raster raster; // incidents per km2; over the study area and the kernel's reach around it
};

// Throws Problem 409 where no wards are loaded, 400 where the asked cells would be too many for the
// study area.
DensityResult compute_density(const data::Snapshot& snapshot, const AnalysisParameters& parameters);

// The same through the context's shared results. `top`, `shape` and levels play no
// part.
std::shared_ptr<const DensityResult> shared_density(const AppContext& context,
                                                    const data::Snapshot& snapshot,
                                                    const AnalysisParameters& parameters);

// The grid of the parameters' density: cells as asked for, else of a sixth of the bandwidth, but
// not so fine that the grid over the study area passes its limit of cells. Throws Problem 400 where
// the asked ones do. Precondition: wards are loaded.
geo::GridSpec density_grid(const data::Snapshot& snapshot, const AnalysisParameters& parameters);

} // namespace hotspots::service
