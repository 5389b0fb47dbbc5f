#include "geo/spatial_relation.hpp"

#include "geo/collection_relation.hpp"
#include "geo/geos_handles.hpp"

#include <utility>

namespace hotspots::geo {

using namespace geos;

namespace {

using Tree = AnyGeometry<LonLat>;

Sequence to_sequence(const Context& context, const std::vector<LonLat>& points) {
    if (std::ranges::any_of(
            points, [](const LonLat& p) { return !std::isfinite(p.lon_deg + p.lat_deg); })) {
        throw GeometryError("geometry: a coordinate is not finite");
    }
    auto sequence = own<Sequence>(
        context, GEOSCoordSeq_create_r(context.get(), static_cast<unsigned>(points.size()), 2),
        "making a line");
    for (unsigned i = 0; i < points.size(); ++i) {
        GEOSCoordSeq_setXY_r(context.get(), sequence.get(), i, points[i].lon_deg,
                             points[i].lat_deg);
    }
    return sequence;
}

Geometry to_geometry(const Context& context, const Tree& tree);

Geometry to_line(const Context& context, const std::vector<LonLat>& points) {
    if (points.size() < 2) {
        throw GeometryError("geometry: a line of " + std::to_string(points.size()) +
                            " points, must have at least 2");
    }
    return own<Geometry>(
        context, GEOSGeom_createLineString_r(context.get(), to_sequence(context, points).release()),
        "making a line");
}

Geometry to_polygon(const Context& context, const Tree& tree) {
    Polygon<LonLat> polygon;
    for (std::size_t i = 0; i < tree.parts.size(); ++i) {
        auto& ring = i == 0 ? polygon.exterior : polygon.holes.emplace_back();
        ring = tree.parts[i].points;
    }
    return to_geos(context, polygon);
}

Geometry to_collection(const Context& context, const Tree& tree, int type) {
    std::vector<Geometry> parts;
    for (const auto& part : tree.parts) {
        parts.push_back(to_geometry(context, part));
    }
    return collect(context, type, std::move(parts));
}

Geometry to_geometry(const Context& context, const Tree& tree) {
    switch (tree.kind) {
    case GeometryKind::point:
        if (tree.points.size() != 1) {
            throw GeometryError("geometry: a point must have one position");
        }
        return own<Geometry>(
            context,
            GEOSGeom_createPoint_r(context.get(), to_sequence(context, tree.points).release()),
            "making a point");
    case GeometryKind::line_string:
        return to_line(context, tree.points);
    case GeometryKind::polygon:
        return to_polygon(context, tree);
    case GeometryKind::multi_point:
        return to_collection(context, tree, GEOS_MULTIPOINT);
    case GeometryKind::multi_line_string:
        return to_collection(context, tree, GEOS_MULTILINESTRING);
    case GeometryKind::multi_polygon:
        return to_collection(context, tree, GEOS_MULTIPOLYGON);
    case GeometryKind::collection:
        break;
    }
    return to_collection(context, tree, GEOS_GEOMETRYCOLLECTION);
}

Box<LonLat> bounds_of(const Context& context, const GEOSGeometry* geometry) {
    Box<LonLat> box;
    const auto handle = context.get();
    if (GEOSisEmpty_r(handle, geometry) == 0) {
        GEOSGeom_getXMin_r(handle, geometry, &box.min.lon_deg);
        GEOSGeom_getYMin_r(handle, geometry, &box.min.lat_deg);
        GEOSGeom_getXMax_r(handle, geometry, &box.max.lon_deg);
        GEOSGeom_getYMax_r(handle, geometry, &box.max.lat_deg);
    }
    return box;
}

SpatialRelation turned(SpatialRelation relation) {
    switch (relation) {
    case SpatialRelation::within:
        return SpatialRelation::contains;
    case SpatialRelation::contains:
        return SpatialRelation::within;
    default:
        return relation; // the others say the same of b and a
    }
}

char ask_prepared(GEOSContextHandle_t handle, SpatialRelation relation,
                  const GEOSPreparedGeometry* a, const GEOSGeometry* b) {
    switch (relation) {
    case SpatialRelation::intersects:
        return GEOSPreparedIntersects_r(handle, a, b);
    case SpatialRelation::disjoint:
        return GEOSPreparedDisjoint_r(handle, a, b);
    case SpatialRelation::touches:
        return GEOSPreparedTouches_r(handle, a, b);
    case SpatialRelation::within:
        return GEOSPreparedWithin_r(handle, a, b);
    case SpatialRelation::overlaps:
        return GEOSPreparedOverlaps_r(handle, a, b);
    case SpatialRelation::crosses:
        return GEOSPreparedCrosses_r(handle, a, b);
    case SpatialRelation::contains:
        return GEOSPreparedContains_r(handle, a, b);
    case SpatialRelation::equals:
        break;
    }
    return 2; // there is no such question: see Shape::relates
}

Geometry made_valid(const Context& context, const Geometry& geometry) {
    return own<Geometry>(context, GEOSMakeValid_r(context.get(), geometry.get()),
                         "making geometry valid");
}

} // namespace

struct Shape::State {
    explicit State(Geometry made)
        : geometry(std::move(made)), box(bounds_of(thread_context(), geometry.get())),
          is_collection(GEOSGeomTypeId_r(thread_context().get(), geometry.get()) ==
                        GEOS_GEOMETRYCOLLECTION) {}

