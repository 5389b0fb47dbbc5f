#include "service/isoband_result.hpp"

#include "geo/crs.hpp"
#include "geo/geos.hpp"
#include "geo/isobands.hpp"
#include "service/app.hpp"
#include "service/density_result.hpp"
#include "tiles/geojson.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace hotspots::service {

namespace {

std::vector<double> levels_of(const AnalysisParameters& parameters,
                              const std::vector<double>& ascending_values) {
    if (!parameters.levels_per_km2.empty()) {
        return parameters.levels_per_km2;
    }
    if (!parameters.quantiles.empty()) {
        return geo::quantile_levels(ascending_values, parameters.quantiles);
    }
    return ascending_values.empty()
               ? std::vector<double>()
               : geo::round_levels(ascending_values.back(), default_level_count);
}

void round_to_steps(geo::Ring<geo::LonLat>& ring) {
    constexpr double steps_per_degree = tiles::coordinate_steps_per_deg;
    for (auto& point : ring) {
        point.lon_deg = std::round(point.lon_deg * steps_per_degree) / steps_per_degree;
        point.lat_deg = std::round(point.lat_deg * steps_per_degree) / steps_per_degree;
    }
}

// Neighbouring bands share rings, and rounding moves a vertex alike in both; where it closes a gap
// between two rings, GEOS's snap rounding makes the band valid again.
geo::MultiPolygon<geo::LonLat> as_served(const geo::MultiPolygon<geo::BngPoint>& outline) {
    auto degrees = geo::to_lon_lat(outline);
    auto served = degrees;
    for (auto& polygon : served) {
        round_to_steps(polygon.exterior);
        for (auto& hole : polygon.holes) {
            round_to_steps(hole);
        }
    }
    return geo::is_valid(served) ? served
                                 : geo::snap_to_grid(degrees, 1 / tiles::coordinate_steps_per_deg);
}

DrawnBand to_drawn(const geo::Isoband& band) {
    DrawnBand drawn{band.from_per_km2,
                    band.to_per_km2,
                    geo::area_km2(band.outline),
                    as_served(band.outline),
                    {}};
    drawn.bounds = geo::bounds(drawn.outline);
    return drawn;
}

} // namespace

IsobandResult compute_isobands(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                               const DensityResult& density) {
    IsobandResult result;
    result.selection = density.selection;
    result.too_uncertain = density.too_uncertain;
    result.on_default_points = density.on_default_points;
    result.cell_m = density.raster.grid.cell_m;
    const auto values = geo::values_above_zero(density.raster, snapshot.study_area);
    result.peak_per_km2 = values.empty() ? 0 : values.back();
    result.levels_per_km2 = levels_of(parameters, values);
    if (result.levels_per_km2.empty()) {
        return result;
    }
    for (const auto& band :
         geo::isobands_in(snapshot.study_area, density.raster, result.levels_per_km2)) {
        auto drawn = to_drawn(band);
        if (!drawn.outline.empty()) {
            result.bands.push_back(std::move(drawn));
        }
    }
    return result;
}

std::shared_ptr<const IsobandResult> shared_isobands(const AppContext& context,
                                                     const data::Snapshot& snapshot,
                                                     const AnalysisParameters& parameters) {
    const auto key = std::to_string(snapshot.revision.number) + '?' + parameters.canonical_query();
    return context.isobands->get(key, [&] {
        const auto density = shared_density(context, snapshot, parameters);
        return std::make_shared<const IsobandResult>(
            compute_isobands(snapshot, parameters, *density));
    });
}

} // namespace hotspots::service
