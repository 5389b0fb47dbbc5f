#include "data/export/geopackage.hpp"

#include "data/errors.hpp"
#include "data/export/memory_file.hpp"
#include "data/export/ogr_rows.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <mutex>

namespace hotspots::data {

namespace {

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
    add_ogr_fields(*layer, areas.fields);
    const auto place = [](const geo::BngPoint& p) { return std::pair(p.easting_m, p.northing_m); };
    for (const auto& row : areas.rows) {
        add_ogr_row(*layer, row.values, multi_polygon(row.outline, place));
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
    add_about_table(*dataset, about);
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
    const CPLConfigOptionSetter now("OGR_CURRENT_DATE", ogr_date(written).c_str(), false);
    const MemoryFile file(".gpkg");
    write(file.path(), areas, about);
    return file.bytes();
}

} // namespace hotspots::data
