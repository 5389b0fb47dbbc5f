#include "data/geocode/location_text.hpp"

#include "data/ascii.hpp"
#include "data/geocode/words.hpp"

#include <algorithm>

namespace hotspots::data {
namespace {

constexpr std::size_t most_tokens = 80;

Role role_of(WordClass kind) {
    switch (kind) {
    case WordClass::relation:
        return Role::relation;
    case WordClass::feature:
        return Role::feature;
    case WordClass::junction:
        return Role::junction;
    case WordClass::between:
        return Role::between;
    case WordClass::refusal:
        return Role::refusal;
    case WordClass::open:
        break;
    }
    return Role::open;
}

// "14", "14a", "14b2"? no: up to four figures and at most one letter.
bool is_house_number(std::string_view word) {
    const auto figures = static_cast<std::size_t>(
        std::find_if_not(word.begin(), word.end(), is_digit) - word.begin());
    return figures > 0 && figures <= 4 && word.size() <= figures + 1;
}

// "j21" as the number of a motorway junction stays open: it is part of a name.
Role role_of(std::string_view word) {
    return is_house_number(word) ? Role::number : role_of(class_of(word));
}

void mark(LocationText& text, std::size_t first, std::size_t last, Role role) {
    std::fill(text.roles.begin() + static_cast<std::ptrdiff_t>(first),
              text.roles.begin() + static_cast<std::ptrdiff_t>(last), role);
}

// A range is one number: "12-14", "12/14".
void read_house_number(LocationText& text) {
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        if (text.roles[i] != Role::number) {
            continue;
        }
        text.house_number = text.tokens[i].word;
        const bool range =
            i + 1 < text.tokens.size() && text.roles[i + 1] == Role::number &&
            (text.tokens[i + 1].gap == Gap::hyphen || text.tokens[i + 1].gap == Gap::slash);
        if (range) {
            text.house_number += '-' + text.tokens[i + 1].word;
            ++i;
        }
        // The number of a flat goes before that of the house.
        const bool of_flat = i > 0 && text.roles[i - 1] == Role::feature;
        if (!of_flat) {
            return;
        }
    }
}

bool has(const LocationText& text, Role role) {
    return std::find(text.roles.begin(), text.roles.end(), role) != text.roles.end();
}

// "and" alone says nothing: "Oadby and Wigston".
bool says_junction(const LocationText& text) {
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        const std::string& word = text.tokens[i].word;
        if (text.roles[i] == Role::junction && word != "and" && word != "with") {
            return true;
        }
    }
    return false;
}

// "e/o", "n/a" and the like are whole tokens: any slash between tokens stands between names.
bool has_slash(const LocationText& text) {
    for (std::size_t i = 1; i < text.tokens.size(); ++i) {
        if (text.tokens[i].gap == Gap::slash && text.roles[i] != Role::number) {
            return true;
        }
    }
    return false;
}

} // namespace

bool is_road_number(std::string_view word) {
    return word.size() >= 2 && word.size() <= 5 &&
           (word[0] == 'a' || word[0] == 'b' || word[0] == 'm') &&
           std::all_of(word.begin() + 1, word.end(), is_digit);
}

LocationText parse_location_text(std::string_view bytes) {
    LocationText text;
    text.tokens = tokens_of(bytes);
    text.tokens.resize(std::min(text.tokens.size(), most_tokens));
    text.roles.reserve(text.tokens.size());
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        const bool close_to = text.tokens[i].word == "close" && i + 1 < text.tokens.size() &&
                              (text.tokens[i + 1].word == "to" || text.tokens[i + 1].word == "by");
        const bool with =
            text.tokens[i].word == "w" && i > 0 && text.roles[i - 1] == Role::junction;
        text.roles.push_back(close_to ? Role::relation
                             : with   ? Role::junction
                                      : role_of(text.tokens[i].word));
    }
    text.coordinates = read_coordinates(text.tokens);
    if (text.coordinates) {
        mark(text, text.coordinates->first, text.coordinates->last, Role::coordinates);
        const Token& first = text.tokens[text.coordinates->first];
        const Token& last = text.tokens[text.coordinates->last - 1];
        const std::size_t begin = first.begin - (first.minus ? 1u : 0u);
        text.written_coordinates = bytes.substr(begin, last.end - begin);
    } else {
        text.postcode = read_postcode(text.tokens);
        // "B582" and "M1" are roads here, though also districts of Birmingham and Manchester.
        if (text.postcode && text.postcode->part == PostcodePart::district &&
            is_road_number(text.tokens[text.postcode->first].word)) {
            text.postcode.reset();
        }
    }
    if (text.postcode) {
        mark(text, text.postcode->first, text.postcode->last, Role::postcode);
    }
    read_house_number(text);
    text.junction = says_junction(text) || has_slash(text);
    text.between = has(text, Role::between);
    text.refusal = has(text, Role::refusal);
    return text;
}

LocationText without_postcode(LocationText text) {
    if (text.postcode) {
        for (std::size_t i = text.postcode->first; i < text.postcode->last; ++i) {
            text.roles[i] = role_of(text.tokens[i].word);
        }
        text.postcode.reset();
    }
    return text;
}

} // namespace hotspots::data
