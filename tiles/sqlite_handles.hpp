// Owners of SQLite's handles, for the files that read and write MBTiles.
#pragma once

#include "tiles/archive.hpp"

#include <sqlite3.h>

#include <memory>
#include <string>

namespace hotspots::tiles {

struct CloseSqlite {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using SqliteDatabase = std::unique_ptr<sqlite3, CloseSqlite>;

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// Throws ArchiveError naming what was done, with SQLite's words.
inline void require_sqlite(sqlite3* database, int result, int wanted, const char* what) {
    if (result != wanted) {
        throw ArchiveError(std::string(what) + ": " +
                           (database ? sqlite3_errmsg(database) : "out of memory"));
    }
}

inline SqliteDatabase open_sqlite(const std::string& path, int flags) {
    sqlite3* raw = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
    SqliteDatabase database(raw);
    require_sqlite(raw, result, SQLITE_OK, "the archive cannot be opened");
    return database;
}

inline SqliteStatement prepare_sqlite(sqlite3* database, const char* text) {
    sqlite3_stmt* raw = nullptr;
    const int result = sqlite3_prepare_v2(database, text, -1, &raw, nullptr);
    SqliteStatement statement(raw);
    require_sqlite(database, result, SQLITE_OK, "the archive cannot be asked");
    return statement;
}

} // namespace hotspots::tiles
