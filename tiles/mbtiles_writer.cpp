#include "tiles/geojson.hpp"
#include "tiles/mbtiles.hpp"
#include "tiles/sqlite_handles.hpp"

#include <algorithm>

namespace hotspots::tiles {

namespace {

// No journal and no wait for a disk: the database lives in memory. 0x4d504258 is MBTiles' mark
// ("MPBX").
constexpr const char* schema = R"sql(
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = 0x4d504258;
BEGIN;
CREATE TABLE metadata (name text, value text);
CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
)sql";

std::string numbers(std::initializer_list<double> values) {
    std::string text;
    for (const double value : values) {
        text += text.empty() ? "" : ",";
        append_json_number(text, value);
    }
    return text;
}

std::vector<ArchiveText> rows_of(const ArchiveInfo& info) {
    const auto& box = info.bounds;
    std::vector<ArchiveText> rows = info.texts;
    rows.emplace_back("format", "pbf");
    rows.emplace_back("minzoom", std::to_string(info.min_zoom));
    rows.emplace_back("maxzoom", std::to_string(info.max_zoom));
    rows.emplace_back(
        "bounds", numbers({box.min.lon_deg, box.min.lat_deg, box.max.lon_deg, box.max.lat_deg}));
    rows.emplace_back("center", numbers({(box.min.lon_deg + box.max.lon_deg) / 2,
                                         (box.min.lat_deg + box.max.lat_deg) / 2,
                                         static_cast<double>(info.min_zoom)}));
    for (const auto& [name, json] : info.documents) {
        if (name == "vector_layers") {
            rows.emplace_back("json", "{\"vector_layers\":" + json + '}');
        } else {
            rows.emplace_back(name, json);
        }
    }
    return rows;
}

} // namespace

struct MbtilesWriter::Database {
    SqliteDatabase handle;
    SqliteStatement insert;

    void run(const char* text) const {
        require_sqlite(handle.get(), sqlite3_exec(handle.get(), text, nullptr, nullptr, nullptr),
                       SQLITE_OK, "the archive cannot be made");
    }
    void step(sqlite3_stmt* statement) const {
        require_sqlite(handle.get(), sqlite3_step(statement), SQLITE_DONE,
                       "the archive cannot be written");
        sqlite3_reset(statement);
    }
};

MbtilesWriter::MbtilesWriter() : m_database(std::make_unique<Database>()) {
    m_database->handle =
        open_sqlite(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY);
    m_database->run(schema);
    m_database->insert =
        prepare_sqlite(m_database->handle.get(), "INSERT INTO tiles VALUES (?, ?, ?, ?)");
}

MbtilesWriter::~MbtilesWriter() = default;

void MbtilesWriter::add(const TileId& tile, std::string_view packed) {
    auto* statement = m_database->insert.get();
    const std::int64_t from_south = (std::int64_t{1} << tile.zoom) - 1 - tile.y;
    sqlite3_bind_int(statement, 1, tile.zoom);
    sqlite3_bind_int64(statement, 2, tile.x);
    sqlite3_bind_int64(statement, 3, from_south);
    sqlite3_bind_blob64(statement, 4, packed.data(), packed.size(), nullptr); // copied by step()
    m_database->step(statement);
    ++m_tiles;
}

std::string MbtilesWriter::finish(const ArchiveInfo& info) {
    const auto insert =
        prepare_sqlite(m_database->handle.get(), "INSERT INTO metadata VALUES (?, ?)");
    for (const auto& [name, value] : rows_of(info)) {
        sqlite3_bind_text64(insert.get(), 1, name.data(), name.size(), nullptr, SQLITE_UTF8);
        sqlite3_bind_text64(insert.get(), 2, value.data(), value.size(), nullptr, SQLITE_UTF8);
        m_database->step(insert.get());
    }
    m_database->run("CREATE UNIQUE INDEX name ON metadata (name);"
                    "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);"
                    "COMMIT;");
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
        sqlite3_serialize(m_database->handle.get(), "main", &size, 0), sqlite3_free);
    if (!bytes) {
        throw ArchiveError("there is too little memory for the archive");
    }
    return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

} // namespace hotspots::tiles
