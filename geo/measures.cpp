// Areas and lengths of geometry, from its coordinates alone (declared in geo/geos.hpp).
#include "geo/geos.hpp"

#include <cmath>

namespace hotspots::geo {

namespace {

// Shoelace formula, relative to the first vertex: products of full eastings would lose digits.
double ring_area_m2(const Ring<BngPoint>& ring) {
    double twice = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double ax = ring[i - 1].easting_m - ring[0].easting_m;
        const double ay = ring[i - 1].northing_m - ring[0].northing_m;
        const double bx = ring[i].easting_m - ring[0].easting_m;
        const double by = ring[i].northing_m - ring[0].northing_m;
        twice += ax * by - bx * ay;
    }
    return std::abs(twice) / 2;
}

double ring_length_m(const Ring<BngPoint>& ring) {
    double length = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        length += std::hypot(ring[i].easting_m - ring[i - 1].easting_m,
                             ring[i].northing_m - ring[i - 1].northing_m);
    }
    return length;
}

} // namespace

double area_km2(const MultiPolygon<BngPoint>& polygons) {
    double area_m2 = 0;
    for (const auto& polygon : polygons) {
        area_m2 += ring_area_m2(polygon.exterior);
        for (const auto& hole : polygon.holes) {
            area_m2 -= ring_area_m2(hole);
        }
    }
    return area_m2 / 1e6;
}

double boundary_length_m(const MultiPolygon<BngPoint>& polygons) {
    double length = 0;
    for (const auto& polygon : polygons) {
        length += ring_length_m(polygon.exterior);
        for (const auto& hole : polygon.holes) {
            length += ring_length_m(hole);
        }
    }
    return length;
}

} // namespace hotspots::geo
