// Coordinates as types: a number pair never travels without its coordinate reference system.
// x (longitude, easting) comes first. None converts to another by itself: see geo/crs.hpp.
#pragma once

namespace hotspots::geo {

// WGS 84 in degrees (OGC:CRS84 axis order).
struct LonLat {
    double lon_deg = 0;
    double lat_deg = 0;
    friend bool operator==(const LonLat&, const LonLat&) = default;
};

// British National Grid (EPSG:27700) in metres.
struct BngPoint {
    double easting_m = 0;
    double northing_m = 0;
    friend bool operator==(const BngPoint&, const BngPoint&) = default;
};

// Web Mercator (EPSG:3857) in metres. For drawing only: its metres are stretched by
// 1/cos(latitude).
struct MercatorPoint {
    double x_m = 0;
    double y_m = 0;
    friend bool operator==(const MercatorPoint&, const MercatorPoint&) = default;
};

// Planar access for algorithms that work in any of them.
constexpr double x_of(const LonLat& p) {
    return p.lon_deg;
}
constexpr double y_of(const LonLat& p) {
    return p.lat_deg;
}
constexpr double x_of(const BngPoint& p) {
    return p.easting_m;
}
constexpr double y_of(const BngPoint& p) {
    return p.northing_m;
}
constexpr double x_of(const MercatorPoint& p) {
    return p.x_m;
}
constexpr double y_of(const MercatorPoint& p) {
    return p.y_m;
}

} // namespace hotspots::geo
