#include "tiles/pmtiles_directory.hpp"

#include "tiles/byte_buffer.hpp"

#include <algorithm>
#include <limits>

namespace hotspots::tiles {

namespace {

class VarintReader {
public:
    explicit VarintReader(std::string_view bytes) : m_rest(bytes) {}

    std::uint64_t next(std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_rest.empty()) {
                throw ArchiveError("a directory ends within a number");
            }
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            const std::uint64_t bits = byte & 0x7fU;
            if (shift == 63 && bits > 1) {
                break;
            }
            value |= bits << shift;
            if (byte < 0x80) {
                return check(value, most);
            }
        }
        throw ArchiveError("a directory has a number of more than 64 bits");
    }
    std::size_t left() const { return m_rest.size(); }

private:
    static std::uint64_t check(std::uint64_t value, std::uint64_t most) {
        if (value > most) {
            throw ArchiveError("a directory has " + std::to_string(value) + " where at most " +
                               std::to_string(most) + " can be");
        }
        return value;
    }
    std::string_view m_rest;
};

constexpr std::uint64_t most_32_bits = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t most_offset = std::numeric_limits<std::uint64_t>::max() / 4;

void read_offsets(VarintReader& reader, std::vector<PmtilesEntry>& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto offset = reader.next(most_offset);
        if (offset > 0) {
            entries[i].offset = offset - 1;
        } else if (i > 0) {
            entries[i].offset = entries[i - 1].offset + entries[i - 1].length;
        } else {
            throw ArchiveError("a directory's first entry follows none");
        }
    }
}

PmtilesDirectories with_leaves(std::span<const PmtilesEntry> entries, std::size_t leaf_size,
                               const Packing& gzip) {
    PmtilesDirectories result;
    std::vector<PmtilesEntry> root;
    for (auto rest = entries; !rest.empty();) {
        const auto part = rest.first(std::min(leaf_size, rest.size()));
        const auto leaf = gzip(write_directory(part));
        root.push_back({part.front().tile_id, result.leaves.size(),
                        static_cast<std::uint32_t>(leaf.size()), 0});
        result.leaves += leaf;
        rest = rest.subspan(part.size());
    }
    result.root = gzip(write_directory(root));
    return result;
}

} // namespace

std::string write_directory(std::span<const PmtilesEntry> entries) {
    ByteBuffer out;
    out.append_varint(entries.size());
    std::uint64_t last_id = 0;
    for (const auto& entry : entries) {
        out.append_varint(entry.tile_id - last_id);
        last_id = entry.tile_id;
    }
    for (const auto& entry : entries) {
        out.append_varint(entry.run_length);
    }
    for (const auto& entry : entries) {
        out.append_varint(entry.length);
    }
    std::uint64_t next = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool follows = i > 0 && entries[i].offset == next;
        out.append_varint(follows ? 0 : entries[i].offset + 1);
        next = entries[i].offset + entries[i].length;
    }
    return std::string(out.view());
}

std::vector<PmtilesEntry> read_directory(std::string_view bytes) {
    VarintReader reader(bytes);
    const auto count = reader.next(bytes.size() / 4); // each entry has four numbers
    std::vector<PmtilesEntry> entries(count);
    std::uint64_t id = 0;
    for (auto& entry : entries) {
        const auto step = reader.next(most_offset);
        if (step == 0 && &entry != &entries.front()) {
            throw ArchiveError("a directory has the tile id " + std::to_string(id) + " twice");
        }
        id += step;
        if (id > most_offset) {
            throw ArchiveError("a directory has the tile id " + std::to_string(id));
        }
        entry.tile_id = id;
    }
    for (auto& entry : entries) {
        entry.run_length = static_cast<std::uint32_t>(reader.next(most_32_bits));
    }
    for (auto& entry : entries) {
        entry.length = static_cast<std::uint32_t>(reader.next(most_32_bits));
        if (entry.length == 0) {
            throw ArchiveError("tile id " + std::to_string(entry.tile_id) + " has no bytes");
        }
    }
    read_offsets(reader, entries);
    if (reader.left() > 0) {
        throw ArchiveError("a directory goes on after its last entry");
    }
    return entries;
}

PmtilesDirectories write_directories(std::span<const PmtilesEntry> entries, const Packing& gzip) {
    PmtilesDirectories result{gzip(write_directory(entries)), {}};
    for (std::size_t leaf_size = 4096; result.root.size() > pmtiles_root_limit; leaf_size *= 2) {
        result = with_leaves(entries, leaf_size, gzip);
    }
    return result;
}

} // namespace hotspots::tiles
