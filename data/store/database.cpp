#include "data/store/database.hpp"

#include "data/errors.hpp"
#include "data/store/gdal_errors.hpp"

#include <fcntl.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <filesystem>
#include <mutex>

namespace hotspots::data::store {

namespace {

constexpr const char* geometry_column = "geom";

OGRwkbGeometryType geometry_type(Shape shape) {
    switch (shape) {
    case Shape::point:
        return wkbPoint;
    case Shape::multi_polygon:
        return wkbMultiPolygon;
    case Shape::multi_line:
        return wkbMultiLineString;
    case Shape::none:
        break;
    }
    return wkbNone;
}

OGRFieldType field_type(ColumnType type) {
    switch (type) {
    case ColumnType::integer:
        return OFTInteger64;
    case ColumnType::real:
        return OFTReal;
    case ColumnType::time:
        return OFTDateTime;
    case ColumnType::text:
        break;
    }
    return OFTString;
}

void register_drivers() {
    static std::once_flag once;
    std::call_once(once, GDALAllRegister);
}

// A statement whose result, if any, is of no interest.
void run(GDALDataset& dataset, const std::string& sql) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    OGRLayer* result = dataset.ExecuteSQL(sql.c_str(), nullptr, nullptr);
    const bool failed = CPLGetLastErrorType() >= CE_Failure;
    const std::string message = CPLGetLastErrorMsg();
    if (result) {
        dataset.ReleaseResultSet(result);
    }
    if (failed) {
        throw StoreError("the store refused '" + sql + "': " + message);
    }
}

void create_table(GDALDataset& dataset, const TableSchema& schema) {
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    CPLStringList options;
    options.SetNameValue("FID", "id");
    options.SetNameValue("GEOMETRY_NAME", geometry_column);
    options.SetNameValue("DESCRIPTION", schema.description);
    // An R-tree costs half of the insertion rate and nothing here queries by box in SQL; the few
    // areas get one for the sake of GIS tools.
    options.SetNameValue("SPATIAL_INDEX", schema.shape == Shape::multi_polygon ? "YES" : "NO");
    OGRLayer* layer =
        dataset.CreateLayer(schema.name, schema.shape == Shape::none ? nullptr : &wgs84,
                            geometry_type(schema.shape), options.List());
    if (!layer) {
        throw_store_error(std::string("cannot create table '") + schema.name + "'");
    }
    for (const auto& column : schema.columns) {
        OGRFieldDefn field(column.name, field_type(column.type));
        if (layer->CreateField(&field) != OGRERR_NONE) {
            throw_store_error(std::string("cannot create column '") + column.name + "' of '" +
                              schema.name + "'");
        }
    }
    const std::string name = schema.name;
    if (schema.unique) {
        run(dataset,
            "CREATE UNIQUE INDEX " + name + "_key ON " + name + " (" + schema.unique + ")");
    }
    if (schema.indexed) {
        run(dataset, "CREATE INDEX " + name + "_index ON " + name + " (" + schema.indexed + ")");
    }
}

void create_file(const std::string& path, std::span<const TableSchema> schemas) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    auto* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (!driver) {
        throw StoreError("this GDAL has no GeoPackage driver (GPKG)");
    }
    CPLStringList options;
    // Feature counts kept by triggers would be dropped and made again around every insertion.
    options.SetNameValue("ADD_GPKG_OGR_CONTENTS", "NO");
    const GDALDatasetUniquePtr dataset(
        driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, options.List()));
    if (!dataset) {
        throw_store_error("cannot create the store '" + path + "'");
    }
    for (const auto& schema : schemas) {
        create_table(*dataset, schema);
    }
    // Kept in the file: readers see the last commit while a writer works, and neither waits.
    run(*dataset, "PRAGMA journal_mode = WAL");
}

void sync_to_disk(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        ::fsync(file);
        ::close(file);
    }
}

GDALDatasetUniquePtr open_file(const std::string& path, bool writable) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLStringList options;
    // FULL: a commit is on the disk before it returns, so a power cut also leaves a whole revision.
    // 128 MiB of pages: an import touches the unique index all over, and with SQLite's own 2 MiB
    // writes the same pages again and again.
    options.SetNameValue("PRELUDE_STATEMENTS",
                         "PRAGMA busy_timeout = 20000; PRAGMA synchronous = FULL; "
                         "PRAGMA cache_size = -131072");
    if (!writable) {
        // GDAL would fall back to a mode that never sees another process's commits.
        options.SetNameValue("IMMUTABLE", "NO");
    }
    const char* const drivers[] = {"GPKG", nullptr};
    const unsigned mode = writable ? GDAL_OF_UPDATE : GDAL_OF_READONLY;
    GDALDatasetUniquePtr dataset(GDALDataset::Open(
        path.c_str(), GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR | mode, drivers, options.List()));
    if (!dataset) {
        throw_store_error("'" + path + "' cannot be opened as a store");
    }
    return dataset;
}

} // namespace

void throw_store_error(const std::string& what) {
    const std::string message = CPLGetLastErrorMsg();
    throw StoreError(message.empty() ? what : what + ": " + message);
}

struct Database::State {
    GDALDatasetUniquePtr dataset;
    bool writable = false;
};

void Database::create(const std::string& path, std::span<const TableSchema> schemas,
                      const std::function<void(Database&)>& fill) {
    register_drivers();
    const std::filesystem::path target(path);
    const auto folder = target.has_parent_path() ? target.parent_path() : ".";
    const auto draft = folder / ".new-store.gpkg";
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
        std::filesystem::remove(draft.string() + ending); // what a killed creation left
    }
    create_file(draft.string(), schemas);
    // Where people were hurt, and how old: no business of a machine's other users. SQLite gives the
    // files beside it the same permissions.
    std::filesystem::permissions(draft, std::filesystem::perms::others_all,
                                 std::filesystem::perm_options::remove);
    {
        Database database(draft.string(), true);
        fill(database);
    }
    sync_to_disk(draft);
    std::filesystem::rename(draft, target);
    sync_to_disk(folder);
}

Database::Database(const std::string& path, bool writable) : m_state(std::make_unique<State>()) {
    register_drivers();
    m_state->dataset = open_file(path, writable);
    m_state->writable = writable;
}

Database::~Database() {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    if (m_state->writable) {
        try {
            // Keeps the log from staying as long as the longest import made it; readers hinder
            // nothing but that.
            run(*m_state->dataset, "PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (const StoreError&) {
            // The next writer tries again.
        }
    }
    m_state->dataset.reset();
}

Table Database::table(const TableSchema& schema) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    OGRLayer* layer = m_state->dataset->GetLayerByName(schema.name);
    if (!layer) {
        throw StoreError(std::string("not a store of llr-hotspots: it has no table '") +
                         schema.name + "'");
    }
    return {*layer, schema};
}

void Database::add_table(const TableSchema& schema) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    create_table(*m_state->dataset, schema);
}

void Database::begin() {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    if (m_state->dataset->StartTransaction() != OGRERR_NONE) {
        throw_store_error("the store cannot start a transaction");
    }
}

void Database::commit() {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    if (m_state->dataset->CommitTransaction() != OGRERR_NONE) {
        throw_store_error("the store cannot commit");
    }
}

void Database::rollback() noexcept {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    m_state->dataset->RollbackTransaction();
}

void Database::execute(const std::string& sql) {
    run(*m_state->dataset, sql);
}

std::string sql_literal(std::string_view text) {
    std::string literal = "'";
    for (const char c : text) {
        literal += c;
        if (c == '\'') {
            literal += c;
        }
    }
    return literal += '\'';
}

} // namespace hotspots::data::store
