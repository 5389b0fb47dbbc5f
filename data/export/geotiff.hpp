// A raster as a GeoTIFF in British National Grid. One of the few files that use GDAL.
#pragma once

#include "data/export/document.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <string>

namespace hotspots::data {

// Of cells that hold no value: no density is negative.
inline constexpr double geotiff_no_data = -9999;

struct GeotiffText {
    std::string band; // what its values are, e.g. "incidents per km2"
    std::string unit; // e.g. "incidents/km2"
    NamedTexts items; // the file's metadata; TIFFTAG_SOFTWARE and the like become tags of TIFF
};

// The file's bytes: EPSG:27700, north up, one band of 64-bit floats with every bit of the raster's
// values, deflated (losslessly), pixels are areas. It covers the cells whose centre lies in `area`,
// others hold geotiff_no_data: so that the same cells are covered whatever the raster's margin.
// Equal arguments give equal bytes. Throws DataError where GDAL cannot write, or where no centre
// lies in the area.
std::string geotiff(const geo::Raster& raster, const geo::MultiPolygon<geo::BngPoint>& area,
                    const GeotiffText& text);

} // namespace hotspots::data
