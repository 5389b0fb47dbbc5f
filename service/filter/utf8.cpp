#include "service/filter/utf8.hpp"

#include <algorithm>
#include <array>

namespace hotspots::service::filter {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// cql2.bnf, identifierStart.
constexpr std::array<Range, 16> name_begins{{{U':', U':'},
                                             {U'_', U'_'},
                                             {U'A', U'Z'},
                                             {U'a', U'z'},
                                             {0xC0, 0xD6},
                                             {0xD8, 0xF6},
                                             {0xF8, 0x2FF},
                                             {0x370, 0x37D},
                                             {0x37F, 0x1FFE},
                                             {0x200C, 0x200D},
                                             {0x2070, 0x218F},
                                             {0x2C00, 0x2FEF},
                                             {0x3001, 0xD7FF},
                                             {0xF900, 0xFDCF},
                                             {0xFDF0, 0xFFFD},
                                             {0x10000, 0xEFFFF}}};

// cql2.bnf, identifierPart beyond identifierStart.
constexpr std::array<Range, 4> name_goes_on{
    {{U'.', U'.'}, {U'0', U'9'}, {0x300, 0x36F}, {0x203F, 0x2040}}};

constexpr std::array<Range, 10> spaces{{{0x9, 0xD},
                                        {0x20, 0x20},
                                        {0x85, 0x85},
                                        {0xA0, 0xA0},
                                        {0x1680, 0x1680},
                                        {0x2000, 0x200A},
                                        {0x2028, 0x2029},
                                        {0x202F, 0x202F},
                                        {0x205F, 0x205F},
                                        {0x3000, 0x3000}}};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t code) {
    return std::ranges::any_of(
        ranges, [code](const Range& r) { return code >= r.first && code <= r.last; });
}

std::size_t length_of(unsigned char lead) {
    return lead < 0x80   ? 1
           : lead < 0xC2 ? 0
           : lead < 0xE0 ? 2
           : lead < 0xF0 ? 3
           : lead < 0xF5 ? 4
                         : 0;
}

} // namespace

std::optional<Character> character_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) {
        return std::nullopt;
    }
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto length = length_of(lead);
    if (length == 0 || length > text.size() - at) {
        return std::nullopt;
    }
    static constexpr std::array<unsigned, 5> lead_bits{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t code = lead & lead_bits[length];
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80) {
            return std::nullopt;
        }
        code = (code << 6U) | (byte & 0x3FU);
    }
    static constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return std::nullopt;
    }
    return Character{code, length};
}

std::optional<std::size_t> first_fault(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto character = character_at(text, at);
        if (!character) {
            return at;
        }
        at += character->bytes;
    }
    return std::nullopt;
}

void append_character(std::string& out, char32_t code) {
    const auto tail = [&](unsigned shift) {
        out.push_back(static_cast<char>(0x80U | ((code >> shift) & 0x3FU)));
    };
    if (code < 0x80) {
        out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
        tail(0);
    } else if (code < 0x10000) {
        out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
        tail(6);
        tail(0);
    } else {
        out.push_back(static_cast<char>(0xF0U | (code >> 18U)));
        tail(12);
        tail(6);
        tail(0);
    }
}

bool is_space(char32_t code) {
    return is_in(spaces, code);
}

bool begins_name(char32_t code) {
    return is_in(name_begins, code) && !is_space(code);
}

bool continues_name(char32_t code) {
    return begins_name(code) || is_in(name_goes_on, code);
}

} // namespace hotspots::service::filter
