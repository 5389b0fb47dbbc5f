// Any bytes as a vector tile, and as a PMTiles archive or a directory of one: a verdict, in bounded
// time.
#include "tiles/archive.hpp"
#include "tiles/mvt_check.hpp"
#include "tiles/pmtiles.hpp"
#include "tiles/pmtiles_directory.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots::tiles;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto loose = check_mvt(bytes, MvtStrictness::specification);
    const auto strict = check_mvt(bytes, MvtStrictness::own);
    if (strict.fault.empty() && !loose.fault.empty()) {
        std::abort(); // what is as strict as our own is a tile
    }
    try {
        if (write_directory(read_directory(bytes)).size() > size) {
            std::abort(); // varints have one shortest form
        }
    } catch (const ArchiveError&) {
    }
    try {
        read_pmtiles(
            bytes, [](std::string_view part) { return std::string(part); },
            [](const TileId&, std::string_view) {});
    } catch (const ArchiveError&) {
    }
    return 0;
}
