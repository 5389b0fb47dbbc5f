#include "data/geocode/postcode_text.hpp"

#include "data/ascii.hpp"

#include <algorithm>

namespace hotspots::data {
namespace {

bool letter(char c) {
    return c >= 'a' && c <= 'z';
}
char upper(char c) {
    return letter(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

// The postcode areas of the United Kingdom and the Crown Dependencies (Royal Mail).
bool is_postcode_area(std::string_view letters) {
    constexpr std::string_view areas =
        " ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt "
        "dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la "
        "ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se "
        "sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv "
        "yo ze ";
    return areas.find(' ' + std::string(letters) + ' ') != std::string_view::npos;
}

// Districts with a letter at the end are all in London: else "N3W Lane" and "Ha1l Lane" were some.
bool ends_in_letter(std::string_view area, std::string_view rest) {
    constexpr std::string_view first_only = " e n nw se sw w ";
    const bool central = area == "ec" || area == "wc";
    return letter(rest[1]) &&
           (central || (rest[0] == '1' &&
                        first_only.find(' ' + std::string(area) + ' ') != std::string_view::npos));
}

// a9 a99 aa9 aa99 a9a aa9a
bool is_district(std::string_view word) {
    std::size_t at = 0;
    while (at < word.size() && letter(word[at])) {
        ++at;
    }
    const std::string_view rest = word.substr(at);
    if (at < 1 || at > 2 || rest.empty() || rest.size() > 2 || !is_digit(rest[0])) {
        return false;
    }
    return is_postcode_area(word.substr(0, at)) &&
           (rest.size() == 1 || is_digit(rest[1]) || ends_in_letter(word.substr(0, at), rest));
}

bool is_inward(std::string_view word) {
    constexpr std::string_view never = "cikmov"; // letters that no inward code has
    return word.size() == 3 && is_digit(word[0]) && letter(word[1]) && letter(word[2]) &&
           never.find(word[1]) == std::string_view::npos &&
           never.find(word[2]) == std::string_view::npos;
}

char as_digit(char c) {
    switch (c) {
    case 'o':
        return '0';
    case 'i':
    case 'l':
        return '1';
    case 's':
        return '5';
    case 'z':
        return '2';
    default:
        return c;
    }
}

char as_letter(char c) {
    switch (c) {
    case '0':
        return 'o';
    case '1':
        return 'l';
    case '5':
        return 's';
    case '2':
        return 'z';
    default:
        return c;
    }
}

std::string upper(std::string_view word) {
    std::string result(word);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return upper(c); });
    return result;
}

// `joined` is both parts without a space.
std::optional<std::string> as_unit(std::string_view joined) {
    if (joined.size() < 5 || joined.size() > 7) {
        return std::nullopt;
    }
    const std::string_view district = joined.substr(0, joined.size() - 3);
    const std::string_view inward = joined.substr(joined.size() - 3);
    if (!is_district(district) || !is_inward(inward)) {
        return std::nullopt;
    }
    return upper(district) + ' ' + upper(inward);
}

// Figures where letters belong and the other way round: "LEI 5YA", "LE1 SYA", "LE1 5Y4" stays
// wrong.
std::optional<std::string> repaired_unit(std::string_view joined) {
    if (joined.size() < 6 || joined.size() > 7 || !letter(joined[0])) {
        return std::nullopt;
    }
    std::string word(joined);
    for (std::size_t i = 2; i + 2 < word.size(); ++i) {
        word[i] = as_digit(word[i]);
    }
    for (std::size_t i = word.size() - 2; i < word.size(); ++i) {
        word[i] = as_letter(word[i]);
    }
    const auto changed = std::mismatch(word.begin(), word.end(), joined.begin());
    const auto digits = std::count_if(joined.begin(), joined.end(), is_digit);
    return changed.first != word.end() && digits > 0 ? as_unit(word) : std::nullopt;
}

// One word, or two that part before the inward code or after the area's letters: "LE1 5YA", "LE
// 15YA".
template <class Read>
std::optional<PostcodeReading> unit_with(std::span<const Token> tokens, Read read, bool repaired) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const std::string& word = tokens[at].word;
        if (auto code = read(word)) {
            return PostcodeReading{*code, PostcodePart::unit, repaired, at, at + 1};
        }
        if (at + 1 >= tokens.size() || word.size() + tokens[at + 1].word.size() > 7) {
            continue;
        }
        const std::string& next = tokens[at + 1].word;
        const bool parts =
            next.size() == 3 || (std::all_of(word.begin(), word.end(), letter) && next.size() > 3);
        auto code = parts ? read(word + next) : std::nullopt;
        if (code) {
            return PostcodeReading{*code, PostcodePart::unit, repaired, at, at + 2};
        }
        // "LE 12 5BA"
        const bool three = at + 2 < tokens.size() && !repaired && word.size() <= 2 &&
                           next.size() <= 2 && tokens[at + 2].word.size() == 3;
        code = three ? read(word + next + tokens[at + 2].word) : std::nullopt;
        if (code) {
            return PostcodeReading{*code, PostcodePart::unit, repaired, at, at + 3};
        }
    }
    return std::nullopt;
}

std::optional<PostcodeReading> part_of(std::span<const Token> tokens) {
    std::optional<PostcodeReading> district;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const std::string_view word = tokens[at].word;
        if (!is_district(word)) {
            continue;
        }
        const bool has_sector = at + 1 < tokens.size() && tokens[at + 1].word.size() == 1 &&
                                is_digit(tokens[at + 1].word[0]) &&
                                tokens[at + 1].gap == Gap::space;
        if (has_sector) {
            return PostcodeReading{upper(word) + ' ' + tokens[at + 1].word, PostcodePart::sector,
                                   false, at, at + 2};
        }
        if (!district) {
            district = PostcodeReading{upper(word), PostcodePart::district, false, at, at + 1};
        }
    }
    return district;
}

} // namespace

std::optional<PostcodeReading> read_postcode(std::span<const Token> tokens) {
    if (auto unit = unit_with(tokens, as_unit, false)) {
        return unit;
    }
    if (auto unit = unit_with(tokens, repaired_unit, true)) {
        return unit;
    }
    return part_of(tokens);
}

std::optional<std::string> normalised_postcode(std::string_view text) {
    const auto tokens = tokens_of(text);
    const auto reading = unit_with(tokens, as_unit, false);
    const bool whole = reading && reading->first == 0 && reading->last == tokens.size();
    return whole ? std::optional(reading->code) : std::nullopt;
}

} // namespace hotspots::data
