#include "data/export/feature_file.hpp"

#include "data/errors.hpp"
#include "data/export/memory_file.hpp"
#include "data/export/ogr_rows.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <mutex>

namespace hotspots::data {

namespace {

std::unique_ptr<OGRGeometry> geometry_of(const FeatureRow& row) {
    if (const auto* point = std::get_if<FilePoint>(&row.geometry)) {
        return std::make_unique<OGRPoint>(point->x, point->y);
    }
    const auto* area = std::get_if<geo::MultiPolygon<FilePoint>>(&row.geometry);
    const auto place = [](const FilePoint& p) { return std::pair(p.x, p.y); };
    return area ? multi_polygon(*area, place) : nullptr;
}

OGRLayer& make_layer(GDALDataset& dataset, FeatureFile kind, const FeatureLayer& layer) {
    OGRSpatialReference system;
    if (system.importFromEPSG(layer.epsg) != OGRERR_NONE) {
        throw_export_error("EPSG:" + std::to_string(layer.epsg) + " is not known");
    }
    system.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    CPLStringList options;
    options.SetNameValue("SPATIAL_INDEX", "YES");
    if (kind == FeatureFile::geopackage) {
        options.SetNameValue("FID", "fid");
        options.SetNameValue("GEOMETRY_NAME", "geom");
        options.SetNameValue("DESCRIPTION", layer.description.c_str());
    }
    auto* made = dataset.CreateLayer(layer.name.c_str(), &system,
                                     layer.points ? wkbPoint : wkbMultiPolygon, options.List());
    if (!made) {
        throw_export_error("the layer '" + layer.name + "' cannot be made");
    }
    add_ogr_fields(*made, layer.fields);
    return *made;
}

GDALDatasetUniquePtr create_dataset(const std::filesystem::path& path, FeatureFile kind) {
    static std::once_flag once;
    std::call_once(once, GDALAllRegister);
    const char* name = kind == FeatureFile::geopackage ? "GPKG" : "FlatGeobuf";
    auto* driver = GetGDALDriverManager()->GetDriverByName(name);
    if (!driver) {
        throw DataError("export: this GDAL has no driver " + std::string(name));
    }
    GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) {
        throw_export_error("the file '" + path.string() + "' cannot be made");
    }
    return dataset;
}

} // namespace

void write_features(const std::filesystem::path& path, FeatureFile kind, const FeatureLayer& layer,
                    const std::function<bool(FeatureRow&)>& next, const NamedTexts& about,
                    Instant written) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    const CPLConfigOptionSetter now("OGR_CURRENT_DATE", ogr_date(written).c_str(), false);
    auto dataset = create_dataset(path, kind);
    const bool in_one = kind == FeatureFile::geopackage;
    if (in_one && dataset->StartTransaction() != OGRERR_NONE) {
        throw_export_error("the file cannot be begun");
    }
    auto& made = make_layer(*dataset, kind, layer);
    FeatureRow row;
    while (next(row)) {
        add_ogr_row(made, row.values, geometry_of(row));
    }
    if (in_one) {
        add_about_table(*dataset, about);
    }
    const bool committed = !in_one || dataset->CommitTransaction() == OGRERR_NONE;
    dataset.reset(); // what it still holds is written; trouble is told as an error alone
    if (!committed || CPLGetLastErrorType() >= CE_Failure) {
        throw_export_error("the file cannot be finished");
    }
}

} // namespace hotspots::data
