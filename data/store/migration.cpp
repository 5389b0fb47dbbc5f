#include "data/store/migration.hpp"

#include "data/errors.hpp"
#include "data/store/schema.hpp"
#include "data/store/state.hpp"

#include <optional>

namespace hotspots::data::store {

namespace {

constexpr const char* version_name = "schema_version";

std::optional<std::string> read_version(Database& database) {
    auto properties = database.table(schemas()[tables::properties]);
    return read_property(properties, version_name);
}

const char* sql_type(ColumnType type) {
    switch (type) {
    case ColumnType::text:
        return "TEXT";
    case ColumnType::integer:
        return "INTEGER";
    case ColumnType::real:
        return "REAL";
    case ColumnType::time:
        break;
    }
    return "DATETIME";
}

void add_columns(Database& database, tables::Index index, std::size_t first) {
    const auto& schema = schemas()[index];
    for (const auto& column : schema.columns.subspan(first)) {
        database.execute(std::string("ALTER TABLE ") + schema.name + " ADD COLUMN " + column.name +
                         " " + sql_type(column.type));
    }
}

// Version 2 keeps what records said before an import changed them and people's decisions, and with
// each row the revision that wrote it.
void from_1_to_2(Database& database) {
    add_columns(database, tables::incidents, incident::written_revision);
    database.execute("UPDATE incidents SET written_revision = "
                     "(SELECT CAST(value AS INTEGER) FROM properties WHERE name = 'revision')");
    database.execute("CREATE INDEX incidents_index ON incidents (written_revision)");
    add_columns(database, tables::imports, import_run::upload);
    database.execute(std::string("INSERT INTO properties (name, value) SELECT '") +
                     last_import_without_versions +
                     "', last FROM (SELECT CAST(MAX(id) AS TEXT) AS last FROM imports)"
                     " WHERE last IS NOT NULL");
    for (const auto index : {tables::incident_versions, tables::reviews}) {
        database.add_table(schemas()[index]);
    }
}

// Version 3 keeps accounts, and when keys expire; version 1 had no keys.
void to_3(Database& database, bool had_keys) {
    database.add_table(schemas()[tables::users]);
    if (had_keys) {
        add_columns(database, tables::api_keys, api_key::expires);
    } else {
        database.add_table(schemas()[tables::api_keys]);
    }
}

// Version 4 keeps releases.
void to_4(Database& database) {
    database.add_table(schemas()[tables::releases]);
}

bool is_earlier(const std::optional<std::string>& version) {
    return version == "1" || version == "2" || version == "3";
}

} // namespace

void check_version(Database& database) {
    const auto version = read_version(database);
    const auto ours = std::to_string(schema_version);
    if (is_earlier(version)) {
        throw StoreOutdated("it has schema version '" + *version +
                            "', this program reads version " + ours +
                            "; the next import, or a start of serve, brings it up to date");
    }
    if (version != ours) {
        throw StoreError("it has schema version '" + version.value_or("") +
                         "', this program reads version " + ours);
    }
}

void write_version(Table& properties) {
    write_property(properties, version_name, std::to_string(schema_version));
}

void migrate(const std::string& path) {
    Database database(path, true);
    const auto version = read_version(database);
    if (!is_earlier(version)) {
        return;
    }
    database.begin();
    try {
        if (version == "1") {
            from_1_to_2(database);
        }
        if (version != "3") {
            to_3(database, version == "2");
        }
        to_4(database);
        auto properties = database.table(schemas()[tables::properties]);
        write_version(properties);
        database.commit();
    } catch (...) {
        database.rollback();
        throw;
    }
}

} // namespace hotspots::data::store
