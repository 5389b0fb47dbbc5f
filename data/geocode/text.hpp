// Location text -> tokens: the first step of geocoding, shared by texts and by gazetteer names, so
// that both are written the same way. Knows the alphabet, no words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

// What stands between a token and the one before it.
enum class Gap : std::uint8_t {
    space,
    hyphen, // "Frisby-on": no space beside it
    slash,  // "High St / Gaol St"; not the one within "o/s"
    stop,   // comma, semicolon, colon, bracket, line break, or a dash with a space beside it
};

struct Token {
    std::string word; // lower case a-z and 0-9; '?' for a letter of another alphabet; "o/s" and
                      // "52.63" whole
    std::uint16_t begin = 0; // bytes of the text
    std::uint16_t end = 0;
    Gap gap = Gap::stop; // before it; `stop` for the first
    bool minus = false;  // a sign stands directly before it
};

// Texts are read to here: longer ones are no location texts, and time stays bounded.
constexpr std::size_t longest_text = 1000;

// Case, accents, apostrophes, full stops, invisible marks and emoji are gone; `&` and `+` are the
// word "and", `@` is "at". Any bytes are accepted: what is no UTF-8 is read as Latin-1.
std::vector<Token> tokens_of(std::string_view text);

} // namespace hotspots::data
