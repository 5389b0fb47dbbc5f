#include "tiles/wire_reader.hpp"

#include "tiles/utf8.hpp"

#include <limits>

namespace hotspots::tiles {

namespace {

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8_sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

} // namespace

void WireReader::fault(const std::string& why) const {
    throw WireFault(std::string(m_what) + ": " + why);
}

bool WireReader::next() {
    if (m_rest.empty()) {
        return false;
    }
    const auto tag = varint(m_rest);
    const auto type = tag & 7U;
    if (type != 0 && type != 1 && type != 2 && type != 5) {
        fault("wire type " + std::to_string(type) + ", which there is none of");
    }
    if (tag >> 3U == 0 || tag > std::numeric_limits<std::uint32_t>::max()) {
        fault("field number " + std::to_string(tag >> 3U));
    }
    m_type = static_cast<WireType>(type);
    m_field = static_cast<std::uint32_t>(tag >> 3U);
    return true;
}

std::uint64_t WireReader::number() {
    expect(WireType::varint);
    return varint(m_rest);
}

std::string_view WireReader::bytes() {
    expect(WireType::length);
    const auto size = varint(m_rest);
    if (size > m_rest.size()) {
        fault("field " + std::to_string(m_field) + " ends beyond the message");
    }
    return take(size);
}

std::string_view WireReader::text() {
    const auto text = bytes();
    if (!is_utf8(text)) {
        fault("field " + std::to_string(m_field) + " is not UTF-8");
    }
    return text;
}

std::vector<std::uint32_t> WireReader::packed_numbers() {
    auto rest = bytes();
    std::vector<std::uint32_t> numbers;
    while (!rest.empty()) {
        const auto value = varint(rest);
        if (value > std::numeric_limits<std::uint32_t>::max()) {
            fault("field " + std::to_string(m_field) + " holds a number of more than 32 bits");
        }
        numbers.push_back(static_cast<std::uint32_t>(value));
    }
    return numbers;
}

void WireReader::skip() {
    skip(m_type);
}

void WireReader::skip(WireType type) {
    expect(type);
    if (type == WireType::varint) {
        varint(m_rest);
    } else if (type == WireType::length) {
        bytes();
    } else {
        const std::size_t size = type == WireType::eight_bytes ? 8 : 4;
        if (size > m_rest.size()) {
            fault("field " + std::to_string(m_field) + " ends beyond the message");
        }
        take(size);
    }
}

void WireReader::expect(WireType type) const {
    if (m_type != type) {
        fault("field " + std::to_string(m_field) + " has wire type " +
              std::to_string(static_cast<int>(m_type)) + " instead of " +
              std::to_string(static_cast<int>(type)));
    }
}

std::uint64_t WireReader::varint(std::string_view& rest) const {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (rest.empty()) {
            fault("it ends within a number");
        }
        const auto byte = static_cast<unsigned char>(rest.front());
        rest.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80) {
            return value;
        }
    }
    fault("a number of more than 64 bits");
}

std::string_view WireReader::take(std::size_t size) {
    const auto taken = m_rest.substr(0, size);
    m_rest.remove_prefix(size);
    return taken;
}

} // namespace hotspots::tiles
