#include "tiles/mbtiles.hpp"
#include "tiles/sqlite_handles.hpp"

namespace hotspots::tiles {

namespace {

std::string_view blob(sqlite3_stmt* statement, int column) {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    return bytes ? std::string_view(bytes, size) : std::string_view();
}

TileId tile_of_row(sqlite3_stmt* statement) {
    const auto zoom = sqlite3_column_int64(statement, 0);
    const auto x = sqlite3_column_int64(statement, 1);
    const auto from_south = sqlite3_column_int64(statement, 2);
    const bool zoom_fits = zoom >= 0 && zoom <= max_zoom;
    const bool row_fits = zoom_fits && from_south >= 0 && from_south < std::int64_t{1} << zoom;
    const auto tile =
        row_fits ? make_tile(zoom, x, (std::int64_t{1} << zoom) - 1 - from_south) : std::nullopt;
    if (!tile) {
        throw ArchiveError("there is no tile at zoom " + std::to_string(zoom) + ", column " +
                           std::to_string(x) + ", row " + std::to_string(from_south));
    }
    return *tile;
}

// Calls `take` with each row.
template <class Take>
void each_row(sqlite3* database, const char* query, const Take& take) {
    const auto statement = prepare_sqlite(database, query);
    int result = sqlite3_step(statement.get());
    for (; result == SQLITE_ROW; result = sqlite3_step(statement.get())) {
        take(statement.get());
    }
    require_sqlite(database, result, SQLITE_DONE, "the archive cannot be read");
}

} // namespace

MbtilesSummary read_mbtiles(const std::string& path, const TileReceiver& receiver) {
    const auto database = open_sqlite(path, SQLITE_OPEN_READONLY);
    MbtilesSummary summary;
    each_row(database.get(), "PRAGMA integrity_check", [](sqlite3_stmt* row) {
        if (blob(row, 0) != "ok") {
            throw ArchiveError("the database is damaged: " + std::string(blob(row, 0)));
        }
    });
    each_row(database.get(), "SELECT name, value FROM metadata ORDER BY rowid",
             [&](sqlite3_stmt* row) { summary.metadata.emplace_back(blob(row, 0), blob(row, 1)); });
    each_row(database.get(),
             "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles "
             "ORDER BY zoom_level, tile_column, tile_row",
             [&](sqlite3_stmt* row) {
                 receiver(tile_of_row(row), blob(row, 3));
                 ++summary.tiles;
             });
    return summary;
}

} // namespace hotspots::tiles
