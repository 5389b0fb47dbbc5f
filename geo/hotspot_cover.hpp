// How much of each of some hotspots other regions cover: for geo/stability.
#pragma once

#include "geo/geometry.hpp"
#include "geo/grid.hpp"
#include "geo/hotspots.hpp"
#include "geo/point_in_region.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

// Area is measured on cells a quarter of the density's side: those whose centre lies in both. A
// hotspot that holds no such centre is taken as the place of its peak. Immutable.
class HotspotCover {
public:
    // Cells covered, one number a hotspot. Begin with zeros().
    using Counts = std::vector<std::uint64_t>;

    // `grid` is that of the hotspots' density.
    HotspotCover(std::span<const Hotspot> hotspots, const GridSpec& grid);

    Counts zeros() const { return Counts(m_targets.size()); }
    // False where the polygon covers nothing of any hotspot.
    bool may_touch(const Polygon<BngPoint>& polygon) const;
    // Adds what the polygon covers. Polygons that are added one after the other do not overlap.
    void add(const Polygon<BngPoint>& polygon, Counts& covered) const;
    // Whether at least half of the hotspot is covered.
    bool half(std::size_t hotspot, const Counts& covered) const;

private:
    struct Target {
        Box<BngPoint> box;
        std::vector<CellRun> runs; // empty where the hotspot holds no centre
        std::uint64_t cells = 0;   // 1 where it holds none
        BngPoint peak_at;
    };
    GridSpec m_fine;
    std::vector<Target> m_targets;
};

} // namespace hotspots::geo
