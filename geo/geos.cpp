#include "geo/geos.hpp"

#include "geo/geos_handles.hpp"

#include <utility>

namespace hotspots::geo {

using namespace geos;

template <class Point>
bool is_valid(const MultiPolygon<Point>& polygons) {
    const auto& context = thread_context();
    const auto geometry = to_geos(context, polygons);
    return decided(context, GEOSisValid_r(context.get(), geometry.get()), "the validity test");
}

template <class Point>
MultiPolygon<Point> make_valid(const MultiPolygon<Point>& polygons) {
    const auto& context = thread_context();
    const auto geometry = to_geos(context, polygons);
    const auto parameters = own<Parameters>(context, GEOSMakeValidParams_create_r(context.get()),
                                            "making geometry valid");
    GEOSMakeValidParams_setMethod_r(context.get(), parameters.get(), GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(context.get(), parameters.get(), 0);
    const auto valid = own<Geometry>(
        context, GEOSMakeValidWithParams_r(context.get(), geometry.get(), parameters.get()),
        "making geometry valid");
    return from_geos<Point>(context, valid);
}

template <class Point>
MultiPolygon<Point> intersection(const MultiPolygon<Point>& a, const MultiPolygon<Point>& b) {
    const auto& context = thread_context();
    const auto left = to_geos(context, a);
    const auto right = to_geos(context, b);
    const auto common = own<Geometry>(
        context, GEOSIntersection_r(context.get(), left.get(), right.get()), "the intersection");
    return from_geos<Point>(context, common);
}

template <class Point>
MultiPolygon<Point> unite(std::span<const MultiPolygon<Point>> parts) {
    const auto& context = thread_context();
    std::vector<Geometry> geometries;
    for (const auto& part : parts) {
        geometries.push_back(to_geos(context, part));
    }
    const auto all = collect(context, GEOS_GEOMETRYCOLLECTION, std::move(geometries));
    const auto united =
        own<Geometry>(context, GEOSUnaryUnion_r(context.get(), all.get()), "the union");
    return from_geos<Point>(context, united);
}

template <class Point>
MultiPolygon<Point> simplify_preserving_topology(const MultiPolygon<Point>& polygons,
                                                 double tolerance) {
    const auto& context = thread_context();
    const auto geometry = to_geos(context, polygons);
    const auto simple = own<Geometry>(
        context, GEOSTopologyPreserveSimplify_r(context.get(), geometry.get(), tolerance),
        "simplification");
    return from_geos<Point>(context, simple);
}

template <class Point>
MultiPolygon<Point> snap_to_grid(const MultiPolygon<Point>& polygons, double step) {
    const auto& context = thread_context();
    const auto geometry = to_geos(context, polygons);
    const auto snapped = own<Geometry>(
        context, GEOSGeom_setPrecision_r(context.get(), geometry.get(), step, 0), "snapping");
    return from_geos<Point>(context, snapped);
}

#define HOTSPOTS_INSTANTIATE(Point)                                                                \
    template bool is_valid(const MultiPolygon<Point>&);                                            \
    template MultiPolygon<Point> make_valid(const MultiPolygon<Point>&);                           \
    template MultiPolygon<Point> intersection(const MultiPolygon<Point>&,                          \
                                              const MultiPolygon<Point>&);                         \
    template MultiPolygon<Point> unite(std::span<const MultiPolygon<Point>>);                      \
    template MultiPolygon<Point> simplify_preserving_topology(const MultiPolygon<Point>&, double); \
    template MultiPolygon<Point> snap_to_grid(const MultiPolygon<Point>&, double);
HOTSPOTS_INSTANTIATE(LonLat)
HOTSPOTS_INSTANTIATE(BngPoint)
HOTSPOTS_INSTANTIATE(MercatorPoint)
#undef HOTSPOTS_INSTANTIATE

namespace {

enum class Place { inside, across, outside };

// Where polygons lie in a mask.
class Mask {
public:
    Mask(const Context& context, const MultiPolygon<BngPoint>& mask)
        : m_context(context), m_whole(to_geos(context, mask)),
          m_prepared(own<Prepared>(context, GEOSPrepare_r(context.get(), m_whole.get()),
                                   "preparing an area")) {}

    Place place(const Geometry& part) const {
        const auto handle = m_context.get();
        if (decided(m_context, GEOSPreparedCovers_r(handle, m_prepared.get(), part.get()),
                    "clipping")) {
            return Place::inside;
        }
        return decided(m_context, GEOSPreparedIntersects_r(handle, m_prepared.get(), part.get()),
                       "clipping")
                   ? Place::across
                   : Place::outside;
    }
    void append_common(const Geometry& part, MultiPolygon<BngPoint>& out) const {
        const auto common = own<Geometry>(
            m_context, GEOSIntersection_r(m_context.get(), part.get(), m_whole.get()), "clipping");
        append_polygons(m_context, common.get(), out);
    }

private:
    const Context& m_context;
    Geometry m_whole;
    Prepared m_prepared;
};

} // namespace

std::vector<MultiPolygon<BngPoint>> clip_each(const MultiPolygon<BngPoint>& polygons,
                                              const MultiPolygon<BngPoint>& mask) {
    const auto& context = thread_context();
    const Mask area(context, mask);
    std::vector<MultiPolygon<BngPoint>> result;
    for (const auto& polygon : polygons) {
        const auto part = to_geos(context, polygon);
        auto& clipped = result.emplace_back();
        const auto place = area.place(part);
        if (place == Place::inside) {
            clipped.push_back(polygon);
        } else if (place == Place::across) {
            area.append_common(part, clipped);
        }
    }
    return result;
}

MultiPolygon<BngPoint> clip(const MultiPolygon<BngPoint>& polygons,
                            const MultiPolygon<BngPoint>& mask) {
    const auto& context = thread_context();
    const Mask area(context, mask);
    MultiPolygon<BngPoint> result;
    std::vector<Geometry> across;
    for (const auto& polygon : polygons) {
        auto part = to_geos(context, polygon);
        const auto place = area.place(part);
        if (place == Place::inside) {
            result.push_back(polygon);
        } else if (place == Place::across) {
            across.push_back(std::move(part));
        }
    }
    if (!across.empty()) {
        area.append_common(collect(context, GEOS_MULTIPOLYGON, std::move(across)), result);
    }
    return result;
}

BngPoint point_on_surface(const MultiPolygon<BngPoint>& polygons) {
    const auto& context = thread_context();
    const auto geometry = to_geos(context, polygons);
    const auto point = own<Geometry>(context, GEOSPointOnSurface_r(context.get(), geometry.get()),
                                     "a point on the surface");
    BngPoint result;
    if (GEOSGeomGetX_r(context.get(), point.get(), &result.easting_m) != 1 ||
        GEOSGeomGetY_r(context.get(), point.get(), &result.northing_m) != 1) {
        throw GeometryError("geometry: no point on the surface of an empty geometry");
    }
    return result;
}

} // namespace hotspots::geo
