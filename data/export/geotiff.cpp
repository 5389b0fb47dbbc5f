#include "data/export/geotiff.hpp"

#include "data/errors.hpp"
#include "data/export/memory_file.hpp"
#include "geo/point_in_region.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

namespace hotspots::data {

namespace {

constexpr int tile_px = 256;

// Part of a grid: columns and rows of cells from the south-west, ends not included.
struct Window {
    int west = 0;
    int south = 0;
    int east = 0;
    int north = 0;
    int columns() const { return east - west; }
    int rows() const { return north - south; }
};

Window window_of(const std::vector<geo::CellRun>& runs) {
    if (runs.empty()) {
        throw DataError("export: no cell's centre lies in the area");
    }
    Window window{runs.front().first, runs.front().row, runs.front().last, runs.back().row + 1};
    for (const auto& run : runs) {
        window.west = std::min(window.west, run.first);
        window.east = std::max(window.east, run.last);
    }
    return window;
}

void describe(GDALDataset& dataset, const geo::GridSpec& grid, const Window& window,
              const GeotiffText& text) {
    std::array<double, 6> transform{
        grid.south_west.easting_m + window.west * grid.cell_m,   grid.cell_m, 0,
        grid.south_west.northing_m + window.north * grid.cell_m, 0,           -grid.cell_m};
    OGRSpatialReference national_grid;
    auto& band = *dataset.GetRasterBand(1);
    if (national_grid.importFromEPSG(27700) != OGRERR_NONE ||
        dataset.SetSpatialRef(&national_grid) != CE_None ||
        dataset.SetGeoTransform(transform.data()) != CE_None ||
        dataset.SetMetadataItem("AREA_OR_POINT", "Area") != CE_None ||
        band.SetNoDataValue(geotiff_no_data) != CE_None ||
        band.SetUnitType(text.unit.c_str()) != CE_None) {
        throw_export_error("the GeoTIFF cannot be described");
    }
    band.SetDescription(text.band.c_str());
    for (const auto& [name, value] : text.items) {
        if (dataset.SetMetadataItem(name.c_str(), value.c_str()) != CE_None) {
            throw_export_error("the GeoTIFF takes no metadata '" + name + "'");
        }
    }
}

// Tile by tile in the file's order, past GDAL's cache of blocks: that one writes them when it runs
// short of memory, in an order that other work would have a say in.
void write_values(GDALRasterBand& band, const geo::Raster& raster,
                  const std::vector<geo::CellRun>& runs, const Window& window) {
    const int tiles_across = (window.columns() + tile_px - 1) / tile_px;
    const int tiles_down = (window.rows() + tile_px - 1) / tile_px;
    const auto tile_size = static_cast<std::size_t>(tile_px) * tile_px;
    std::vector<double> tile_row(tile_size * static_cast<std::size_t>(tiles_across));
    auto last = runs.end(); // runs come from the south, the file's rows from the north
    for (int down = 0; down < tiles_down; ++down) {
        std::ranges::fill(tile_row, geotiff_no_data);
        const int top = window.north - 1 - down * tile_px;
        for (; last != runs.begin() && std::prev(last)->row > top - tile_px; --last) {
            const auto& run = *std::prev(last);
            for (int column = run.first; column < run.last; ++column) {
                const int x = column - window.west;
                const auto offset = tile_size * static_cast<std::size_t>(x / tile_px) +
                                    static_cast<std::size_t>((top - run.row) * tile_px) +
                                    static_cast<std::size_t>(x % tile_px);
                tile_row[offset] = raster.values[raster.grid.offset({column, run.row})];
            }
        }
        for (int across = 0; across < tiles_across; ++across) {
            double* const tile = tile_row.data() + tile_size * static_cast<std::size_t>(across);
            if (band.WriteBlock(across, down, tile) != CE_None) {
                throw_export_error("the GeoTIFF's values cannot be written");
            }
        }
    }
}

void write(const std::string& path, const geo::Raster& raster,
           const std::vector<geo::CellRun>& runs, const GeotiffText& text) {
    static std::once_flag once;
    std::call_once(once, GDALAllRegister);
    auto* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    if (!driver) {
        throw DataError("export: this GDAL has no GeoTIFF driver (GTiff)");
    }
    const auto window = window_of(runs);
    const auto side = std::to_string(tile_px);
    CPLStringList options;
    options.SetNameValue("TILED", "YES");
    options.SetNameValue("BLOCKXSIZE", side.c_str());
    options.SetNameValue("BLOCKYSIZE", side.c_str());
    options.SetNameValue("COMPRESS", "DEFLATE");
    options.SetNameValue("ZLEVEL", "6");
    options.SetNameValue("PREDICTOR", "3"); // of floats: their exponents lie together
    options.SetNameValue("NUM_THREADS", "1");
    GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), window.columns(), window.rows(), 1,
                                                GDT_Float64, options.List()));
    if (!dataset) {
        throw_export_error("the GeoTIFF cannot be made");
    }
    describe(*dataset, raster.grid, window, text);
    write_values(*dataset->GetRasterBand(1), raster, runs, window);
    dataset.reset(); // what it still holds is written; trouble is told as an error alone
    if (CPLGetLastErrorType() >= CE_Failure) {
        throw_export_error("the GeoTIFF cannot be finished");
    }
}

} // namespace

std::string geotiff(const geo::Raster& raster, const geo::MultiPolygon<geo::BngPoint>& area,
                    const GeotiffText& text) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    const MemoryFile file(".tif");
    write(file.path(), raster, geo::cells_in(area, raster.grid), text);
    return file.bytes();
}

} // namespace hotspots::data
