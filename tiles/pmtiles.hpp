// PMTiles version 3: one file that a map reads by byte ranges, from any static file server. Tiles
// lie clustered, in the order of their ids; equal tiles are kept once, runs of them are one entry.
// https://github.com/protomaps/PMTiles, spec version 3.4.
#pragma once

#include "tiles/archive.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hotspots::tiles {

struct PmtilesEntry {
    std::uint64_t tile_id = 0;
    std::uint64_t offset = 0; // of the tile's data, or of a leaf directory
    std::uint32_t length = 0;
    std::uint32_t run_length = 0; // tiles from tile_id on; 0: a leaf directory
    friend bool operator==(const PmtilesEntry&, const PmtilesEntry&) = default;
};

// Collects tiles in memory. Equal tiles and info give equal bytes.
class PmtilesWriter {
public:
    // Precondition: tile_order() ascends from call to call; not empty, less than 4 GiB.
    void add(const TileId& tile, std::string_view packed);

    std::uint64_t tiles() const { return m_tiles; }
    std::uint64_t contents() const { return m_contents.size(); }

    // The archive. `gzip` packs directories and metadata.
    std::string finish(const ArchiveInfo& info, const Packing& gzip) const;

private:
    std::vector<PmtilesEntry> m_entries;
    std::string m_data;
    std::unordered_multimap<std::size_t, std::size_t> m_contents; // hash -> entry that has it first
    std::uint64_t m_tiles = 0;
};

struct PmtilesSummary {
    std::uint64_t tiles = 0;
    std::uint64_t contents = 0;
    std::string metadata; // JSON
};

// Gives every tile to `receiver`, in the order of ids. Throws ArchiveError for anything that the
// specification forbids: sections that overlap or end beyond the file, entries out of order, counts
// that do not agree, tiles that are not clustered. Bounded by the size of `bytes`, but for what
// `gunzip` returns.
PmtilesSummary read_pmtiles(std::string_view bytes, const Packing& gunzip,
                            const TileReceiver& receiver);

} // namespace hotspots::tiles
