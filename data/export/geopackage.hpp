// Areas with their properties as a GeoPackage in British National Grid. One of the few files that
// use GDAL.
#pragma once

#include "data/export/document.hpp"
#include "data/moment.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace hotspots::data {

enum class FieldType { boolean, integer, real, text };

struct Field {
    std::string name;
    FieldType type = FieldType::text;
};

// Null is std::monostate.
using FieldValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct AreaRow {
    geo::MultiPolygon<geo::BngPoint> outline;
    std::vector<FieldValue> values; // one a field, of its type or null
};

struct AreaTable {
    std::string name;
    std::string description;
    std::vector<Field> fields;
    std::vector<AreaRow> rows;
};

// The file's bytes: the areas as a layer of EPSG:27700 with a spatial index, numbered `fid` from 1,
// and `about` as a table `manifest` of name and value. Equal arguments give equal bytes: dates in
// it are `written`. Throws DataError where GDAL cannot write.
std::string geopackage(const AreaTable& areas, const NamedTexts& about, Instant written);

} // namespace hotspots::data
