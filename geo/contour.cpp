#include "geo/contour.hpp"

#include "geo/contour_rings.hpp"

#include <span>
#include <stdexcept>
#include <string>

namespace hotspots::geo {

MultiPolygon<BngPoint> region_above(const Raster& raster, double level) {
    if (!(level > 0)) {
        throw std::invalid_argument("contour: the level is " + std::to_string(level) +
                                    ", must be above 0");
    }
    return polygons_within(contour_rings(raster, std::span(&level, 1), 0));
}

} // namespace hotspots::geo
