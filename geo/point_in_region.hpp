// Which points lie in a region, and which cells: even-odd crossing counts on plain vectors, for a
// few regions and many points. For many areas and single points see AreaIndex in geo/geos.hpp.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

// True inside the closed ring. On the boundary exactly one of two rings that share it holds the
// point (the one to the east or north). O(vertices).
template <class Point>
bool contains(const Ring<Point>& ring, const Point& point) {
    bool inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const bool upward = y_of(ring[i - 1]) < y_of(ring[i]);
        // From the lower end, so that both neighbours of a shared edge round alike.
        const Point& low = upward ? ring[i - 1] : ring[i];
        const Point& high = upward ? ring[i] : ring[i - 1];
        if (y_of(low) <= y_of(point) && y_of(point) < y_of(high)) {
            const double t = (y_of(point) - y_of(low)) / (y_of(high) - y_of(low));
            if (x_of(low) + t * (x_of(high) - x_of(low)) <= x_of(point)) {
                inside = !inside;
            }
        }
    }
    return inside;
}

// Holes are outside.
template <class Point>
bool contains(const Polygon<Point>& polygon, const Point& point) {
    return contains(polygon.exterior, point) &&
           std::ranges::none_of(polygon.holes,
                                [&](const auto& hole) { return contains(hole, point); });
}

// Points ordered from south to north, so that a region looks only at those of its own rows.
// Keeps a copy; immutable, so many threads may ask. A point that is not finite is in no region.
class PointsByNorthing {
public:
    explicit PointsByNorthing(std::span<const BngPoint> points);

    // Indexes of the points in the polygon, ascending. Boundary as in `contains`.
    std::vector<std::uint32_t> in(const Polygon<BngPoint>& polygon) const;

private:
    struct Entry {
        BngPoint point;
        std::uint32_t index = 0;
    };
    std::vector<Entry> m_entries;
};

// A run of cells first..last-1 of one row.
struct CellRun {
    int row = 0;
    int first = 0;
    int last = 0;
    friend bool operator==(const CellRun&, const CellRun&) = default;
};

// The cells whose centre lies in the polygons, by rows from the south, then from the west.
// Precondition: the polygons do not overlap. O(vertices + rows crossed by each edge).
std::vector<CellRun> cells_in(const MultiPolygon<BngPoint>& polygons, const GridSpec& grid);

} // namespace hotspots::geo
