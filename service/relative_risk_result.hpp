// The relative risk of two selections: where the first (cases) is dense for what the other
// (controls) is, at one bandwidth, with the contours beyond which chance would rarely put it
// (geo/relative_risk).
#pragma once

#include "geo/geometry.hpp"
#include "geo/isobands.hpp"
#include "geo/relative_risk.hpp"
#include "service/comparison_request.hpp"
#include "service/density_result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

// A place inside a tolerance contour.
struct RiskRegion {
    bool higher = false; // the risk of cases is higher; else lower
    double p = 0;        // the contour's
    geo::MultiPolygon<geo::BngPoint> outline;
    double area_km2 = 0;
    // Of the cell with the largest z, with their signs; empty where it holds no cell's centre.
    std::optional<double> log_ratio;
    std::optional<double> z;
    geo::BngPoint peak_at;
    std::int64_t incidents = 0;      // of the cases, in it
    std::int64_t with_incidents = 0; // of the controls
    std::vector<std::string> wards;
    std::string label;
};

// Where cases over controls lies between two levels (`higher`), or controls over cases.
struct RiskBand {
    bool higher = false;
    geo::Isoband band; // levels are ratios, not densities
};

struct RelativeRiskResult {
    std::shared_ptr<const DensityResult> cases;
    std::shared_ptr<const DensityResult> controls;
    std::int64_t in_both = 0; // incidents of both selections: in both densities
    // Masked beyond the study area and where fewer than least_near_risk incidents of either
    // selection lie within the bandwidth: there the tolerance does not hold.
    geo::RelativeRisk risk;
    std::int64_t compared_cells = 0; // of the study area: defined
    std::int64_t no_case_cells = 0;  // of the study area: enough incidents near, all controls
    std::int64_t masked_cells = 0;   // of the study area: the rest
    std::vector<double> levels;      // of the bands: ratios above 1, ascending
    std::vector<RiskBand> bands;
    std::vector<RiskRegion> regions; // higher first, then by p, then by the size of z
    std::int64_t not_drawn = 0;      // regions that hold fewer than least_in_region incidents
};

inline constexpr std::int64_t least_near_risk = 5;

// `parameters.ratio` holds. `progress` is told shares of 1; what it throws is let through. Throws
// as shared_density.
RelativeRiskResult compare_risk(const AppContext& context, const data::Snapshot& snapshot,
                                const ComparisonParameters& parameters,
                                const std::function<void(double)>& progress);

// log_ratio of the cells of the study area; data::geotiff_no_data where it is masked or there is no
// case.
geo::Raster log_ratio_raster(const RelativeRiskResult& result);

} // namespace hotspots::service
