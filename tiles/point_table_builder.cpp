#include "tiles/point_table_builder.hpp"

#include "tiles/mvt_value.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <numeric>

namespace hotspots::tiles {

namespace {

constexpr char values_tag = 4 << 3 | 2; // field `values` of a layer, of a length
constexpr char text_tag = 1 << 3 | 2;   // field `string_value` of a Value, likewise

void append_length(std::string& out, std::size_t length) {
    for (; length >= 0x80; length >>= 7U) {
        out.push_back(static_cast<char>((length & 0x7fU) | 0x80U));
    }
    out.push_back(static_cast<char>(length));
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t length_bytes(std::size_t length) {
    std::size_t bytes = 1;
    for (; length >= 0x80; length >>= 7U) {
        ++bytes;
    }
    return bytes;
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

// Nearly all texts are ASCII, and there are millions of them: those need no further look.
void PointTableBuilder::text(std::string_view text) {
    if (!is_ascii(text)) {
        m_table.m_codes.push_back(code_of(encode_text_value(text)));
        return;
    }
    m_field.assign(1, values_tag);
    append_length(m_field, 1 + length_bytes(text.size()) + text.size());
    m_field.push_back(text_tag);
    append_length(m_field, text.size());
    m_field.append(text);
    m_table.m_codes.push_back(code_of_field());
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
    m_field.assign(1, values_tag);
    append_length(m_field, message.size());
    m_field.append(message);
    return code_of_field();
}

std::uint32_t PointTableBuilder::code_of_field() {
    if (m_table.code_count() * 2 > m_slots.size()) {
        grow();
    }
    auto slot = std::hash<std::string_view>{}(m_field) % m_slots.size();
    while (m_slots[slot] != 0 && m_table.value_field(m_slots[slot]) != m_field) {
        slot = (slot + 1) % m_slots.size();
    }
    if (m_slots[slot] == 0) {
        m_slots[slot] = static_cast<std::uint32_t>(m_table.code_count());
        m_table.m_values += m_field;
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
