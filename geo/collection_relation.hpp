// Spatial predicates on mixed collections, which GEOS 3.11 refuses: taken together from those of
// their members. Private to the sources that implement geo/spatial_relation.hpp.
#pragma once

#include "geo/geos_handles.hpp"
#include "geo/spatial_relation.hpp"

namespace hotspots::geo::geos {

// The plain question: 1, 0, or 2 where GEOS fails (on collections it does).
char ask(GEOSContextHandle_t handle, SpatialRelation relation, const GEOSGeometry* a,
         const GEOSGeometry* b);

// For any two geometries. Throws GeometryError.
bool relates_as_collection(const Context& context, SpatialRelation relation, const GEOSGeometry* a,
                           const GEOSGeometry* b);

} // namespace hotspots::geo::geos
