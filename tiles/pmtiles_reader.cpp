#include "tiles/pmtiles.hpp"
#include "tiles/pmtiles_directory.hpp"
#include "tiles/tile_order.hpp"

#include <algorithm>
#include <unordered_set>

namespace hotspots::tiles {

namespace {

struct Section {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

struct PmtilesHeader {
    Section root;
    Section metadata;
    Section leaves;
    Section data;
    std::uint64_t tiles = 0;
    std::uint64_t entries = 0;
    std::uint64_t contents = 0;
    int min_zoom = 0;
    int max_zoom = 0;
};

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 8; i-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

Section section_at(std::string_view bytes, std::size_t at, const char* name) {
    const Section section{number_at(bytes, at), number_at(bytes, at + 8)};
    if (section.offset > bytes.size() || section.length > bytes.size() - section.offset) {
        throw ArchiveError(std::string("the archive's ") + name + " ends beyond the file");
    }
    return section;
}

void expect(int value, int wanted, const char* what) {
    if (value != wanted) {
        throw ArchiveError(std::string("the archive's ") + what + " is " + std::to_string(value) +
                           "; it must be " + std::to_string(wanted));
    }
}

PmtilesHeader read_header(std::string_view bytes) {
    if (bytes.size() < pmtiles_header_bytes || !bytes.starts_with("PMTiles")) {
        throw ArchiveError("this is no PMTiles archive");
    }
    const auto code = [&](std::size_t at) { return int{static_cast<unsigned char>(bytes[at])}; };
    expect(code(7), 3, "version");
    expect(code(96), 1, "mark for clustered tiles");
    expect(code(97), 2, "packing of directories");
    expect(code(98), 2, "packing of tiles");
    expect(code(99), 1, "kind of tiles");
    PmtilesHeader header;
    header.root = section_at(bytes, 8, "root directory");
    header.metadata = section_at(bytes, 24, "metadata");
    header.leaves = section_at(bytes, 40, "section of leaf directories");
    header.data = section_at(bytes, 56, "tile data");
    header.tiles = number_at(bytes, 72);
    header.entries = number_at(bytes, 80);
    header.contents = number_at(bytes, 88);
    header.min_zoom = code(100);
    header.max_zoom = code(101);
    if (header.root.offset + header.root.length > 16384) {
        throw ArchiveError("the archive's root directory ends beyond the first 16 KiB");
    }
    return header;
}

std::string_view part(std::string_view bytes, const Section& section) {
    return bytes.substr(section.offset, section.length);
}

std::string_view part_of(std::string_view bytes, const Section& section,
                         const PmtilesEntry& entry) {
    if (entry.offset > section.length || entry.length > section.length - entry.offset) {
        throw ArchiveError("what belongs to tile id " + std::to_string(entry.tile_id) +
                           " ends beyond its section");
    }
    return part(bytes, section).substr(entry.offset, entry.length);
}

class PmtilesReader {
public:
    PmtilesReader(std::string_view bytes, const Packing& gunzip, const TileReceiver& receiver)
        : m_bytes(bytes), m_gunzip(gunzip), m_receiver(receiver), m_header(read_header(bytes)) {}

    PmtilesSummary read() {
        for (const auto& entry : directory(part(m_bytes, m_header.root))) {
            if (entry.run_length > 0) {
                take(entry);
                continue;
            }
            for (const auto& below : directory(part_of(m_bytes, m_header.leaves, entry))) {
                take(below);
            }
        }
        check(m_tiles, m_header.tiles, "tiles");
        check(m_entries, m_header.entries, "entries");
        check(m_offsets.size(), m_header.contents, "tile contents");
        return {m_tiles, m_offsets.size(), m_gunzip(part(m_bytes, m_header.metadata))};
    }

private:
    std::vector<PmtilesEntry> directory(std::string_view packed) const {
        return read_directory(m_gunzip(packed));
    }

    static void check(std::uint64_t counted, std::uint64_t said, const char* what) {
        if (counted != said) {
            throw ArchiveError("the archive has " + std::to_string(counted) + ' ' + what +
                               ", its header says " + std::to_string(said));
        }
    }

    void take(const PmtilesEntry& entry) {
        if (entry.run_length == 0) {
            throw ArchiveError("a leaf directory leads to another");
        }
        if (entry.tile_id < m_next_id) {
            throw ArchiveError("tile id " + std::to_string(entry.tile_id) + " is out of order");
        }
        const auto packed = part_of(m_bytes, m_header.data, entry);
        if (m_offsets.insert(entry.offset).second) {
            if (entry.offset != m_end) {
                throw ArchiveError("the data of tile id " + std::to_string(entry.tile_id) +
                                   " does not follow that of the one before");
            }
            m_end += entry.length;
        }
        ++m_entries;
        for (std::uint64_t i = 0; i < entry.run_length; ++i) {
            const auto tile = tile_of_order(entry.tile_id + i);
            if (!tile || tile->zoom < m_header.min_zoom || tile->zoom > m_header.max_zoom) {
                throw ArchiveError("tile id " + std::to_string(entry.tile_id + i) +
                                   " is outside the archive's zooms");
            }
            m_receiver(*tile, packed);
            ++m_tiles;
        }
        m_next_id = entry.tile_id + entry.run_length;
    }

    std::string_view m_bytes;
    const Packing& m_gunzip;
    const TileReceiver& m_receiver;
    PmtilesHeader m_header;
    std::unordered_set<std::uint64_t> m_offsets;
    std::uint64_t m_next_id = 0;
    std::uint64_t m_end = 0; // of the data seen
    std::uint64_t m_tiles = 0;
    std::uint64_t m_entries = 0;
};

} // namespace

PmtilesSummary read_pmtiles(std::string_view bytes, const Packing& gunzip,
                            const TileReceiver& receiver) {
    return PmtilesReader(bytes, gunzip, receiver).read();
}

} // namespace hotspots::tiles
