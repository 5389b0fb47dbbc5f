#include "data/geocode/abbreviations.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace hotspots::data {
namespace {

struct StreetType {
    std::string_view canonical;
    std::array<std::string_view, 4> spellings; // the long one first; the rest empty
};

// Street types as the Royal Mail and police systems write them. The spellings are those in common
// use: the fuzzy index holds each name with each of them.
constexpr auto street_types = std::to_array<StreetType>({
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

struct Abbreviation {
    std::string_view word;
    std::string_view canonical;
};

// Further words, and rarer spellings of the types.
constexpr auto abbreviations = std::to_array<Abbreviation>({
    {"appr", "approach"}, {"avn", "ave"},         {"aven", "ave"},      {"avnue", "ave"},
    {"bldg", "building"}, {"bldgs", "buildings"}, {"bvd", "blvd"},      {"boul", "blvd"},
    {"cls", "cl"},        {"crs", "cres"},        {"drve", "dr"},       {"est", "estate"},
    {"gds", "gdns"},      {"grn", "green"},       {"gt", "great"},      {"hosp", "hospital"},
    {"hse", "house"},     {"lit", "little"},      {"ltl", "little"},    {"lwr", "lower"},
    {"mdw", "meadow"},    {"mdws", "meadows"},    {"mkt", "market"},    {"mnt", "mount"},
    {"mt", "mount"},      {"nth", "north"},       {"pde", "parade"},    {"pk", "park"},
    {"saint", "st"},      {"sth", "south"},       {"stn", "station"},   {"strt", "st"},
    {"upr", "upper"},     {"vw", "view"},         {"junc", "junction"},
});

const StreetType* type_of(std::string_view canonical) {
    const auto* found = std::find_if(street_types.begin(), street_types.end(),
                                     [&](const auto& t) { return t.canonical == canonical; });
    return found != street_types.end() ? found : nullptr;
}

std::unordered_map<std::string_view, std::string_view> make_table() {
    std::unordered_map<std::string_view, std::string_view> table;
    for (const auto& type : street_types) {
        for (const auto spelling : spellings(type.canonical)) {
            table.emplace(spelling, type.canonical);
        }
    }
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
    return type_of(canonical) != nullptr;
}

std::span<const std::string_view> spellings(std::string_view canonical) {
    const StreetType* type = type_of(canonical);
    if (!type) {
        return {};
    }
    const auto used = std::find(type->spellings.begin(), type->spellings.end(), "");
    return {type->spellings.begin(), used};
}

} // namespace hotspots::data
