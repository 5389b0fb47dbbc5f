// How two geometries of any kind lie to each other: the predicates of OGC 06-103r4, 6.1.15, by
// GEOS. Planar in degrees: an edge is a straight line between longitudes and latitudes.
#pragma once

#include "geo/any_geometry.hpp"
#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace hotspots::geo {

enum class SpatialRelation : std::uint8_t {
    intersects,
    equals,
    disjoint,
    touches,
    within,
    overlaps,
    crosses,
    contains
};

// What bounds alone tell; empty where the geometries themselves must be asked.
std::optional<bool> relation_by_bounds(SpatialRelation relation, const Box<LonLat>& a,
                                       const Box<LonLat>& b);

// A geometry to ask. Belongs to the thread that made it.
class Shape {
public:
    explicit Shape(const LonLat& point);
    // The constructors throw GeometryError for rings that are not closed, too short or not finite,
    // and for lines of one point.
    explicit Shape(const MultiPolygon<LonLat>& polygons);
    explicit Shape(const AnyGeometry<LonLat>& geometry);
    Shape(Shape&&) noexcept;
    Shape& operator=(Shape&&) noexcept;
    ~Shape();

    const Box<LonLat>& bounds() const; // the default box where empty
    // Why it is not valid, e.g. "Self-intersection[1 1]"; empty if it is.
    std::string fault() const;
    // Makes questions about it faster, where many are to come.
    void prepare();
    // Whether this is within `other`, touches it and so on. A mixed collection is the union of its
    // members: its interior is that of any, its dimension the highest. Where GEOS stumbles over an
    // invalid geometry, both are made valid first. Throws GeometryError.
    bool relates(SpatialRelation relation, const Shape& other) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hotspots::geo
