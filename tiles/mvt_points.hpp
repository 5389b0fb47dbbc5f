// Mapbox Vector Tile 2.1 layers of points, straight from the columns of a PointTable.
//
// Thinning: below zoom 14 the points of a square of 16 x 16 tile units (4096 across, so 256 squares
// to a tile's side) become one feature at their mean place, which carries those properties that
// all of them share and no id. Squares are aligned to the tile, so the neighbour's buffer shows the
// same feature. Each feature carries `point_count`: over the features of a tile, without its
// buffer, they add up to the points that lie in it, at every zoom. From zoom 14 each point is its
// own feature.
#pragma once

#include "tiles/byte_buffer.hpp"
#include "tiles/point_table.hpp"
#include "tiles/tile.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

inline constexpr int full_detail_zoom = 14;
inline constexpr int thinning_bits = 4; // squares of 2^4 units
inline constexpr std::string_view point_count_name = "point_count";

// In words, for whoever reads a description of the tiles.
inline constexpr std::string_view thinning_rule =
    "Below zoom 14 the points of a square of 16 units (256 squares to a tile's side) are one "
    "feature "
    "at their mean place, with the properties that all of them share and no id. point_count says "
    "how "
    "many points a feature stands for; over a tile without its buffer it adds up to the points in "
    "it";

enum class PointDetail { thinned, all };

// The numbers of values within one tile, by their codes.
class TileValues {
public:
    TileValues();
    void clear();
    std::uint32_t index_of(std::uint32_t code) {
        std::size_t slot = (code * 0x9e3779b1U) >> m_shift;
        while (m_slots[slot].code != code) {
            if (m_slots[slot].code == 0) {
                return add(code, slot);
            }
            slot = (slot + 1) & (m_slots.size() - 1);
        }
        return m_slots[slot].index;
    }
    std::span<const std::uint32_t> codes() const { return m_codes; } // by index

private:
    struct Slot {
        std::uint32_t code = 0;
        std::uint32_t index = 0;
    };
    std::uint32_t add(std::uint32_t code, std::size_t slot);
    void put(std::uint32_t code, std::uint32_t index);

    std::vector<Slot> m_slots; // a power of two
    std::uint32_t m_shift = 0; // of a 32-bit hash to a slot
    std::vector<std::uint32_t> m_codes;
};

// Keeps its memory from tile to tile; belongs to one thread.
class PointEncoder {
public:
    // The layer of the points at `positions`, ascending, of which the tile and its buffer hold all.
    // Empty where there are none.
    std::string encode(std::string_view layer, const PointTable& table,
                       std::span<const std::uint32_t> positions, const TileId& tile,
                       PointDetail detail = PointDetail::thinned);

private:
    struct Mark { // a feature to be
        std::optional<std::uint64_t> id;
        std::span<const std::uint32_t> codes;
        std::uint32_t count;
        std::int64_t x;
        std::int64_t y;
    };
    void add_each(std::span<const std::uint32_t> positions);
    void add_thinned(std::span<const std::uint32_t> positions);
    void add_joined(std::span<const std::uint32_t> group);
    void add(const Mark& mark);
    char* put_tag(char* at, std::size_t name, std::uint32_t code);
    std::int64_t unit(std::uint32_t world, std::uint32_t tile_number) const;
    void write_keys();
    void write_values();
    std::string layer_bytes(std::string_view name) const;

    const PointTable* m_table = nullptr;
    TileId m_tile;
    std::vector<std::uint32_t> m_key_of_name; // its number from 1; 0: not used yet
    std::vector<std::size_t> m_keys;          // names in the order of their first use
    TileValues m_values;
    std::vector<std::uint32_t> m_shared; // codes of joined points
    std::vector<char> m_tags;
    ByteBuffer m_features;
    ByteBuffer m_dictionary;
};

} // namespace hotspots::tiles
