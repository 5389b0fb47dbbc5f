// A filter's geometry literals, which are in the filter's coordinate reference system, as longitude
// and latitude.
#pragma once

#include "geo/any_geometry.hpp"
#include "geo/coordinates.hpp"
#include "service/filter/expression.hpp"

namespace hotspots::service::filter {

// In the axis order of their definitions: EPSG:4326 has latitude first.
enum class Crs { crs84, epsg_4326, epsg_27700, epsg_3857 };

// Heights are left out: features here have none. Edges in metres are straight in their own system:
// they get vertices in between, every 500 m, or more sparsely for more than 20,000 of them. A box
// of longitudes whose west is beyond its east lies across the antimeridian and becomes two; a box
// without width or height a line or point. Throws std::invalid_argument for any other literal,
// positions outside the system's area, and boxes whose corners are the wrong way round.
geo::AnyGeometry<geo::LonLat> to_lon_lat(const Literal& literal, Crs crs);

} // namespace hotspots::service::filter