    Geometry geometry;
    Prepared prepared; // refers to `geometry`; null unless asked for
    Box<LonLat> box;
    bool is_collection;
};

std::optional<bool> relation_by_bounds(SpatialRelation relation, const Box<LonLat>& a,
                                       const Box<LonLat>& b) {
    if (!a.empty() && !b.empty() && a.intersects(b)) {
        return std::nullopt;
    }
    // Two empty geometries are equal to none: nothing of them is known to coincide.
    return relation == SpatialRelation::disjoint;
}

Shape::Shape(const LonLat& point)
    : m_state(std::make_unique<State>(own<Geometry>(
          thread_context(),
          GEOSGeom_createPointFromXY_r(thread_context().get(), point.lon_deg, point.lat_deg),
          "making a point"))) {}

Shape::Shape(const MultiPolygon<LonLat>& polygons)
    : m_state(std::make_unique<State>(to_geos(thread_context(), polygons))) {}

Shape::Shape(const AnyGeometry<LonLat>& geometry)
    : m_state(std::make_unique<State>(to_geometry(thread_context(), geometry))) {}

Shape::Shape(Shape&&) noexcept = default;
Shape& Shape::operator=(Shape&&) noexcept = default;
Shape::~Shape() = default;

const Box<LonLat>& Shape::bounds() const {
    return m_state->box;
}

std::string Shape::fault() const {
    const auto& context = thread_context();
    if (decided(context, GEOSisValid_r(context.get(), m_state->geometry.get()),
                "the validity test")) {
        return {};
    }
    char* reason = GEOSisValidReason_r(context.get(), m_state->geometry.get());
    if (!reason) {
        context.fail("the validity test");
    }
    std::string text(reason);
    GEOSFree_r(context.get(), reason);
    return text;
}

void Shape::prepare() {
    if (!m_state->is_collection) {
        const auto& context = thread_context();
        m_state->prepared = own<Prepared>(
            context, GEOSPrepare_r(context.get(), m_state->geometry.get()), "preparing a geometry");
    }
}

bool Shape::relates(SpatialRelation relation, const Shape& other) const {
    if (const auto known = relation_by_bounds(relation, bounds(), other.bounds())) {
        return *known;
    }
    const auto& context = thread_context();
    const auto& a = m_state->geometry;
    const auto& b = other.m_state->geometry;
    char answer = 2;
    if (m_state->is_collection || other.m_state->is_collection) {
        return relates_as_collection(context, relation, a.get(), b.get());
    }
    if (m_state->prepared) {
        answer = ask_prepared(context.get(), relation, m_state->prepared.get(), b.get());
    } else if (other.m_state->prepared) {
        answer =
            ask_prepared(context.get(), turned(relation), other.m_state->prepared.get(), a.get());
    }
    if (answer == 2) {
        answer = ask(context.get(), relation, a.get(), b.get());
    }
    if (answer == 2) {
        const auto valid_a = made_valid(context, a);
        const auto valid_b = made_valid(context, b);
        return relates_as_collection(context, relation, valid_a.get(), valid_b.get());
    }
    return answer == 1;
}

} // namespace hotspots::geo
