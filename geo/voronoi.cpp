#include "geo/geos.hpp"
#include "geo/geos_handles.hpp"
#include "geo/point_in_region.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace hotspots::geo {

using namespace geos;

std::vector<MultiPolygon<BngPoint>> voronoi(std::span<const BngPoint> sites,
                                            const MultiPolygon<BngPoint>& extent) {
    if (sites.empty()) {
        return {};
    }
    const auto& context = thread_context();
    std::vector<Geometry> points;
    for (const auto& site : sites) {
        points.push_back(to_geos(context, site));
    }
    const auto all = collect(context, GEOS_MULTIPOINT, std::move(points));
    const auto frame = to_geos(context, extent);
    const auto diagram = own<Geometry>(
        context, GEOSVoronoiDiagram_r(context.get(), all.get(), frame.get(), 0, 0), "Voronoi");
    const auto cells = from_geos<BngPoint>(context, diagram);
    // GEOS gives the cells in an order of its own.
    MultiPolygon<BngPoint> ordered;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const auto cell = std::ranges::find_if(
            cells, [&](const auto& polygon) { return contains(polygon, sites[i]); });
        if (cell == cells.end() || cells.size() != sites.size()) {
            throw GeometryError("geometry: Voronoi gave " + std::to_string(cells.size()) +
                                " cells for " + std::to_string(sites.size()) +
                                " sites, of which all must differ");
        }
        ordered.push_back(*cell);
    }
    return clip_each(ordered, extent);
}

} // namespace hotspots::geo
