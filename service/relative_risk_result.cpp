#include "service/relative_risk_result.hpp"

#include "data/export/geotiff.hpp"
#include "geo/contour.hpp"
#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "service/app.hpp"
#include "service/compared_regions.hpp"
#include "service/comparison_result.hpp"
#include "service/hotspot_labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>
#include <numbers>
#include <tuple>

namespace hotspots::service {

namespace {

using geo::RiskState;

constexpr std::array<double, 4> ratio_levels{1.5, 2, 4, 8};

// Incidents of either selection within the bandwidth of each cell's centre.
geo::Raster incidents_near(const RelativeRiskResult& result, double bandwidth_m) {
    auto points = result.cases->points;
    const auto others = only_in(*result.controls, *result.cases);
    points.insert(points.end(), others.begin(), others.end());
    auto near = geo::density(points, result.cases->raster.grid, geo::Kernel::uniform, bandwidth_m);
    const double circle_km2 = std::numbers::pi * bandwidth_m * bandwidth_m / 1e6;
    for (auto& value : near.values) {
        value = std::round(value * circle_km2);
    }
    return near;
}

void mask_cell(geo::RelativeRisk& risk, std::size_t i) {
    risk.state[i] = RiskState::undefined;
    risk.log_ratio[i] = 0;
    risk.z[i] = 0;
    risk.p_higher[i] = 1;
}

void mask_sparse(RelativeRiskResult& result, const data::Snapshot& snapshot, double bandwidth_m) {
    const auto near = incidents_near(result, bandwidth_m);
    for (std::size_t i = 0; i < near.values.size(); ++i) {
        if (near.values[i] < static_cast<double>(least_near_risk)) {
            mask_cell(result.risk, i);
        }
    }
    for (const auto& run : geo::cells_in(snapshot.study_area, near.grid)) {
        for (int column = run.first; column < run.last; ++column) {
            const auto state = result.risk.state[near.grid.offset({column, run.row})];
            ++(state == RiskState::defined   ? result.compared_cells
               : state == RiskState::no_case ? result.no_case_cells
                                             : result.masked_cells);
        }
    }
}

geo::RelativeRisk lower_risk(const geo::RelativeRisk& risk) {
    auto lower = risk;
    for (std::size_t i = 0; i < risk.z.size(); ++i) {
        lower.log_ratio[i] = -risk.log_ratio[i];
        lower.z[i] = -risk.z[i];
        lower.p_higher[i] = risk.state[i] == RiskState::defined ? 1 - risk.p_higher[i] : 1;
    }
    return lower;
}

void add_risk_bands(RelativeRiskResult& result, const data::Snapshot& snapshot,
                    const geo::RelativeRisk& risk, bool higher) {
    std::array<double, ratio_levels.size()> logs{};
    std::ranges::transform(ratio_levels, logs.begin(),
                           [](double ratio) { return std::log(ratio); });
    auto bands = geo::isobands_in(snapshot.study_area, {risk.grid, risk.log_ratio}, logs);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (!bands[i].outline.empty()) {
            bands[i].from_per_km2 = ratio_levels[i];
            if (i + 1 < bands.size()) {
                bands[i].to_per_km2 = ratio_levels[i + 1];
            }
            result.bands.push_back({higher, std::move(bands[i])});
        }
    }
}

// Of the cell that the point lies in. Precondition: it lies in one.
std::size_t offset_of(const geo::GridSpec& grid, const geo::BngPoint& point) {
    const auto index = [&](double from_corner_m) {
        return static_cast<int>(std::floor(from_corner_m / grid.cell_m));
    };
    return grid.offset({index(point.easting_m - grid.south_west.easting_m),
                        index(point.northing_m - grid.south_west.northing_m)});
}

RiskRegion measure_risk(geo::Polygon<geo::BngPoint> polygon, const geo::RelativeRisk& risk,
                        bool higher, double p) {
    RiskRegion region;
    region.higher = higher;
    region.p = p;
    region.outline.push_back(std::move(polygon));
    region.area_km2 = geo::area_km2(region.outline);
    const auto peak = peak_in(region.outline, {risk.grid, risk.z}, 1);
    region.peak_at = peak ? peak->at : geo::point_on_surface(region.outline);
    if (peak) {
        const double sign = higher ? 1 : -1;
        region.z = sign * peak->value;
        region.log_ratio = sign * risk.log_ratio[offset_of(risk.grid, peak->at)];
    }
    return region;
}

// Inside the contour of p, largest z first. `risk` is that of the direction.
std::vector<RiskRegion> risk_regions(const geo::RelativeRisk& risk, const data::Snapshot& snapshot,
                                     bool higher, double p) {
    std::vector<RiskRegion> regions;
    for (auto& parts : geo::clip_each(geo::tolerance_region(risk, p), snapshot.study_area)) {
        for (auto& polygon : parts) {
            regions.push_back(measure_risk(std::move(polygon), risk, higher, p));
        }
    }
    std::ranges::stable_sort(regions, {}, [](const RiskRegion& region) {
        const auto box = geo::bounds(region.outline);
        return std::tuple(-std::abs(region.z.value_or(0)), box.min.northing_m, box.min.easting_m);
    });
    return regions;
}

// Counts what lies in the regions, and keeps and names those that hold enough.
class RiskRegionKeeper {
public:
    RiskRegionKeeper(RelativeRiskResult& result, const data::Snapshot& snapshot)
        : m_result(result), m_snapshot(snapshot), m_cases(result.cases->points),
          m_controls(result.controls->points) {}

