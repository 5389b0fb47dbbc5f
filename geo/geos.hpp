// The GEOS operations that we use, on our own geometry types. The only file that includes geos_c.h.
// Each thread has its own GEOS context. Functions throw GeometryError with GEOS's message.
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

double area_km2(const MultiPolygon<BngPoint>& polygons);
double boundary_length_m(const MultiPolygon<BngPoint>& polygons);

// One cell per site, in the order of the sites, clipped to `extent`. Sites must differ.
std::vector<MultiPolygon<BngPoint>> voronoi(std::span<const BngPoint> sites,
                                            const MultiPolygon<BngPoint>& extent);

// A point inside the polygons, for labels. Precondition: not empty.
BngPoint point_on_surface(const MultiPolygon<BngPoint>& polygons);

// Point-in-polygon over many areas with prepared geometry and a tree of their bounds. A point on a
// shared boundary belongs to the first area in the given order. Belongs to one thread.
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
