// Bytes -> plain characters: UTF-8 (or what is none, as Latin-1) folded to the few characters that
// location texts need. Below data/geocode/text.hpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace hotspots::data {

struct FoldedCharacter {
    char value = ' '; // a-z, 0-9, ASCII punctuation, ' ', or '?' for a letter of another alphabet
    std::uint16_t begin = 0;
    std::uint16_t end = 0;
};

// Accents are dropped, invisible marks vanish, any apostrophe is '\'', line breaks become ';',
// emoji and other symbols become ' '. A precondition is text.size() < 65536.
std::vector<FoldedCharacter> fold_characters(std::string_view text);

} // namespace hotspots::data
