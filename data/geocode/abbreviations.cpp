#include "data/geocode/abbreviations.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace hotspots::data {
namespace {

struct Spelt {
    std::string_view canonical;
    std::array<std::string_view, 4> spellings; // the long one first; the rest empty
};

// Street types as the Royal Mail and police systems write them. The spellings are those in common
// use: the fuzzy index holds each name with each of them.
constexpr auto street_types = std::to_array<Spelt>({
    {"ave", {"avenue", "ave", "av", ""}},
    {"blvd", {"boulevard", "blvd", "", ""}},
    {"cl", {"close", "cl", "clo", ""}},
    {"cres", {"crescent", "cres", "cresc", "cr"}},
    {"ct", {"court", "ct", "crt", ""}},
    {"cyd", {"courtyard", "cyd", "ctyd", ""}},
    {"dr", {"drive", "dr", "drv", ""}},
    {"gdns", {"gardens", "gdns", "gdn", "garden"}},
    {"grove", {"grove", "gr", "gro", "grv"}},
    {"ln", {"lane", "ln", "la", ""}},
    {"mews", {"mews", "mws", "", ""}},
    {"pl", {"place", "pl", "plc", ""}},
    {"rd", {"road", "rd", "", ""}},
    {"sq", {"square", "sq", "sqr", ""}},
    {"st", {"street", "st", "str", ""}},
    {"terr", {"terrace", "terr", "ter", "tce"}},
    {"wk", {"walk", "wk", "wlk", ""}},
    {"wy", {"way", "wy", "", ""}},
});

// Other words that end names and are often cut short.
constexpr auto last_words = std::to_array<Spelt>({
    {"east", {"east", "e", "", ""}},
    {"green", {"green", "grn", "gn", ""}},
    {"meadow", {"meadow", "mdw", "", ""}},
    {"meadows", {"meadows", "mdws", "", ""}},
    {"north", {"north", "n", "nth", ""}},
    {"park", {"park", "pk", "prk", ""}},
    {"south", {"south", "s", "sth", ""}},
    {"view", {"view", "vw", "", ""}},
    {"west", {"west", "w", "", ""}},
});

struct Abbreviation {
    std::string_view word;
    std::string_view canonical;
};

// Further words, and rarer spellings of the types.
constexpr auto abbreviations = std::to_array<Abbreviation>({
    {"appr", "approach"}, {"avn", "ave"},         {"aven", "ave"},      {"avnue", "ave"},
    {"bldg", "building"}, {"bldgs", "buildings"}, {"bvd", "blvd"},      {"boul", "blvd"},
    {"cls", "cl"},        {"crs", "cres"},        {"drve", "dr"},       {"est", "estate"},
    {"gds", "gdns"},      {"gt", "great"},        {"hosp", "hospital"}, {"hse", "house"},
    {"lit", "little"},    {"ltl", "little"},      {"lwr", "lower"},     {"mkt", "market"},
    {"mnt", "mount"},     {"mt", "mount"},        {"pde", "parade"},    {"saint", "st"},
    {"stn", "station"},   {"strt", "st"},         {"upr", "upper"},     {"junc", "junction"},
});

const Spelt* entry_of(std::span<const Spelt> entries, std::string_view canonical) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Spelt& entry) {
        return entry.canonical == canonical;
    });
    return found != entries.end() ? &*found : nullptr;
}

std::span<const std::string_view> used(const Spelt& entry) {
    return {entry.spellings.begin(),
            std::find(entry.spellings.begin(), entry.spellings.end(), std::string_view())};
}

std::unordered_map<std::string_view, std::string_view> make_table() {
    std::unordered_map<std::string_view, std::string_view> table;
    const auto add = [&](std::span<const Spelt> entries) {
        for (const auto& entry : entries) {
            for (const auto spelling : used(entry)) {
                table.emplace(spelling, entry.canonical);
            }
        }
    };
    add(street_types);
    add(last_words);
    for (const auto& abbreviation : abbreviations) {
        table.emplace(abbreviation.word, abbreviation.canonical);
    }
    return table;
}

} // namespace

std::string_view canonical_word(std::string_view word) {
    static const auto table = make_table();
    const auto found = table.find(word);
    return found != table.end() ? found->second : word;
}

bool is_street_type(std::string_view canonical) {
    return entry_of(street_types, canonical) != nullptr;
}

std::span<const std::string_view> spellings(std::string_view canonical) {
    const Spelt* entry = entry_of(street_types, canonical);
    entry = entry ? entry : entry_of(last_words, canonical);
    return entry ? used(*entry) : std::span<const std::string_view>();
}

} // namespace hotspots::data
