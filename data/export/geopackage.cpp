#include "data/export/geopackage.hpp"

#include "data/errors.hpp"
#include "data/export/memory_file.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <mutex>

namespace hotspots::data {

namespace {

OGRFieldType type_of(FieldType type) {
    switch (type) {
    case FieldType::boolean:
        return OFTInteger; // of the subtype OFSTBoolean
    case FieldType::integer:
        return OFTInteger64;
    case FieldType::real:
        return OFTReal;
    case FieldType::text:
        break;
    }
    return OFTString;
}

void add_fields(OGRLayer& layer, const std::vector<Field>& fields) {
    for (const auto& field : fields) {
        OGRFieldDefn definition(field.name.c_str(), type_of(field.type));
        if (field.type == FieldType::boolean) {
            definition.SetSubType(OFSTBoolean);
        }
        if (layer.CreateField(&definition) != OGRERR_NONE) {
            throw_export_error("the GeoPackage takes no column '" + field.name + "'");
        }
    }
}

std::unique_ptr<OGRLinearRing> to_ogr(const geo::Ring<geo::BngPoint>& ring) {
    auto result = std::make_unique<OGRLinearRing>();
    result->setNumPoints(static_cast<int>(ring.size()), FALSE);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        result->setPoint(static_cast<int>(i), ring[i].easting_m, ring[i].northing_m);
    }
    return result;
}

std::unique_ptr<OGRMultiPolygon> to_ogr(const geo::MultiPolygon<geo::BngPoint>& polygons) {
    auto result = std::make_unique<OGRMultiPolygon>();
    for (const auto& polygon : polygons) {
        auto part = std::make_unique<OGRPolygon>();
        part->addRingDirectly(to_ogr(polygon.exterior).release());
        for (const auto& hole : polygon.holes) {
            part->addRingDirectly(to_ogr(hole).release());
        }
        result->addGeometryDirectly(part.release());
    }
    return result;
}

struct SetField {
    OGRFeature& feature;
    int index;
    void operator()(std::monostate) const { feature.SetFieldNull(index); }
    void operator()(bool value) const { feature.SetField(index, value ? 1 : 0); }
    void operator()(std::int64_t value) const {
        feature.SetField(index, static_cast<GIntBig>(value));
    }
    void operator()(double value) const { feature.SetField(index, value); }
    void operator()(const std::string& value) const { feature.SetField(index, value.c_str()); }
};

void add_row(OGRLayer& layer, const std::vector<FieldValue>& values,
             std::unique_ptr<OGRGeometry> geometry) {
    OGRFeature feature(layer.GetLayerDefn());
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::visit(SetField{feature, static_cast<int>(i)}, values[i]);
    }
    if (geometry) {
        feature.SetGeometryDirectly(geometry.release());
    }
    if (layer.CreateFeature(&feature) != OGRERR_NONE) {
        throw_export_error("a row of the GeoPackage's '" + std::string(layer.GetName()) +
                           "' cannot be written");
    }
}

void write_areas(GDALDataset& dataset, const AreaTable& areas) {
    OGRSpatialReference national_grid;
    if (national_grid.importFromEPSG(27700) != OGRERR_NONE) {
        throw_export_error("British National Grid is not known");
    }
    CPLStringList options;
    options.SetNameValue("FID", "fid");
    options.SetNameValue("GEOMETRY_NAME", "geom");
    options.SetNameValue("DESCRIPTION", areas.description.c_str());
    options.SetNameValue("SPATIAL_INDEX", "YES");
    OGRLayer* layer =
        dataset.CreateLayer(areas.name.c_str(), &national_grid, wkbMultiPolygon, options.List());
    if (!layer) {
        throw_export_error("the GeoPackage's layer '" + areas.name + "' cannot be made");
    }
    add_fields(*layer, areas.fields);
    for (const auto& row : areas.rows) {
        add_row(*layer, row.values, to_ogr(row.outline));
    }
}

void write_about(GDALDataset& dataset, const NamedTexts& about) {
    CPLStringList options;
    options.SetNameValue("FID", "fid");
    options.SetNameValue("DESCRIPTION", "What the other layers were made of, and by what");
    OGRLayer* layer = dataset.CreateLayer("manifest", nullptr, wkbNone, options.List());
    if (!layer) {
        throw_export_error("the GeoPackage's table 'manifest' cannot be made");
    }
    add_fields(*layer, {{"name", FieldType::text}, {"value", FieldType::text}});
    for (const auto& [name, value] : about) {
        add_row(*layer, {name, value}, nullptr);
    }
}

void write(const std::string& path, const AreaTable& areas, const NamedTexts& about) {
    static std::once_flag once;
    std::call_once(once, GDALAllRegister);
    auto* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (!driver) {
        throw DataError("export: this GDAL has no GeoPackage driver (GPKG)");
    }
    GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset || dataset->StartTransaction() != OGRERR_NONE) {
        throw_export_error("the GeoPackage cannot be made");
    }
    write_areas(*dataset, areas);
    write_about(*dataset, about);
    const bool committed = dataset->CommitTransaction() == OGRERR_NONE;
    dataset.reset(); // what it still holds is written; trouble is told as an error alone
    if (!committed || CPLGetLastErrorType() >= CE_Failure) {
        throw_export_error("the GeoPackage cannot be finished");
    }
}

} // namespace

std::string geopackage(const AreaTable& areas, const NamedTexts& about, Instant written) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    // GDAL would write the time of day into the list of contents.
    auto date = format_utc(written);
    date.insert(date.size() - 1, ".000");
    const CPLConfigOptionSetter now("OGR_CURRENT_DATE", date.c_str(), false);
    const MemoryFile file(".gpkg");
    write(file.path(), areas, about);
    return file.bytes();
}

} // namespace hotspots::data
