#include "tiles/mvt_points.hpp"

#include <algorithm>

namespace hotspots::tiles {

namespace {

// Tags of vector_tile.proto's fields, 2.1: number and wire type in one byte.
constexpr char tile_layer_tag = 0x1a;
constexpr char layer_name_tag = 0x0a;
constexpr char layer_feature_tag = 0x12;
constexpr char layer_key_tag = 0x1a;
constexpr char layer_value_tag = 0x22;
constexpr char layer_extent_tag = 0x28;
constexpr char layer_version_tag = 0x78;
constexpr char feature_id_tag = 0x08;
constexpr char feature_tags_tag = 0x12;
constexpr char feature_type_tag = 0x18;
constexpr char feature_geometry_tag = 0x22;
constexpr char value_uint_tag = 0x28;

constexpr char points_type = 1;
constexpr char move_to_one = 1 | 1 << 3;

constexpr std::uint32_t count_flag = 0x80000000; // codes of counts, beside the table's
constexpr int world_bits_per_unit = 20;          // at zoom 0: 2^32 units of the world to 2^12

std::uint64_t zigzag(std::int64_t value) {
    return static_cast<std::uint64_t>(value) << 1U ^ static_cast<std::uint64_t>(value >> 63);
}

std::size_t varint_size(std::uint64_t value) {
    std::size_t size = 1;
    for (; value >= 0x80; value >>= 7U) {
        ++size;
    }
    return size;
}

// Points whose orders agree in all but the lowest bits share a square of thinning.
int thinning_shift(int zoom) {
    return 2 * (world_bits_per_unit - zoom + thinning_bits);
}

} // namespace

TileValues::TileValues() {
    clear();
}

void TileValues::clear() {
    m_slots.assign(512, {});
    m_shift = 32 - 9;
    m_codes.clear();
}

std::uint32_t TileValues::add(std::uint32_t code, std::size_t slot) {
    const auto index = static_cast<std::uint32_t>(m_codes.size());
    m_codes.push_back(code);
    m_slots[slot] = {code, index};
    if (m_codes.size() * 2 > m_slots.size()) {
        m_slots.assign(m_slots.size() * 4, {});
        m_shift -= 2;
        for (std::uint32_t i = 0; i < m_codes.size(); ++i) {
            put(m_codes[i], i);
        }
    }
    return index;
}

void TileValues::put(std::uint32_t code, std::uint32_t index) {
    std::size_t slot = (code * 0x9e3779b1U) >> m_shift;
    while (m_slots[slot].code != 0) {
        slot = (slot + 1) & (m_slots.size() - 1);
    }
    m_slots[slot] = {code, index};
}

std::int64_t PointEncoder::unit(std::uint32_t world, std::uint32_t tile_number) const {
    const int shift = world_bits_per_unit - m_tile.zoom;
    const std::int64_t all =
        shift >= 0 ? std::int64_t{world} >> shift : std::int64_t{world} << -shift;
    return all - std::int64_t{tile_number} * tile_extent;
}

char* PointEncoder::put_tag(char* at, std::size_t name, std::uint32_t code) {
    auto& key = m_key_of_name[name];
    if (key == 0) {
        m_keys.push_back(name);
        key = static_cast<std::uint32_t>(m_keys.size());
    }
    return put_varint(put_varint(at, key - 1), m_values.index_of(code));
}

void PointEncoder::add(const Mark& mark) {
    char* tags_end = m_tags.data();
    for (std::size_t name = 0; name < mark.codes.size(); ++name) {
        if (mark.codes[name] != PointTable::null) {
            tags_end = put_tag(tags_end, name, mark.codes[name]);
        }
    }
    tags_end = put_tag(tags_end, mark.codes.size(), count_flag | mark.count);
    const std::string_view tags(m_tags.data(), static_cast<std::size_t>(tags_end - m_tags.data()));
    const auto x = zigzag(mark.x);
    const auto y = zigzag(mark.y);
    const auto geometry_size = 1 + varint_size(x) + varint_size(y);
    const auto size = (mark.id ? 1 + varint_size(*mark.id) : 0) + 1 + varint_size(tags.size()) +
                      tags.size() + 2 + 2 + geometry_size;

    char* at = m_features.room(size + 1 + most_varint_bytes);
    *at++ = layer_feature_tag;
    at = put_varint(at, size);
    if (mark.id) {
        *at++ = feature_id_tag;
        at = put_varint(at, *mark.id);
    }
    *at++ = feature_tags_tag;
    at = put_bytes(put_varint(at, tags.size()), tags);
    *at++ = feature_type_tag;
    *at++ = points_type;
    *at++ = feature_geometry_tag;
    at = put_varint(at, geometry_size);
    *at++ = move_to_one;
    m_features.end_at(put_varint(put_varint(at, x), y));
}

void PointEncoder::add_joined(std::span<const std::uint32_t> group) {
    const auto first = m_table->codes(group.front());
    m_shared.assign(first.begin(), first.end());
    std::int64_t x = 0;
    std::int64_t y = 0;
    for (const auto position : group) {
        const auto codes = m_table->codes(position);
        for (std::size_t name = 0; name < codes.size(); ++name) {
            m_shared[name] = codes[name] == m_shared[name] ? codes[name] : PointTable::null;
        }
        const auto& place = m_table->place(position);
        x += place.x;
        y += place.y;
    }
    const auto count = static_cast<std::int64_t>(group.size());
    const auto mean = [count](std::int64_t sum) { return static_cast<std::uint32_t>(sum / count); };
    add({count == 1 ? std::optional(m_table->id(group.front())) : std::nullopt, m_shared,
         static_cast<std::uint32_t>(count), unit(mean(x), m_tile.x), unit(mean(y), m_tile.y)});
}

void PointEncoder::add_each(std::span<const std::uint32_t> positions) {
    for (const auto position : positions) {
        const auto& place = m_table->place(position);
        add({m_table->id(position), m_table->codes(position), 1, unit(place.x, m_tile.x),
             unit(place.y, m_tile.y)});
    }
}

void PointEncoder::add_thinned(std::span<const std::uint32_t> positions) {
    const int shift = thinning_shift(m_tile.zoom);
    for (auto rest = positions; !rest.empty();) {
        const auto square = m_table->order(rest.front()) >> shift;
        const auto end = std::ranges::find_if(rest, [&](std::uint32_t position) {
            return m_table->order(position) >> shift != square;
        });
        const auto group = rest.first(static_cast<std::size_t>(end - rest.begin()));
        add_joined(group);
        rest = rest.subspan(group.size());
    }
}

void PointEncoder::write_keys() {
    for (const auto name : m_keys) {
        const auto& names = m_table->names();
        const std::string_view text = name < names.size() ? names[name] : point_count_name;
        m_dictionary.append(std::string_view(&layer_key_tag, 1));
        m_dictionary.append_varint(text.size());
        m_dictionary.append(text);
    }
}

void PointEncoder::write_values() {
    for (const auto code : m_values.codes()) {
        if ((code & count_flag) == 0) {
            m_dictionary.append(m_table->value_field(code));
        } else {
            const auto count = code & ~count_flag;
            char* at = m_dictionary.room(4 + most_varint_bytes);
            *at++ = layer_value_tag;
            at = put_varint(at, 1 + varint_size(count));
            *at++ = value_uint_tag;
            m_dictionary.end_at(put_varint(at, count));
        }
    }
}

std::string PointEncoder::layer_bytes(std::string_view name) const {
    const auto size = 2 + 1 + varint_size(name.size()) + name.size() + m_features.size() +
                      m_dictionary.size() + 1 + varint_size(tile_extent);
    std::string out(1 + varint_size(size) + size, '\0');
    char* at = out.data();
    *at++ = tile_layer_tag;
    at = put_varint(at, size);
    *at++ = layer_version_tag;
    *at++ = 2;
    *at++ = layer_name_tag;
    at = put_bytes(put_varint(at, name.size()), name);
    at = put_bytes(put_bytes(at, m_features.view()), m_dictionary.view());
    *at++ = layer_extent_tag;
    put_varint(at, tile_extent);
    return out;
}

std::string PointEncoder::encode(std::string_view layer, const PointTable& table,
                                 std::span<const std::uint32_t> positions, const TileId& tile,
                                 PointDetail detail) {
    if (positions.empty()) {
        return {};
    }
    const auto names = table.names().size() + 1;
    m_table = &table;
    m_tile = tile;
    m_key_of_name.assign(names, 0);
    m_keys.clear();
    m_values.clear();
    m_tags.resize(2 * most_varint_bytes * names);
    m_features.clear();
    m_dictionary.clear();
    if (detail == PointDetail::all || tile.zoom >= full_detail_zoom) {
        add_each(positions);
    } else {
        add_thinned(positions);
    }
    write_keys();
    write_values();
    return layer_bytes(layer);
}

} // namespace hotspots::tiles
