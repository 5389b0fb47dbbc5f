// Boxes of any coordinate reference system as longitudes and latitudes that surely hold them, and
// that they surely hold: most features need no look at their coordinates in the box's own system.
#pragma once

#include "service/bounding_box.hpp"

#include <vector>

namespace hotspots::service {

// `rounds`: coordinates are those that are served, not longitudes and latitudes as they are. No
// sides where the system does not reach the box.
std::vector<QueryBox::Side> sides_of(const PlanarBox& box, filter::Crs crs, bool rounds);

} // namespace hotspots::service
