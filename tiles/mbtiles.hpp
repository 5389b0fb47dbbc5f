// MBTiles 1.3: tiles in one SQLite database, rows counted from the south. What GDAL, QGIS and
// phones read from a disk. The only files that know SQLite are mbtiles_writer.cpp and
// mbtiles_reader.cpp.
#pragma once

#include "tiles/archive.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

// Collects tiles in memory. Equal tiles and info, added in the same order, give equal bytes under
// one version of SQLite. Belongs to one thread.
class MbtilesWriter {
public:
    MbtilesWriter();
    ~MbtilesWriter();
    MbtilesWriter(const MbtilesWriter&) = delete;
    MbtilesWriter& operator=(const MbtilesWriter&) = delete;

    // Each tile once; not empty, less than 1 GB.
    void add(const TileId& tile, std::string_view packed);
    std::uint64_t tiles() const { return m_tiles; }

    // The database as a file's bytes. Texts become rows of `metadata` as they are, and documents
    // too, but for `vector_layers`, which goes into the row `json`.
    std::string finish(const ArchiveInfo& info);

private:
    struct Database;
    std::unique_ptr<Database> m_database;
    std::uint64_t m_tiles = 0;
};

struct MbtilesSummary {
    std::uint64_t tiles = 0;
    std::vector<ArchiveText> metadata;
};

// Gives every tile to `receiver`, by zoom, column and row. Throws ArchiveError for a file that is
// no such database, or has rows that MBTiles does not allow.
MbtilesSummary read_mbtiles(const std::string& path, const TileReceiver& receiver);

} // namespace hotspots::tiles