    // Of one contour: labels are told apart within it.
    void keep(std::vector<RiskRegion> regions) {
        HotspotLabels labels(m_snapshot);
        for (auto& region : regions) {
            const auto& polygon = region.outline.front();
            const auto of_cases = m_cases.in(polygon);
            region.incidents = static_cast<std::int64_t>(of_cases.size());
            region.with_incidents = static_cast<std::int64_t>(m_controls.in(polygon).size());
            if (region.incidents + region.with_incidents < least_in_region) {
                ++m_result.not_drawn;
                continue;
            }
            std::vector<std::uint32_t> incidents;
            std::ranges::transform(of_cases, std::back_inserter(incidents),
                                   [&](std::uint32_t i) { return m_result.cases->incident[i]; });
            region.wards = labels.wards_touched(region.outline, incidents);
            region.label = labels.next(region.peak_at, region.wards);
            m_result.regions.push_back(std::move(region));
        }
    }

private:
    RelativeRiskResult& m_result;
    const data::Snapshot& m_snapshot;
    geo::PointsByNorthing m_cases;
    geo::PointsByNorthing m_controls;
};

} // namespace

RelativeRiskResult compare_risk(const AppContext& context, const data::Snapshot& snapshot,
                                const ComparisonParameters& parameters,
                                const std::function<void(double)>& progress) {
    RelativeRiskResult result;
    result.cases = shared_density(context, snapshot, parameters.a);
    result.controls = shared_density(context, snapshot, parameters.b);
    const auto& cases = *result.cases;
    result.in_both =
        static_cast<std::int64_t>(cases.points.size() - only_in(cases, *result.controls).size());
    progress(0.3);
    result.risk = geo::relative_risk(cases.raster, static_cast<double>(cases.points.size()),
                                     result.controls->raster,
                                     static_cast<double>(result.controls->points.size()),
                                     parameters.a.kernel, parameters.a.bandwidth_m);
    mask_sparse(result, snapshot, parameters.a.bandwidth_m);
    progress(0.5);
    result.levels.assign(ratio_levels.begin(), ratio_levels.end());
    RiskRegionKeeper keeper(result, snapshot);
    for (const bool higher : {true, false}) {
        const auto risk = higher ? result.risk : lower_risk(result.risk);
        add_risk_bands(result, snapshot, risk, higher);
        for (const double p : parameters.tolerance) {
            keeper.keep(risk_regions(risk, snapshot, higher, p));
        }
        progress(higher ? 0.7 : 0.9);
    }
    return result;
}

geo::Raster log_ratio_raster(const RelativeRiskResult& result) {
    geo::Raster raster{result.risk.grid, result.risk.log_ratio};
    for (std::size_t i = 0; i < raster.values.size(); ++i) {
        if (result.risk.state[i] != RiskState::defined) {
            raster.values[i] = data::geotiff_no_data;
        }
    }
    return raster;
}

} // namespace hotspots::service
