#include "service/hotspot_result.hpp"

#include "data/quality/traps.hpp"
#include "geo/crs.hpp"
#include "geo/density.hpp"
#include "geo/hotspots.hpp"
#include "service/app.hpp"
#include "service/hotspot_labels.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::service {

namespace {

// 128 MB of doubles; at LLR's size, cells of about 20 m.
constexpr double most_grid_cells = 1 << 24;

void require_wards(const data::Snapshot& snapshot) {
    if (snapshot.study_area.empty()) {
        throw Problem(
            409, "No wards loaded",
            "hotspots are a share of the study area's land, and no wards are loaded; load "
            "them with: llr-hotspots reference wards FILE");
    }
}

double grid_side_m(const geo::Box<geo::BngPoint>& box, double padding_m) {
    const double width_m = box.max.easting_m - box.min.easting_m + 2 * padding_m;
    const double height_m = box.max.northing_m - box.min.northing_m + 2 * padding_m;
    return std::sqrt(width_m * height_m);
}

struct Points {
    std::vector<geo::BngPoint> at;
    std::vector<std::uint32_t> incident; // index into the snapshot, of each point
};

Points certain_points(const data::Snapshot& snapshot, const Selection& selection,
                      double bandwidth_m) {
    Points points;
    points.at.reserve(selection.incidents.size());
    points.incident.reserve(selection.incidents.size());
    for (const auto i : selection.incidents) {
        if (static_cast<double>(snapshot.columns.uncertainty_m[i]) <= bandwidth_m) {
            points.at.push_back(snapshot.columns.point[i]);
            points.incident.push_back(i);
        }
    }
    return points;
}

DrawnHotspot to_drawn(const geo::Hotspot& hotspot, const Points& points) {
    DrawnHotspot drawn;
    drawn.area_km2 = hotspot.area_km2;
    drawn.peak_per_km2 = hotspot.peak_per_km2;
    drawn.peak_at = hotspot.peak_at;
    drawn.incidents.reserve(hotspot.events.size());
    for (const auto event : hotspot.events) {
        drawn.incidents.push_back(points.incident[event]);
    }
    drawn.outline = geo::to_lon_lat(hotspot.outline);
    drawn.bounds = geo::bounds(drawn.outline);
    return drawn;
}

} // namespace

double density_cell_m(const data::Snapshot& snapshot, const AnalysisParameters& parameters) {
    const double reach_m = geo::kernel_reach_m(parameters.kernel, parameters.bandwidth_m);
    const double side_m = grid_side_m(geo::bounds(snapshot.study_area), reach_m);
    const double least_m = std::ceil(side_m / std::sqrt(most_grid_cells) * 10) / 10;
    if (!parameters.cell_m) {
        return std::max(parameters.bandwidth_m / 6, least_m);
    }
    if (*parameters.cell_m < least_m) {
        throw bad_parameter("cell", "cell is " + number_text(*parameters.cell_m) +
                                        "; for a study area of this size it must be at least " +
                                        number_text(least_m));
    }
    return *parameters.cell_m;
}

HotspotResult compute_hotspots(const data::Snapshot& snapshot,
                               const AnalysisParameters& parameters) {
    require_wards(snapshot);
    HotspotResult result;
    result.cell_m = density_cell_m(snapshot, parameters);
    result.selection = select(snapshot, parameters);
    result.on_default_points =
        data::count_on_default_points(*data::traps_of(snapshot), result.selection.incidents);
    const double bandwidth_m = parameters.bandwidth_m;
    const Points points = certain_points(snapshot, result.selection, bandwidth_m);
    result.too_uncertain =
        static_cast<std::int64_t>(result.selection.incidents.size() - points.at.size());

    const auto grid = geo::grid_covering(geo::bounds(snapshot.study_area), result.cell_m,
                                         geo::kernel_reach_m(parameters.kernel, bandwidth_m));
    const auto raster = geo::density(points.at, grid, parameters.kernel, bandwidth_m);
    geo::HotspotRule rule;
    rule.top_percent = parameters.top_percent;
    rule.kernel = parameters.kernel;
    rule.bandwidth_m = bandwidth_m;
    const auto found = geo::find_hotspots(points.at, raster, snapshot.study_area, rule);

    result.level_per_km2 = found.level_per_km2;
    result.floor_reached = found.floor_reached;
    result.not_drawn = static_cast<std::int64_t>(found.not_drawn);
    result.not_drawn_incidents = static_cast<std::int64_t>(found.events_not_drawn);
    HotspotLabels labels(snapshot);
    for (const auto& hotspot : found.hotspots) {
        auto& drawn = result.hotspots.emplace_back(to_drawn(hotspot, points));
        drawn.wards = labels.wards_touched(hotspot.outline, drawn.incidents);
        drawn.label = labels.next(hotspot.peak_at, drawn.wards);
    }
    return result;
}

std::shared_ptr<const HotspotResult> shared_hotspots(const AppContext& context,
                                                     const data::Snapshot& snapshot,
                                                     const AnalysisParameters& parameters) {
    const auto key = std::to_string(snapshot.revision.number) + '?' + parameters.canonical_query();
    return context.hotspots->get(key, [&] {
        return std::make_shared<const HotspotResult>(compute_hotspots(snapshot, parameters));
    });
}

} // namespace hotspots::service
