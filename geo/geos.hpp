// The GEOS operations that we use, on our own geometry types. Each thread has its own GEOS context.
// Functions throw GeometryError with GEOS's message, and for rings that are not closed or not
// finite.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace hotspots::geo {

class GeometryError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Instantiated for LonLat, BngPoint and MercatorPoint.
template <class Point>
bool is_valid(const MultiPolygon<Point>& polygons);
// Valid polygons with the same area covered (GEOS 'structure' method); lower dimensions dropped.
template <class Point>
MultiPolygon<Point> make_valid(const MultiPolygon<Point>& polygons);
template <class Point>
MultiPolygon<Point> intersection(const MultiPolygon<Point>& a, const MultiPolygon<Point>& b);
template <class Point>
MultiPolygon<Point> unite(std::span<const MultiPolygon<Point>> parts);
template <class Point>
MultiPolygon<Point> simplify_preserving_topology(const MultiPolygon<Point>& polygons,
                                                 double tolerance);
// Every vertex on a multiple of `step`, the result valid (snap rounding); what collapses is
// dropped.
template <class Point>
MultiPolygon<Point> snap_to_grid(const MultiPolygon<Point>& polygons, double step);

// The part of each polygon that lies in `mask`, in their order; empty where there is none. A
// polygon wholly inside comes back as it is, so only those across the mask's boundary cost an
// overlay. Precondition: polygons and mask are valid.
std::vector<MultiPolygon<BngPoint>> clip_each(const MultiPolygon<BngPoint>& polygons,
                                              const MultiPolygon<BngPoint>& mask);

// The part of all of them that lies in `mask`, with one overlay for those across its boundary;
// those wholly inside come back as they are, first. Precondition: polygons (as one geometry) and
// mask are valid.
MultiPolygon<BngPoint> clip(const MultiPolygon<BngPoint>& polygons,
                            const MultiPolygon<BngPoint>& mask);

double area_km2(const MultiPolygon<BngPoint>& polygons);
double boundary_length_m(const MultiPolygon<BngPoint>& polygons);

// One cell per site, in the order of the sites, clipped to `extent`. Throws GeometryError unless
// all sites differ.
std::vector<MultiPolygon<BngPoint>> voronoi(std::span<const BngPoint> sites,
                                            const MultiPolygon<BngPoint>& extent);

// A point inside the polygons, for labels. Throws GeometryError for an empty geometry.
BngPoint point_on_surface(const MultiPolygon<BngPoint>& polygons);

// Point-in-polygon over many areas with prepared geometry and a tree of their bounds. A point on a
// shared boundary belongs to the first area in the given order. May move to another thread, but
// serves one at a time: GEOS builds its trees on the first question.
class AreaIndex {
public:
    explicit AreaIndex(std::span<const MultiPolygon<BngPoint>> areas);
    AreaIndex(AreaIndex&&) noexcept;
    AreaIndex& operator=(AreaIndex&&) noexcept;
    ~AreaIndex();

    std::optional<std::size_t> find(const BngPoint& point) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hotspots::geo
