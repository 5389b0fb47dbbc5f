// Areas out of any vector file that OGR opens (GeoJSON, shapefile, also zipped, GeoPackage …), in
// WGS 84. The only file of reference data that uses GDAL.
#pragma once

#include "geo/geometry.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace hotspots::data {

struct AreaFeature {
    std::vector<std::string> values; // as text, one a column; empty for null
    geo::MultiPolygon<geo::LonLat> outline;
    std::string fault; // why the outline is not usable; empty if it is
};

struct AreaLayer {
    std::vector<std::string> columns;
    std::vector<AreaFeature> features; // in the file's order
};

// The first layer whose columns `is_wanted` accepts. British National Grid is transformed by
// geo/crs, other systems by GDAL; a layer without a system is taken as WGS 84 if its coordinates
// are degrees. Outlines are as in the file, curves as short segments. Throws InputError: what is
// absent or no vector file, no such layer (naming `wanted` and the columns found), damaged.
AreaLayer read_areas(const std::string& path, const std::string& wanted,
                     const std::function<bool(std::span<const std::string>)>& is_wanted);

} // namespace hotspots::data
