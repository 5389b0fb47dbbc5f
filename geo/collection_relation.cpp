#include "geo/collection_relation.hpp"

#include <vector>

namespace hotspots::geo::geos {

namespace {

// What is no collection, or the members of one, however deep.
void append_members(const Context& context, const GEOSGeometry* geometry,
                    std::vector<const GEOSGeometry*>& out) {
    const auto handle = context.get();
    if (GEOSGeomTypeId_r(handle, geometry) != GEOS_GEOMETRYCOLLECTION) {
        if (GEOSisEmpty_r(handle, geometry) == 0) {
            out.push_back(geometry);
        }
        return;
    }
    const int parts = GEOSGetNumGeometries_r(handle, geometry);
    for (int i = 0; i < parts; ++i) {
        append_members(context, GEOSGetGeometryN_r(handle, geometry, i), out);
    }
}

// The union of a geometry as members that share no interior: polygons, then lines outside them,
// then points outside both (GEOSUnaryUnion).
class Members {
public:
    Members(const Context& context, const GEOSGeometry* geometry)
        : m_context(context),
          m_union(own<Geometry>(context, GEOSUnaryUnion_r(context.get(), geometry), "the union")) {
        append_members(context, m_union.get(), m_list);
    }
    const std::vector<const GEOSGeometry*>& list() const { return m_list; }
    int dimension() const {
        int most = -1;
        for (const auto* member : m_list) {
            most = std::max(most, GEOSGeom_getDimensions_r(m_context.get(), member));
        }
        return most;
    }

private:
    const Context& m_context;
    Geometry m_union;
    std::vector<const GEOSGeometry*> m_list;
};

bool any_pair(const Context& context, const Members& a, const Members& b, const char* pattern) {
    for (const auto* left : a.list()) {
        for (const auto* right : b.list()) {
            if (decided(context, GEOSRelatePattern_r(context.get(), left, right, pattern),
                        "a spatial predicate")) {
                return true;
            }
        }
    }
    return false;
}

bool intersect(const Context& context, const Members& a, const Members& b) {
    for (const auto* left : a.list()) {
        for (const auto* right : b.list()) {
            if (decided(context, GEOSIntersects_r(context.get(), left, right),
                        "a spatial predicate")) {
                return true;
            }
        }
    }
    return false;
}

// Whether nothing of `a` lies outside `b`.
bool is_covered(const Context& context, const Members& a, const Members& b) {
    const auto handle = context.get();
    for (const auto* member : a.list()) {
        auto rest = own<Geometry>(context, GEOSGeom_clone_r(handle, member), "a copy");
        for (const auto* cover : b.list()) {
            if (GEOSisEmpty_r(handle, rest.get()) == 0) {
                rest = own<Geometry>(context, GEOSDifference_r(handle, rest.get(), cover),
                                     "the difference");
            }
        }
        if (GEOSisEmpty_r(handle, rest.get()) == 0) {
            return false;
        }
    }
    return true;
}

bool overlap(const Context& context, const Members& a, const Members& b) {
    static constexpr const char* of_points = "0********";
    static constexpr const char* of_lines = "1********";
    static constexpr const char* of_areas = "2********";
    const int dimension = a.dimension();
    if (dimension != b.dimension()) {
        return false;
    }
    const char* pattern = dimension == 0 ? of_points : dimension == 1 ? of_lines : of_areas;
    return any_pair(context, a, b, pattern) && !is_covered(context, a, b) &&
           !is_covered(context, b, a);
}

bool cross(const Context& context, const Members& a, const Members& b) {
    if (a.dimension() == b.dimension()) {
        // Two lines that meet in points of their interiors, and nowhere along a stretch.
        return a.dimension() == 1 && any_pair(context, a, b, "0********") &&
               !any_pair(context, a, b, "1********");
    }
    const auto& low = a.dimension() < b.dimension() ? a : b;
    const auto& high = a.dimension() < b.dimension() ? b : a;
    return any_pair(context, a, b, "T********") && !is_covered(context, low, high);
}

} // namespace

char ask(GEOSContextHandle_t handle, SpatialRelation relation, const GEOSGeometry* a,
         const GEOSGeometry* b) {
    switch (relation) {
    case SpatialRelation::intersects:
        return GEOSIntersects_r(handle, a, b);
    case SpatialRelation::equals:
        return GEOSEquals_r(handle, a, b);
    case SpatialRelation::disjoint:
        return GEOSDisjoint_r(handle, a, b);
    case SpatialRelation::touches:
        return GEOSTouches_r(handle, a, b);
    case SpatialRelation::within:
        return GEOSWithin_r(handle, a, b);
    case SpatialRelation::overlaps:
        return GEOSOverlaps_r(handle, a, b);
    case SpatialRelation::crosses:
        return GEOSCrosses_r(handle, a, b);
    case SpatialRelation::contains:
        break;
    }
    return GEOSContains_r(handle, a, b);
}

bool relates_as_collection(const Context& context, SpatialRelation relation, const GEOSGeometry* a,
                           const GEOSGeometry* b) {
    static constexpr const char* interiors_meet = "T********";
    const Members left(context, a);
    const Members right(context, b);
    if (left.list().size() == 1 && right.list().size() == 1) {
        return decided(context,
                       ask(context.get(), relation, left.list().front(), right.list().front()),
                       "a spatial predicate");
    }
    switch (relation) {
    case SpatialRelation::intersects:
        return intersect(context, left, right);
    case SpatialRelation::disjoint:
        return !intersect(context, left, right);
    case SpatialRelation::touches:
        return intersect(context, left, right) && !any_pair(context, left, right, interiors_meet);
    case SpatialRelation::within:
        return any_pair(context, left, right, interiors_meet) && is_covered(context, left, right);
    case SpatialRelation::contains:
        return any_pair(context, left, right, interiors_meet) && is_covered(context, right, left);
    case SpatialRelation::equals:
        return is_covered(context, left, right) && is_covered(context, right, left);
    case SpatialRelation::overlaps:
        return overlap(context, left, right);
    case SpatialRelation::crosses:
        break;
    }
    return cross(context, left, right);
}

} // namespace hotspots::geo::geos
