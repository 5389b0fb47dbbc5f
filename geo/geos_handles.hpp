// GEOS handles that free themselves, and the way from our geometry to GEOS's and back. The one file
// that includes geos_c.h; private to the sources that implement geo/geos.hpp.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "geo/geos.hpp"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace hotspots::geo::geos {

// A context and the last message that GEOS gave it.
class Context {
public:
    Context() : m_handle(GEOS_init_r()) {
        if (!m_handle) {
            throw GeometryError("GEOS could not be initialised");
        }
        GEOSContext_setErrorMessageHandler_r(m_handle.get(), keep, &m_message);
    }
    // GEOS keeps the address of m_message.
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    GEOSContextHandle_t get() const { return m_handle.get(); }

    [[noreturn]] void fail(const std::string& operation) const {
        throw GeometryError("geometry: " + operation +
                            " failed: " + (m_message.empty() ? "GEOS gave no reason" : m_message));
    }

private:
    static void keep(const char* message, void* target) {
        static_cast<std::string*>(target)->assign(message);
    }
    struct Finish {
        void operator()(GEOSContextHandle_t handle) const { GEOS_finish_r(handle); }
    };
    std::string m_message;
    std::unique_ptr<std::remove_pointer_t<GEOSContextHandle_t>, Finish> m_handle;
};

inline const Context& thread_context() {
    thread_local const Context context;
    return context;
}

// Destroys a handle in the context that made it.
template <class Handle, void (*destroy)(GEOSContextHandle_t, Handle*)>
struct Destroy {
    GEOSContextHandle_t context = nullptr;
    void operator()(Handle* handle) const { destroy(context, handle); }
};

template <class Handle, void (*destroy)(GEOSContextHandle_t, Handle*)>
using Owned = std::unique_ptr<Handle, Destroy<Handle, destroy>>;

inline void destroy_prepared(GEOSContextHandle_t context, const GEOSPreparedGeometry* prepared) {
    GEOSPreparedGeom_destroy_r(context, prepared);
}

using Geometry = Owned<GEOSGeometry, GEOSGeom_destroy_r>;
using Sequence = Owned<GEOSCoordSequence, GEOSCoordSeq_destroy_r>;
using Tree = Owned<GEOSSTRtree, GEOSSTRtree_destroy_r>;
using Parameters = Owned<GEOSMakeValidParams, GEOSMakeValidParams_destroy_r>;
using Prepared = Owned<const GEOSPreparedGeometry, destroy_prepared>;

// Takes the result of a GEOS call, which is null where it failed.
template <class Owner>
Owner own(const Context& context, typename Owner::pointer handle, const char* operation) {
    if (!handle) {
        context.fail(operation);
    }
    return Owner(handle, {context.get()});
}

// The answer of a GEOS predicate, which is 2 where it failed.
inline bool decided(const Context& context, char answer, const char* operation) {
    if (answer == 2) {
        context.fail(operation);
    }
    return answer == 1;
}

// Hands the geometries over to a GEOS call that takes an array of them, whatever its outcome.
inline std::vector<GEOSGeometry*> release_all(std::vector<Geometry>& geometries) {
    std::vector<GEOSGeometry*> handles(geometries.size());
    std::ranges::transform(geometries, handles.begin(), [](Geometry& g) { return g.release(); });
    return handles;
}

inline Geometry collect(const Context& context, int type, std::vector<Geometry> parts) {
    auto handles = release_all(parts);
    return own<Geometry>(context,
                         GEOSGeom_createCollection_r(context.get(), type, handles.data(),
                                                     static_cast<unsigned>(handles.size())),
                         "collecting geometries");
}

