#include "tiles/geojson.hpp"
#include "tiles/pmtiles.hpp"
#include "tiles/pmtiles_directory.hpp"
#include "tiles/tile_order.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hotspots::tiles {

namespace {

constexpr char gzip_code = 2;
constexpr char mvt_code = 1;

class HeaderWriter {
public:
    HeaderWriter() { m_bytes = std::string("PMTiles") + '\3'; }

    void number(std::uint64_t value) { little_endian(value, 8); }
    void code(int value) { m_bytes.push_back(static_cast<char>(value)); }
    // Degrees as whole ten-millionths.
    void degrees(double value) {
        const auto units = static_cast<std::int32_t>(std::lround(value * 1e7));
        little_endian(static_cast<std::uint32_t>(units), 4);
    }
    const std::string& bytes() const { return m_bytes; }

private:
    void little_endian(std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i, value >>= 8U) {
            m_bytes.push_back(static_cast<char>(value & 0xffU));
        }
    }
    std::string m_bytes;
};

std::string metadata_json(const ArchiveInfo& info) {
    std::string out = "{";
    for (const auto& [name, text] : info.texts) {
        append_json_string(out.append(out.size() > 1 ? "," : ""), name);
        append_json_string(out.append(":"), text);
    }
    for (const auto& [name, json] : info.documents) {
        append_json_string(out.append(out.size() > 1 ? "," : ""), name);
        out.append(":").append(json);
    }
    return out.append("}");
}

} // namespace

void PmtilesWriter::add(const TileId& tile, std::string_view packed) {
    const auto id = tile_order(tile);
    assert(m_entries.empty() || id >= m_entries.back().tile_id + m_entries.back().run_length);
    ++m_tiles;
    const auto hash = std::hash<std::string_view>{}(packed);
    const auto [first, last] = m_contents.equal_range(hash);
    const auto same = std::find_if(first, last, [&](const auto& candidate) {
        const auto& entry = m_entries[candidate.second];
        return std::string_view(m_data).substr(entry.offset, entry.length) == packed;
    });
    if (same == last) {
        m_contents.emplace(hash, m_entries.size());
        m_entries.push_back({id, m_data.size(), static_cast<std::uint32_t>(packed.size()), 1});
        m_data += packed;
        return;
    }
    const auto& known = m_entries[same->second];
    auto& before = m_entries.back();
    if (before.offset == known.offset && before.tile_id + before.run_length == id) {
        ++before.run_length;
    } else {
        m_entries.push_back({id, known.offset, known.length, 1});
    }
}

std::string PmtilesWriter::finish(const ArchiveInfo& info, const Packing& gzip) const {
    const auto directories = write_directories(m_entries, gzip);
    const auto metadata = gzip(metadata_json(info));
    HeaderWriter header;
    std::uint64_t offset = pmtiles_header_bytes;
    for (const auto length :
         {directories.root.size(), metadata.size(), directories.leaves.size(), m_data.size()}) {
        header.number(offset);
        header.number(length);
        offset += length;
    }
    header.number(m_tiles);
    header.number(m_entries.size());
    header.number(m_contents.size());
    header.code(1); // clustered
    header.code(gzip_code);
    header.code(gzip_code);
    header.code(mvt_code);
    header.code(info.min_zoom);
    header.code(info.max_zoom);
    header.degrees(info.bounds.min.lon_deg);
    header.degrees(info.bounds.min.lat_deg);
    header.degrees(info.bounds.max.lon_deg);
    header.degrees(info.bounds.max.lat_deg);
    header.code(info.min_zoom); // where a viewer begins
    header.degrees((info.bounds.min.lon_deg + info.bounds.max.lon_deg) / 2);
    header.degrees((info.bounds.min.lat_deg + info.bounds.max.lat_deg) / 2);
    assert(header.bytes().size() == pmtiles_header_bytes);
    return header.bytes() + directories.root + metadata + directories.leaves + m_data;
}

} // namespace hotspots::tiles
