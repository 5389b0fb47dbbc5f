// WGS 84 <-> British National Grid through PROJ, with the coordinate operation chosen explicitly:
// OSTN15 where its grid is installed, else the seven-parameter Helmert transformation (EPSG:1314);
// never PROJ's 'ballpark' operation, which is about 100 m off. The only file that includes proj.h.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <optional>
#include <string>

namespace hotspots::geo {

// The operation in use: what /health, import reports and manifests say.
struct CrsOperation {
    std::string name;       // e.g. "OSTN15" or "Helmert (EPSG:1314)"
    double accuracy_m = 0;  // OSTN15: 1 m (EPSG:7710); Helmert: 5 m (Ordnance Survey)
    bool grid_used = false; // true for OSTN15
    friend bool operator==(const CrsOperation&, const CrsOperation&) = default;
};

// Chosen once a process: OSTN15 if PROJ finds 'uk_os_OSTN15_NTv2_OSGBtoETRS.tif' (never from the
// network) and it agrees with Helmert within LLR. Throws std::runtime_error if PROJ offers neither.
const CrsOperation& crs_operation();

// Empty where the point has no British National Grid coordinates: outside the area of use (9 W - 2
// E, 49 - 61 N) or the grid (0..700 km E, 0..1300 km N), or not finite. Each thread has its own
// PROJ context.
std::optional<BngPoint> to_bng(const LonLat& point);

// Empty outside 0..700 km E, 0..1300 km N, or where not finite.
std::optional<LonLat> to_lon_lat(const BngPoint& point);

// Every vertex transformed. Throws std::domain_error naming the first vertex that cannot be.
MultiPolygon<BngPoint> to_bng(const MultiPolygon<LonLat>& polygons);
MultiPolygon<LonLat> to_lon_lat(const MultiPolygon<BngPoint>& polygons);

} // namespace hotspots::geo
