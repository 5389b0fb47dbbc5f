// Motorway junctions, which are named in any order: "M1 J21", "J21 M1", "junction 21A of the M1".
#include "data/ascii.hpp"
#include "data/geocode/reading.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace hotspots::data {
namespace {

constexpr std::size_t most_between = 4; // words between the road and the junction

bool is_motorway(std::string_view word) {
    return is_road_number(word) && word.front() == 'm';
}

// "21", "21a"
bool is_junction_number(std::string_view word) {
    const auto figures = static_cast<std::size_t>(
        std::find_if_not(word.begin(), word.end(), is_digit) - word.begin());
    return figures >= 1 && figures <= 2 && word.size() <= figures + 1;
}

bool is_junction_word(std::string_view word) {
    constexpr auto words = std::to_array<std::string_view>(
        {"j", "junction", "junc", "jct", "jctn", "jn", "jnc", "jnct", "jnctn", "jtn"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool joins(std::string_view word) {
    constexpr auto words = std::to_array<std::string_view>(
        {"of", "the", "on", "at", "off", "motorway", "northbound", "southbound", "eastbound",
         "westbound", "nb", "sb", "eb", "wb", "carriageway", "slip", "sliproad", "road"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct Junction {
    std::size_t first = 0;
    std::size_t last = 0;
    std::string number;
};

// "j21", "j 21", "junction 21a" at this word.
std::optional<Junction> junction_at(const std::vector<Token>& tokens, std::size_t at) {
    const std::string_view word = tokens[at].word;
    if (word.size() > 1 && word.front() == 'j' && is_junction_number(word.substr(1))) {
        return Junction{at, at + 1, std::string(word.substr(1))};
    }
    const bool pair =
        at + 1 < tokens.size() && is_junction_word(word) && is_junction_number(tokens[at + 1].word);
    return pair ? std::optional(Junction{at, at + 2, tokens[at + 1].word}) : std::nullopt;
}

} // namespace

void Reader::find_motorway_junction() {
    const auto& tokens = m_text.tokens;
    const auto near = [&](std::size_t first, std::size_t last) {
        return last - first <= most_between &&
               std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                           tokens.begin() + static_cast<std::ptrdiff_t>(last),
                           [](const Token& token) { return joins(token.word); });
    };
    for (std::size_t at = 0; at < tokens.size() && !m_text.between; ++at) {
        const auto junction = junction_at(tokens, at);
        for (std::size_t road = 0; junction && road < tokens.size(); ++road) {
            const bool before = road < junction->first && near(road + 1, junction->first);
            const bool after = road >= junction->last && near(junction->last, road);
            if (!is_motorway(tokens[road].word) || (!before && !after)) {
                continue;
            }
            const auto* phrase =
                m_index.phrases.find(tokens[road].word + " junction " + junction->number);
            if (phrase && phrase->name) {
                m_exact.push_back({std::min(road, junction->first),
                                   std::max(road + 1, junction->last),
                                   {*phrase->name},
                                   NameHit::Kind::exact,
                                   0});
                return;
            }
        }
    }
}

} // namespace hotspots::data
