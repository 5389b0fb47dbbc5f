#include "geo/hotspots.hpp"

#include "geo/contour.hpp"
#include "geo/geos.hpp"
#include "geo/require.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace hotspots::geo {

namespace {

void check_hotspots(const Raster& raster, const HotspotRule& rule) {
    require("hotspots", rule.top_percent > 0 && rule.top_percent <= 100, "top_percent",
            rule.top_percent, "above 0 and at most 100");
    require("hotspots", rule.floor_peaks > 0 && std::isfinite(rule.floor_peaks), "floor_peaks",
            rule.floor_peaks, "above 0");
    require("hotspots", raster.values.size() == raster.grid.size(), "the number of values",
            static_cast<double>(raster.values.size()), "one a cell of the grid");
}

double floor_of(const HotspotRule& rule) {
    return rule.floor_peaks * kernel_peak_per_km2(rule.kernel, rule.bandwidth_m);
}

Hotspot measure(Polygon<BngPoint> polygon, const Raster& raster, double level_per_km2,
                std::vector<std::uint32_t> events) {
    Hotspot hotspot;
    hotspot.outline.push_back(std::move(polygon));
    hotspot.area_km2 = area_km2(hotspot.outline);
    hotspot.events = std::move(events);
    bool found = false;
    for (const auto& run : cells_in(hotspot.outline, raster.grid)) {
        for (int column = run.first; column < run.last; ++column) {
            const CellIndex cell{column, run.row};
            const double density = raster.values[raster.grid.offset(cell)];
            if (!found || density > hotspot.peak_per_km2) {
                hotspot.peak_per_km2 = density;
                hotspot.peak_at = raster.grid.centre(cell);
                found = true;
            }
        }
    }
    if (!found) {
        hotspot.peak_per_km2 = level_per_km2;
        hotspot.peak_at = point_on_surface(hotspot.outline);
    }
    return hotspot;
}

void rank(std::vector<Hotspot>& hotspots) {
    const auto key = [](const Hotspot& hotspot) {
        const auto box = bounds(hotspot.outline);
        return std::tuple(-static_cast<double>(hotspot.events.size()), -hotspot.peak_per_km2,
                          box.min.northing_m, box.min.easting_m);
    };
    std::ranges::stable_sort(hotspots, {}, key);
}

} // namespace

// The density of the last cell within the hottest `top_percent` of the study area's cells, or
// the floor where that is not above it. Where the hottest cells of all tie at that density, the
// next lower one: nothing would lie above the level else.
double hotspot_level(const Raster& raster, std::span<const CellRun> area, const HotspotRule& rule) {
    check_hotspots(raster, rule);
    const double floor_per_km2 = floor_of(rule);
    std::size_t cells = 0;
    std::vector<double> densities; // only those above the floor can set the level
    for (const auto& run : area) {
        cells += static_cast<std::size_t>(run.last - run.first);
        const double* const row = raster.values.data() + raster.grid.offset({0, run.row});
        std::copy_if(row + run.first, row + run.last, std::back_inserter(densities),
                     [floor_per_km2](double density) { return density > floor_per_km2; });
    }
    if (cells == 0) {
        throw std::invalid_argument("hotspots: no cell centre lies in the study area: its raster "
                                    "must cover it with cells smaller than the area");
    }
    const double share = std::floor(static_cast<double>(cells) * rule.top_percent / 100);
    const auto hottest = std::max<std::size_t>(static_cast<std::size_t>(share), 1);
    if (hottest > densities.size()) {
        return floor_per_km2;
    }
    const auto last = densities.begin() + static_cast<std::ptrdiff_t>(hottest - 1);
    std::ranges::nth_element(densities, last, std::greater{});
    const double level = *last;
    if (level < *std::max_element(densities.begin(), last + 1)) {
        return level;
    }
    double lower = floor_per_km2;
    for (const double density : densities) {
        lower = density < level ? std::max(lower, density) : lower;
    }
    return lower;
}

HotspotSet find_hotspots(std::span<const BngPoint> points, const Raster& raster,
                         const MultiPolygon<BngPoint>& study_area, const HotspotRule& rule) {
    if (study_area.empty()) {
        throw std::invalid_argument(
            "hotspots: the study area is empty, must hold at least one polygon");
    }
    HotspotSet result;
    result.level_per_km2 = hotspot_level(raster, cells_in(study_area, raster.grid), rule);
    result.floor_reached = result.level_per_km2 == floor_of(rule);

    const PointsByNorthing sorted_points(points);
    const auto regions = region_above(raster, result.level_per_km2);
    for (auto& parts : clip_each(regions, study_area)) {
        for (auto& polygon : parts) {
            stop_if_asked();
            auto events = sorted_points.in(polygon);
            if (events.size() < rule.minimum_events) {
                ++result.not_drawn;
                result.events_not_drawn += events.size();
            } else {
                result.hotspots.push_back(
                    measure(std::move(polygon), raster, result.level_per_km2, std::move(events)));
            }
        }
    }
    rank(result.hotspots);
    return result;
}

} // namespace hotspots::geo
