#include "geo/crs.hpp"

#include <proj.h>

#include <cmath>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

namespace hotspots::geo {

namespace {

struct FreeContext {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct FreeOperation {
    void operator()(PJ* operation) const { proj_destroy(operation); }
};

struct Definition {
    CrsOperation operation;
    const char* pipeline; // longitude, latitude in degrees -> easting, northing in metres
};

#define HOTSPOTS_NATIONAL_GRID                                                                     \
    " +step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"

// Inverse of 'OSGB36 to WGS 84 (9)', EPSG:7710, which EPSG states as 1 m: WGS 84 taken as ETRS89.
const Definition ostn15{
    {"OSTN15", 1, true},
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
    " +step +inv +proj=hgridshift +grids=uk_os_OSTN15_NTv2_OSGBtoETRS.tif" HOTSPOTS_NATIONAL_GRID};

// Inverse of 'OSGB36 to WGS 84 (6)', EPSG:1314. EPSG states 2 m; Ordnance Survey says about 5 m for
// the same parameters, which agrees with OSTN15: 2.1-2.3 m apart in LLR, up to 4.3 m in Cornwall.
const Definition helmert{
    {"Helmert (EPSG:1314)", 5, false},
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3"
    " +step +proj=cart +ellps=WGS84 +step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06"
    " +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 +convention=position_vector"
    " +step +inv +proj=cart +ellps=airy +step +proj=pop +v_3" HOTSPOTS_NATIONAL_GRID};

#undef HOTSPOTS_NATIONAL_GRID

// A PROJ context and one operation in it. PROJ objects belong to one thread.
class Transformer {
public:
    explicit Transformer(const Definition& definition) : m_context(proj_context_create()) {
        if (!m_context) {
            throw std::runtime_error("crs: PROJ could not be initialised");
        }
        // A missing grid or database is expected, not worth a line on stderr; setting the log level
        // does not silence every message.
        proj_log_func(m_context.get(), nullptr, [](void*, int, const char*) {});
        proj_context_set_enable_network(m_context.get(), 0);
        m_operation.reset(proj_create(m_context.get(), definition.pipeline));
    }

    bool usable() const { return m_operation != nullptr; }

    // Not finite where the operation does not reach.
    PJ_COORD forward(double lon_deg, double lat_deg) const {
        return proj_trans(m_operation.get(), PJ_FWD, proj_coord(lon_deg, lat_deg, 0, 0));
    }
    PJ_COORD inverse(double easting_m, double northing_m) const {
        return proj_trans(m_operation.get(), PJ_INV, proj_coord(easting_m, northing_m, 0, 0));
    }

private:
    std::unique_ptr<PJ_CONTEXT, FreeContext> m_context;
    std::unique_ptr<PJ, FreeOperation> m_operation; // freed before its context
};

// EPSG:27700's area of use in whole degrees, and the grid's own square. Points must lie in both, so
// that what can be converted can be converted back.
constexpr Box<LonLat> area_of_use{{-9, 49}, {2.01, 61.01}};
constexpr Box<BngPoint> national_grid{{0, 0}, {700'000, 1'300'000}};

// A grid file may be damaged or another's: OSTN15 must agree with Helmert in the middle of LLR.
const Definition& choose() {
    const Transformer by_helmert(helmert);
    if (!by_helmert.usable()) {
        throw std::runtime_error("crs: PROJ offers neither OSTN15 nor the Helmert transformation "
                                 "EPSG:1314 to British National Grid; is PROJ installed whole?");
    }
    const Transformer by_grid(ostn15);
    if (!by_grid.usable()) {
        return helmert;
    }
    const auto expected = by_helmert.forward(-1.13, 52.64);
    const auto found = by_grid.forward(-1.13, 52.64);
    const double apart_m = std::hypot(found.xy.x - expected.xy.x, found.xy.y - expected.xy.y);
    return apart_m <= helmert.operation.accuracy_m ? ostn15 : helmert; // false for NaN
}

const Definition& chosen() {
    static const Definition& definition = choose();
    return definition;
}

const Transformer& transformer() {
    thread_local const Transformer result(chosen());
    if (!result.usable()) {
        throw std::runtime_error("crs: PROJ could not create the operation " +
                                 chosen().operation.name + " again; was its grid removed?");
    }
    return result;
}

std::string text(const LonLat& point) {
    std::ostringstream out;
    out << "longitude " << point.lon_deg << ", latitude " << point.lat_deg;
    return out.str();
}

std::string text(const BngPoint& point) {
    std::ostringstream out;
    out << "easting " << point.easting_m << ", northing " << point.northing_m;
    return out.str();
}

template <class To, class From, class Transform>
Ring<To> transformed(const Ring<From>& ring, Transform transform) {
    Ring<To> result;
    result.reserve(ring.size());
    for (const auto& point : ring) {
        const auto there = transform(point);
        if (!there) {
            throw std::domain_error("crs: " + text(point) +
                                    " is outside the area of British National Grid");
        }
        result.push_back(*there);
    }
    return result;
}

template <class To, class From, class Transform>
MultiPolygon<To> transformed(const MultiPolygon<From>& polygons, Transform transform) {
    MultiPolygon<To> result;
    result.reserve(polygons.size());
    for (const auto& polygon : polygons) {
        auto& target = result.emplace_back();
        target.exterior = transformed<To>(polygon.exterior, transform);
        for (const auto& hole : polygon.holes) {
            target.holes.push_back(transformed<To>(hole, transform));
        }
    }
    return result;
}

} // namespace

const CrsOperation& crs_operation() {
    return chosen().operation;
}

// A box contains nothing that is not finite.
std::optional<BngPoint> to_bng(const LonLat& point) {
    if (!area_of_use.contains(point)) {
        return std::nullopt;
    }
    const auto there = transformer().forward(point.lon_deg, point.lat_deg);
    const BngPoint result{there.xy.x, there.xy.y};
    return national_grid.contains(result) ? std::optional(result) : std::nullopt;
}

std::optional<LonLat> to_lon_lat(const BngPoint& point) {
    if (!national_grid.contains(point)) {
        return std::nullopt;
    }
    const auto there = transformer().inverse(point.easting_m, point.northing_m);
    const LonLat result{there.xy.x, there.xy.y};
    const bool finite = std::isfinite(result.lon_deg) && std::isfinite(result.lat_deg);
    return finite ? std::optional(result) : std::nullopt;
}

MultiPolygon<BngPoint> to_bng(const MultiPolygon<LonLat>& polygons) {
    return transformed<BngPoint>(polygons, [](const LonLat& point) { return to_bng(point); });
}

MultiPolygon<LonLat> to_lon_lat(const MultiPolygon<BngPoint>& polygons) {
    return transformed<LonLat>(polygons, [](const BngPoint& point) { return to_lon_lat(point); });
}

} // namespace hotspots::geo
