// Postcodes written in a location text: full, spaced or not, or a sector or district of one.
// Pure; knows the form (BS 7666), not which postcodes exist.
#pragma once

#include "data/geocode/text.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hotspots::data {

enum class PostcodePart { unit, sector, district };

struct PostcodeReading {
    std::string code; // "LE1 5YA", "LE1 5", "LE1"
    PostcodePart part = PostcodePart::unit;
    bool repaired = false; // a letter was read for a figure, or a figure for a letter
    std::size_t first = 0; // tokens [first, last)
    std::size_t last = 0;
};

// The first full postcode of the text, else the first sector, else the first district.
std::optional<PostcodeReading> read_postcode(std::span<const Token> tokens);

// "le15ya" -> "LE1 5YA". Empty if it has not the form of a full postcode.
std::optional<std::string> normalised_postcode(std::string_view text);

} // namespace hotspots::data
