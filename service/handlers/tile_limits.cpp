#include "service/handlers/tile_limits.hpp"

namespace hotspots::service {

geo::Box<geo::LonLat> tiled_area(const data::Snapshot& snapshot) {
    geo::Box<geo::LonLat> box;
    for (const auto& ward : snapshot.wards) {
        const auto bounds = geo::bounds(ward.outline);
        box.extend(bounds.min);
        box.extend(bounds.max);
    }
    return box;
}

TileLimits tile_limits(const Collection& collection, const geo::Box<geo::LonLat>& area, int zoom) {
    const auto last = static_cast<std::uint32_t>((std::uint64_t{1} << zoom) - 1);
    if (area.empty() || collection.find == find_incidents || collection.find == find_gazetteer) {
        return {0, last, 0, last};
    }
    const auto north_west = tiles::tile_at({area.min.lon_deg, area.max.lat_deg}, zoom);
    const auto south_east = tiles::tile_at({area.max.lon_deg, area.min.lat_deg}, zoom);
    return {north_west.y, south_east.y, north_west.x, south_east.x};
}

} // namespace hotspots::service
