#include "data/geocode/characters.hpp"

#include <array>

namespace hotspots::data {
namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
};

// Length of the sequence that a lead byte announces; 0 for none.
std::size_t sequence_length(unsigned char lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

CodePoint decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const std::size_t length = sequence_length(byte(0));
    if (length == 0 || at + length > text.size()) {
        return {byte(0), 1};
    }
    char32_t value = byte(0) & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80u) {
            return {byte(0), 1};
        }
        value = (value << 6) | (byte(i) & 0x3Fu);
    }
    return {value, length};
}

// U+00C0 .. U+017F without their accents.
constexpr std::string_view latin_letters =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_letters.size() == 0x180 - 0xC0);

char fold_ascii(char c) {
    if (c >= 'A' && c <= 'Z') {
        return static_cast<char>(c - 'A' + 'a');
    }
    if (c == '`') {
        return '\'';
    }
    if (c == '\n' || c == '\r' || c == '\v' || c == '\f') {
        return ';';
    }
    return c <= ' ' || c == 0x7F || c == '?' || c == '"' || c == '*' ? ' ' : c;
}

bool vanishes(char32_t c) {
    return c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

bool is_apostrophe(char32_t c) {
    return c == 0xB4 || (c >= 0x2B9 && c <= 0x2BF) || c == 0x2018 || c == 0x2019 || c == 0x201B ||
           c == 0x2032;
}

bool is_symbol(char32_t c) {
    return c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
           (c >= 0x3000 && c <= 0x3004) || (c >= 0xE000 && c <= 0xF8FF) || c == 0xFFFD ||
           c >= 0x1F000;
}

char fold(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) {
        c -= 0xFEE0; // full-width forms
    }
    if (c < 0x80) {
        return fold_ascii(static_cast<char>(c));
    }
    if (vanishes(c)) {
        return '\0';
    }
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) {
        return '-';
    }
    if (is_apostrophe(c)) {
        return '\'';
    }
    if (is_symbol(c)) {
        return ' ';
    }
    return c < 0x180 ? latin_letters[c - 0xC0] : '?';
}

} // namespace

std::vector<FoldedCharacter> fold_characters(std::string_view text) {
    std::vector<FoldedCharacter> characters;
    characters.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode(text, at);
        const char value = fold(point.value);
        const std::size_t end = at + point.bytes;
        if (value != '\0') {
            characters.push_back(
                {value, static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(end)});
        }
        at = end;
    }
    return characters;
}

} // namespace hotspots::data
