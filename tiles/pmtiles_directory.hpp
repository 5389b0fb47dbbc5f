// Directories of PMTiles and the numbers that its files are made of.
#pragma once

#include "tiles/pmtiles.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

inline constexpr std::size_t pmtiles_header_bytes = 127;
// Header and root directory fit the first request of a client.
inline constexpr std::size_t pmtiles_root_limit = 16384 - pmtiles_header_bytes;

// Not packed.
std::string write_directory(std::span<const PmtilesEntry> entries);
// Throws ArchiveError unless it is exactly a directory.
std::vector<PmtilesEntry> read_directory(std::string_view bytes);

struct PmtilesDirectories {
    std::string root; // packed
    std::string leaves;
};

// A root alone, or one that leads to leaves of equally many entries: as few as fit.
PmtilesDirectories write_directories(std::span<const PmtilesEntry> entries, const Packing& gzip);

} // namespace hotspots::tiles
