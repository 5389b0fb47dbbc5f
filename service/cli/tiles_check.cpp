// `tiles check`: reads an archive as whoever gets it will, and stops at the first fault.
#include "service/access/secrets.hpp"
#include "service/cli/commands.hpp"
#include "service/tile_export.hpp"
#include "tiles/geojson.hpp"
#include "tiles/mbtiles.hpp"
#include "tiles/mvt_check.hpp"
#include "tiles/pmtiles.hpp"

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

namespace hotspots::service {

namespace {

std::string file_bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf())) {
        throw std::runtime_error(path + " cannot be read");
    }
    return std::move(bytes).str();
}

// Nothing where there is no checksum beside the file.
void check_checksum(const std::string& path, const std::string& bytes) {
    std::ifstream file(path + ".sha256");
    std::string said;
    if (!(file >> said)) {
        return;
    }
    const auto found = to_hex(sha256(bytes));
    if (said != found) {
        throw std::runtime_error(path + " has SHA-256 " + found + ", but " + path +
                                 ".sha256 says " + said);
    }
}

class TileCheck {
public:
    void take(const tiles::TileId& tile, std::string_view packed) {
        const auto report = tiles::check_mvt(unpacked(tile, packed), tiles::MvtStrictness::own);
        if (!report.fault.empty()) {
            refuse(tile, report.fault);
        }
        ++m_tiles;
        for (const auto& [layer, count] : report.features) {
            m_features[layer] += count;
        }
    }

    std::string summary() const {
        auto out = "{\"tiles\":" + std::to_string(m_tiles) + ",\"features\":{";
        for (const auto& [layer, count] : m_features) {
            tiles::append_json_string(out.append(out.ends_with('{') ? "" : ","), layer);
            out.append(":").append(std::to_string(count));
        }
        return out.append("}}\n");
    }

private:
    [[noreturn]] static void refuse(const tiles::TileId& tile, const std::string& why) {
        throw tiles::ArchiveError("tile " + std::to_string(tile.zoom) + '/' +
                                  std::to_string(tile.x) + '/' + std::to_string(tile.y) + ": " +
                                  why);
    }

    static std::string unpacked(const tiles::TileId& tile, std::string_view packed) {
        try {
            return unpack_tile(packed);
        } catch (const std::runtime_error& error) {
            refuse(tile, error.what());
        }
    }

    std::uint64_t m_tiles = 0;
    std::map<std::string, std::uint64_t> m_features;
};

} // namespace

int check_tiles(const std::string& path) {
    TileCheck check;
    const auto receiver = [&](const tiles::TileId& tile, std::string_view packed) {
        check.take(tile, packed);
    };
    const auto bytes = file_bytes(path);
    check_checksum(path, bytes);
    if (bytes.starts_with("PMTiles")) {
        tiles::read_pmtiles(bytes, unpack_tile, receiver);
    } else {
        tiles::read_mbtiles(path, receiver);
    }
    std::cout << check.summary();
    return exit_done;
}

} // namespace hotspots::service
