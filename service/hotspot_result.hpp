// The hotspots of one revision and one set of parameters: selection -> density -> regions ->
// labels. Computed once and shared by every request and tile that asks for the same.
#pragma once

#include "geo/hotspots.hpp"
#include "service/analysis.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hotspots::service {

struct AppContext;
struct DensityResult; // service/density_result.hpp

struct DrawnHotspot {
    std::string label; // "Granby Street, Castle"; no two of a result are equal
    double area_km2 = 0;
    double peak_per_km2 = 0;
    geo::BngPoint peak_at;
    std::vector<std::string> wards;       // names it touches, most incidents first
    std::vector<std::uint32_t> incidents; // indexes into the snapshot
    geo::MultiPolygon<geo::LonLat> outline;
    geo::MultiPolygon<geo::BngPoint> outline_bng;
    geo::Box<geo::LonLat> bounds;
};

struct HotspotResult {
    Selection selection;
    std::int64_t too_uncertain = 0; // see DensityResult
    std::int64_t on_default_points = 0;
    double cell_m = 0; // of the density's grid
    double level_per_km2 = 0;
    bool floor_reached = false;
    std::int64_t not_drawn = 0; // regions of too few incidents
    std::int64_t not_drawn_incidents = 0;
    std::vector<DrawnHotspot> hotspots; // by rank
};

geo::HotspotRule hotspot_rule(const AnalysisParameters& parameters);

// Of the parameters' density.
HotspotResult compute_hotspots(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                               const DensityResult& density);

// The same, density included, through the context's shared results. Throws Problem 409 where no
// wards are loaded.
std::shared_ptr<const HotspotResult> shared_hotspots(const AppContext& context,
                                                     const data::Snapshot& snapshot,
                                                     const AnalysisParameters& parameters);

} // namespace hotspots::service