template <class Point>
Geometry to_geos(const Context& context, const Ring<Point>& ring) {
    // Checked here: GEOS would take the sequence and then refuse it.
    if (ring.size() < 4 || ring.front() != ring.back()) {
        throw GeometryError("geometry: a ring of " + std::to_string(ring.size()) +
                            " points, must have at least 4 and end where it starts");
    }
    if (std::ranges::any_of(ring,
                            [](const Point& p) { return !std::isfinite(x_of(p) + y_of(p)); })) {
        throw GeometryError("geometry: a ring has a coordinate that is not finite");
    }
    auto sequence = own<Sequence>(
        context, GEOSCoordSeq_create_r(context.get(), static_cast<unsigned>(ring.size()), 2),
        "making a ring");
    for (unsigned i = 0; i < ring.size(); ++i) {
        GEOSCoordSeq_setXY_r(context.get(), sequence.get(), i, x_of(ring[i]), y_of(ring[i]));
    }
    return own<Geometry>(context, GEOSGeom_createLinearRing_r(context.get(), sequence.release()),
                         "making a ring");
}

template <class Point>
Geometry to_geos(const Context& context, const Polygon<Point>& polygon) {
    auto shell = to_geos(context, polygon.exterior);
    std::vector<Geometry> holes;
    for (const auto& hole : polygon.holes) {
        holes.push_back(to_geos(context, hole));
    }
    auto handles = release_all(holes);
    return own<Geometry>(context,
                         GEOSGeom_createPolygon_r(context.get(), shell.release(), handles.data(),
                                                  static_cast<unsigned>(handles.size())),
                         "making a polygon");
}

template <class Point>
Geometry to_geos(const Context& context, const MultiPolygon<Point>& polygons) {
    std::vector<Geometry> parts;
    for (const auto& polygon : polygons) {
        parts.push_back(to_geos(context, polygon));
    }
    return collect(context, GEOS_MULTIPOLYGON, std::move(parts));
}

inline Geometry to_geos(const Context& context, const BngPoint& point) {
    return own<Geometry>(
        context, GEOSGeom_createPointFromXY_r(context.get(), point.easting_m, point.northing_m),
        "making a point");
}

template <class Point>
Ring<Point> ring_from(const Context& context, const GEOSGeometry* ring) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context.get(), ring);
    unsigned size = 0;
    if (!sequence || GEOSCoordSeq_getSize_r(context.get(), sequence, &size) == 0) {
        context.fail("reading a ring");
    }
    Ring<Point> result;
    result.reserve(size);
    for (unsigned i = 0; i < size; ++i) {
        double x = 0;
        double y = 0;
        GEOSCoordSeq_getXY_r(context.get(), sequence, i, &x, &y);
        result.push_back(Point{x, y});
    }
    return result;
}

// Appends the polygons of a geometry of any type; points and lines are dropped.
template <class Point>
void append_polygons(const Context& context, const GEOSGeometry* geometry,
                     MultiPolygon<Point>& out) {
    const auto handle = context.get();
    if (GEOSisEmpty_r(handle, geometry) != 0) {
        return;
    }
    const int type = GEOSGeomTypeId_r(handle, geometry);
    if (type == GEOS_POLYGON) {
        Polygon<Point> polygon{ring_from<Point>(context, GEOSGetExteriorRing_r(handle, geometry)),
                               {}};
        const int holes = GEOSGetNumInteriorRings_r(handle, geometry);
        for (int i = 0; i < holes; ++i) {
            polygon.holes.push_back(
                ring_from<Point>(context, GEOSGetInteriorRingN_r(handle, geometry, i)));
        }
        out.push_back(std::move(polygon));
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int parts = GEOSGetNumGeometries_r(handle, geometry);
        for (int i = 0; i < parts; ++i) {
            append_polygons(context, GEOSGetGeometryN_r(handle, geometry, i), out);
        }
    }
}

template <class Point>
MultiPolygon<Point> from_geos(const Context& context, const Geometry& geometry) {
    MultiPolygon<Point> polygons;
    append_polygons(context, geometry.get(), polygons);
    return polygons;
}

} // namespace hotspots::geo::geos
