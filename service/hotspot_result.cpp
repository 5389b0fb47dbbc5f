#include "service/hotspot_result.hpp"

#include "geo/crs.hpp"
#include "geo/stop.hpp"
#include "service/app.hpp"
#include "service/density_result.hpp"
#include "service/hotspot_labels.hpp"

#include <string>

namespace hotspots::service {

namespace {

DrawnHotspot to_drawn(const geo::Hotspot& hotspot, const DensityResult& density) {
    DrawnHotspot drawn;
    drawn.area_km2 = hotspot.area_km2;
    drawn.peak_per_km2 = hotspot.peak_per_km2;
    drawn.peak_at = hotspot.peak_at;
    drawn.incidents.reserve(hotspot.events.size());
    for (const auto event : hotspot.events) {
        drawn.incidents.push_back(density.incident[event]);
    }
    drawn.outline = geo::to_lon_lat(hotspot.outline);
    drawn.outline_bng = hotspot.outline;
    drawn.bounds = geo::bounds(drawn.outline);
    return drawn;
}

} // namespace

geo::HotspotRule hotspot_rule(const AnalysisParameters& parameters) {
    geo::HotspotRule rule;
    rule.top_percent = parameters.top_percent;
    rule.kernel = parameters.kernel;
    rule.bandwidth_m = parameters.bandwidth_m;
    return rule;
}

HotspotResult compute_hotspots(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                               const DensityResult& density) {
    HotspotResult result;
    result.selection = density.selection;
    result.too_uncertain = density.too_uncertain;
    result.on_default_points = density.on_default_points;
    result.cell_m = density.raster.grid.cell_m;
    const auto found = geo::find_hotspots(density.points, density.raster, snapshot.study_area,
                                          hotspot_rule(parameters));

    result.level_per_km2 = found.level_per_km2;
    result.floor_reached = found.floor_reached;
    result.not_drawn = static_cast<std::int64_t>(found.not_drawn);
    result.not_drawn_incidents = static_cast<std::int64_t>(found.events_not_drawn);
    HotspotLabels labels(snapshot);
    for (const auto& hotspot : found.hotspots) {
        geo::stop_if_asked();
        auto& drawn = result.hotspots.emplace_back(to_drawn(hotspot, density));
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
        const auto density = shared_density(context, snapshot, parameters);
        return std::make_shared<const HotspotResult>(
            compute_hotspots(snapshot, parameters, *density));
    });
}

} // namespace hotspots::service
