// Identifiers for rows that come without one: the row's content, and its ordinal among the equal
// rows of its file. Equal rows are separate records, and the same file again gives the same
// identifiers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hotspots::data {

// FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923): the same on every machine, as stored ids must be.
class ContentHash {
public:
    void add(std::string_view text);
    std::uint64_t value() const { return m_value; }

private:
    void add_byte(unsigned char byte) { m_value = (m_value ^ byte) * 0x100000001b3U; }
    std::uint64_t m_value = 0xcbf29ce484222325U;
};

// One a file. Ordinals count equal hashes: should two contents ever share one, they still get two
// identifiers.
class ContentIdentity {
public:
    // `anon-` and the hash, `-` and the ordinal from 1: `anon-6e7b3ff07275cfe4-1`.
    std::string next(const ContentHash& content);

private:
    std::unordered_map<std::uint64_t, int> m_equal_rows; // by hash: how many so far
};

} // namespace hotspots::data
