// Features of any kind as a file for GIS tools, written as they come: what is written is not held
// in memory. One of the few files that use GDAL.
#pragma once

#include "data/export/document.hpp"
#include "data/export/geopackage.hpp"
#include "data/moment.hpp"
#include "geo/geometry.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace hotspots::data {

enum class FeatureFile { geopackage, flatgeobuf };

// In the file's coordinate reference system; x is longitude or easting, as files have it whatever
// the order of the system's axes.
struct FilePoint {
    double x = 0;
    double y = 0;
};

struct FeatureRow {
    std::variant<std::monostate, FilePoint, geo::MultiPolygon<FilePoint>> geometry;
    std::vector<FieldValue> values; // one a field, of its type or null
};

struct FeatureLayer {
    std::string name;
    std::string description;
    int epsg = 4326;
    bool points = false; // else areas
    std::vector<Field> fields;
};

// Writes the features that `next` gives, until it gives none; a spatial index is made. A
// GeoPackage gets `about` as a table `manifest` of name and value and says it was written at
// `written`; a FlatGeobuf has no place for them. Equal arguments give equal bytes. Throws DataError
// where GDAL cannot write, and whatever `next` throws; what is left of the file is the caller's.
void write_features(const std::filesystem::path& path, FeatureFile kind, const FeatureLayer& layer,
                    const std::function<bool(FeatureRow&)>& next, const NamedTexts& about,
                    Instant written);

} // namespace hotspots::data
