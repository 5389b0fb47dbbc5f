// Hotspots: polygons where density is above the level that the hottest `top` percent of the study
// area share, never below three times a single event's own peak; polygons of fewer than five events
// are counted, not drawn. Ranked by events.
#pragma once

#include "geo/density.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"
#include "geo/point_in_region.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

struct HotspotRule {
    double top_percent = 0.25; // of the study area
    Kernel kernel = Kernel::quartic;
    double bandwidth_m = 300;
    double floor_peaks = 3; // the level is at least so many single-event peaks
    std::size_t minimum_events = 5;
};

struct Hotspot {
    MultiPolygon<BngPoint> outline; // one connected region, clipped to the study area
    double area_km2 = 0;
    double peak_per_km2 = 0; // highest raster value whose cell centre lies in it; the level and a
    BngPoint peak_at;        // point inside where it holds no centre. That cell's centre
    std::vector<std::uint32_t> events; // indexes into the points, ascending
};

struct HotspotSet {
    double level_per_km2 = 0;
    bool floor_reached = false;       // true where the floor, not `top_percent`, set the level
    std::vector<Hotspot> hotspots;    // most events first, then higher peak, then south-west
    std::size_t not_drawn = 0;        // regions of fewer than minimum_events
    std::size_t events_not_drawn = 0; // the events in them
};

// The level alone. `area`: the cells whose centre lies in the study area (cells_in). Throws
// std::invalid_argument for a bad rule or where there is none of them.
double hotspot_level(const Raster& raster, std::span<const CellRun> area, const HotspotRule& rule);

// `raster` is the density of `points`, with cells over the whole of `study_area`.
// The share of the area is measured on cells whose centre lies in the study area.
HotspotSet find_hotspots(std::span<const BngPoint> points, const Raster& raster,
                         const MultiPolygon<BngPoint>& study_area, const HotspotRule& rule);

} // namespace hotspots::geo
