// The cells of one revision and one set of parameters: selection -> counts on a lattice -> Gi*,
// false discovery rate, ranks, capture curve. Computed once and shared by every request and tile
// that asks for the same.
#pragma once

#include "geo/cell_statistics.hpp"
#include "service/analysis.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hotspots::service {

struct AppContext;

// Of the cells flagged fdr_significant at most this share is expected to be there by chance
// (Benjamini & Hochberg 1995).
inline constexpr double false_discovery_rate = 0.05;

struct RankedCell {
    std::string id; // the same for the same place, shape and side, whatever it holds
    std::int64_t incidents = 0;
    double gi_star_z = 0;
    double p = 0; // one-sided, from the normal distribution
    bool fdr_significant = false;
    geo::BngPoint centre;
    geo::MultiPolygon<geo::LonLat> outline;
    geo::Box<geo::LonLat> bounds;
};

// Every mapped incident counts, however uncertain its point, as in every collection but those made
// of densities.
struct CellResult {
    Selection selection;
    // Mapped, but known to no better than the cell: counted all the same.
    std::int64_t less_certain_than_cell = 0;
    std::int64_t on_default_points = 0; // see HotspotResult
    std::int64_t in_no_cell = 0;        // mapped, but in no cell that touches the study area
    double cell_m = 0;
    double cell_area_km2 = 0;
    double neighbour_band_m = 0;      // Gi* sums over cells whose centres are at most so far apart
    std::int64_t cells = 0;           // of the study area, empty ones included
    std::int64_t fdr_significant = 0; // of those
    std::vector<RankedCell> ranked;   // those that hold incidents
    std::vector<geo::CaptureStep> capture;
};

// The parameters' lattice over the study area. Throws Problem 409 where no wards are loaded, 400
// where the cells would be too many for the study area.
geo::CellLattice cell_lattice(const data::Snapshot& snapshot, const AnalysisParameters& parameters);

// The same for the same place, shape and side: "square-150-3040-2026".
std::string cell_id(const geo::CellLattice& lattice, geo::CellIndex cell);

// Throws as cell_lattice.
CellResult compute_cells(const data::Snapshot& snapshot, const AnalysisParameters& parameters);

// The same through the context's shared results.
std::shared_ptr<const CellResult> shared_cells(const AppContext& context,
                                               const data::Snapshot& snapshot,
                                               const AnalysisParameters& parameters);

} // namespace hotspots::service
