// The isobands of one revision and one set of parameters: density -> levels -> bands within the
// study area. Computed once and shared by every request and tile that asks for the same.
#pragma once

#include "service/analysis.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hotspots::service {

struct AppContext;
struct DensityResult; // service/density_result.hpp

// Where neither levels nor quantiles are asked for: so many levels of the series 1, 2, 5, 10 ...
// below the study area's peak. Round, fifty-fold from end to end, and the same for two periods
// unless their peaks lie on different sides of one of them.
inline constexpr int default_level_count = 6;

struct DrawnBand {
    double from_per_km2 = 0;
    std::optional<double> to_per_km2; // empty: the highest, which is open upwards
    double area_km2 = 0;              // within the study area
    // Valid, also as GeoJSON rounds it.
    geo::MultiPolygon<geo::LonLat> outline;
    geo::Box<geo::LonLat> bounds;
};

struct IsobandResult {
    Selection selection;
    std::int64_t too_uncertain = 0; // see DensityResult
    std::int64_t on_default_points = 0;
    double cell_m = 0;
    double peak_per_km2 = 0; // highest value of a cell whose centre lies in the study area
    std::vector<double> levels_per_km2; // ascending; empty where there is no density to divide
    std::vector<DrawnBand> bands;       // ascending; those that have an area
};

IsobandResult compute_isobands(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                               const DensityResult& density);

// The same, density included, through the context's shared results. Throws Problem 409 where no
// wards are loaded.
std::shared_ptr<const IsobandResult> shared_isobands(const AppContext& context,
                                                     const data::Snapshot& snapshot,
                                                     const AnalysisParameters& parameters);

} // namespace hotspots::service
