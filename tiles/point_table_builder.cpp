#include "tiles/point_table_builder.hpp"

#include "tiles/mvt_value.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <numeric>

namespace hotspots::tiles {

namespace {

constexpr char values_tag = 4 << 3 | 2; // field `values` of a layer, of a length

void append_length(std::string& out, std::size_t length) {
    for (; length >= 0x80; length >>= 7U) {
        out.push_back(static_cast<char>((length & 0x7fU) | 0x80U));
    }
    out.push_back(static_cast<char>(length));
}

std::string value_field(std::string_view message) {
    std::string field(1, values_tag);
    append_length(field, message.size());
    return field.append(message);
}

template <class T>
std::vector<T> in_order(const std::vector<T>& values, const std::vector<std::uint32_t>& order) {
    std::vector<T> sorted;
    sorted.reserve(values.size());
    for (const auto i : order) {
        sorted.push_back(values[i]);
    }
    return sorted;
}

} // namespace

PointTableBuilder::PointTableBuilder(std::vector<std::string> names) : m_slots(1024) {
    m_table.m_names = std::move(names);
}

void PointTableBuilder::point(const geo::LonLat& at, std::uint64_t id, std::uint32_t row) {
    assert(m_table.m_codes.size() == m_table.m_places.size() * m_table.m_names.size());
    const auto place = to_world(at);
    m_table.m_order.push_back(morton(place));
    m_table.m_places.push_back(place);
    m_table.m_ids.push_back(id);
    m_table.m_rows.push_back(row);
}

void PointTableBuilder::text(std::string_view text) {
    m_table.m_codes.push_back(code_of(encode_text_value(text)));
}

void PointTableBuilder::text_or_null(std::string_view text) {
    if (text.empty()) {
        m_table.m_codes.push_back(PointTable::null);
    } else {
        this->text(text);
    }
}

void PointTableBuilder::value(const Value& value) {
    const auto message = encode_value(value);
    m_table.m_codes.push_back(message.empty() ? PointTable::null : code_of(message));
}

std::uint32_t PointTableBuilder::code_of(std::string_view message) {
    if (m_table.code_count() * 2 > m_slots.size()) {
        grow();
    }
    const auto field = value_field(message);
    auto slot = std::hash<std::string_view>{}(field) % m_slots.size();
    while (m_slots[slot] != 0 && m_table.value_field(m_slots[slot]) != field) {
        slot = (slot + 1) % m_slots.size();
    }
    if (m_slots[slot] == 0) {
        m_slots[slot] = static_cast<std::uint32_t>(m_table.code_count());
        m_table.m_values += field;
        m_table.m_value_ends.push_back(m_table.m_values.size());
    }
    return m_slots[slot];
}

void PointTableBuilder::grow() {
    std::vector<std::uint32_t> slots(m_slots.size() * 2);
    for (std::uint32_t code = 1; code < m_table.code_count(); ++code) {
        auto slot = std::hash<std::string_view>{}(m_table.value_field(code)) % slots.size();
        while (slots[slot] != 0) {
            slot = (slot + 1) % slots.size();
        }
        slots[slot] = code;
    }
    m_slots = std::move(slots);
}

PointTable PointTableBuilder::finish() && {
    const auto count = m_table.m_places.size();
    const auto width = m_table.m_names.size();
    assert(m_table.m_codes.size() == count * width);
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto& key = m_table.m_order;
        return key[a] != key[b] ? key[a] < key[b] : a < b;
    });
    std::vector<std::uint32_t> codes;
    codes.reserve(count * width);
    for (const auto i : order) {
        const auto first = m_table.m_codes.begin() + static_cast<std::ptrdiff_t>(i * width);
        codes.insert(codes.end(), first, first + static_cast<std::ptrdiff_t>(width));
    }
    m_table.m_codes = std::move(codes);
    m_table.m_order = in_order(m_table.m_order, order);
    m_table.m_places = in_order(m_table.m_places, order);
    m_table.m_ids = in_order(m_table.m_ids, order);
    m_table.m_rows = in_order(m_table.m_rows, order);
    return std::move(m_table);
}

} // namespace hotspots::tiles
