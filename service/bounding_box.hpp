// The `bbox` parameter with its `bbox-crs` (OGC API - Features Part 1, 7.15.3, and Part 2, 6.2),
// and which geometries touch a box. A feature is tested in the box's own system, at its coordinates
// as they are served in it: what a client finds in the box when it has them all is what it gets.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "service/coordinate_systems.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

struct PlanarBox {
    PlanarPoint min;
    PlanarPoint max;
};

class QueryBox {
public:
    // Longitudes and latitudes as they are, not rounded: for tiles.
    QueryBox(const geo::Box<geo::LonLat>& box); // NOLINT(google-explicit-constructor)
    // A box of degrees whose min.x is beyond its max.x lies across the antimeridian.
    QueryBox(const PlanarBox& box, filter::Crs crs);

    // Whether the point lies in the box, its edges included.
    bool holds(const geo::LonLat& point) const;
    // Whether the polygons and the box share a point. Edges are straight in the box's system.
    // O(vertices); may throw std::domain_error where the system does not reach them.
    bool touches(const geo::MultiPolygon<geo::LonLat>& polygons) const;
    // False where nothing within the bounds, which do not cross the antimeridian, touches the box.
    bool may_touch(const geo::Box<geo::LonLat>& bounds) const;

    // One, or the two on either side of the antimeridian. All that the box holds lies in a `hull`;
    // all that lies in a `core`, which may be empty, is in the box.
    struct Side {
        PlanarBox box;
        geo::Box<geo::LonLat> hull;
        geo::Box<geo::LonLat> core;
    };
    const std::vector<Side>& sides() const { return m_sides; }
    // As the parameter is written; parse_bbox reads it to the same box.
    std::string text() const;
    filter::Crs crs() const { return m_crs; }

private:
    filter::Crs m_crs = filter::Crs::crs84;
    bool m_rounds = true;
    PlanarBox m_box;
    std::vector<Side> m_sides;
};

// Four numbers in the system's axis order, lower corner first: west,south,east,north in CRS84, in
// EPSG:4326 south,west,north,east. A west beyond the east is a box across the antimeridian. Of six
// numbers the third and sixth are heights, which features here do not have; they are checked and
// left out. In metres a box may reach beyond its system's area. Throws Problem.
QueryBox parse_bbox(std::string_view text, filter::Crs crs = filter::Crs::crs84);

} // namespace hotspots::service
