#include "data/ingest/content_identity.hpp"

#include <array>
#include <cstdio>

namespace hotspots::data {

void ContentHash::add(std::string_view text) {
    for (const char c : text) {
        add_byte(static_cast<unsigned char>(c));
    }
    // No text holds this byte, so that neighbouring fields cannot run into each other.
    add_byte(0xFF);
}

std::string ContentIdentity::next(const ContentHash& content) {
    const int ordinal = ++m_equal_rows[content.value()];
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "anon-%016llx-%d",
                  static_cast<unsigned long long>(content.value()), ordinal);
    return text.data();
}

} // namespace hotspots::data
