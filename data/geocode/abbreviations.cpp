#include "data/geocode/abbreviations.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {
namespace {

struct Abbreviation {
    std::string_view word;
    std::string_view canonical;
};

// Sorted by word. Street types as the Royal Mail and police systems shorten them.
constexpr auto abbreviations = std::to_array<Abbreviation>({
    {"appr", "approach"},  {"av", "ave"},        {"aven", "ave"},        {"avenue", "ave"},
    {"avn", "ave"},        {"bldg", "building"}, {"bldgs", "buildings"}, {"boul", "blvd"},
    {"boulevard", "blvd"}, {"bvd", "blvd"},      {"cirle", "circle"},    {"clo", "cl"},
    {"close", "cl"},       {"cls", "cl"},        {"court", "ct"},        {"courtyard", "cyd"},
    {"cr", "cres"},        {"cresc", "cres"},    {"crescent", "cres"},   {"crs", "cres"},
    {"crt", "ct"},         {"ctyd", "cyd"},      {"drive", "dr"},        {"drv", "dr"},
    {"drve", "dr"},        {"est", "estate"},    {"garden", "gdns"},     {"gardens", "gdns"},
    {"gdn", "gdns"},       {"gds", "gdns"},      {"gr", "grove"},        {"grn", "green"},
    {"gro", "grove"},      {"grv", "grove"},     {"gt", "great"},        {"hosp", "hospital"},
    {"hse", "house"},      {"junc", "junction"}, {"la", "ln"},           {"lane", "ln"},
    {"lit", "little"},     {"ltl", "little"},    {"lwr", "lower"},       {"mdw", "meadow"},
    {"mdws", "meadows"},   {"mkt", "market"},    {"mnt", "mount"},       {"mt", "mount"},
    {"mws", "mews"},       {"nth", "north"},     {"orch", "orchard"},    {"park", "pk"},
    {"pde", "parade"},     {"place", "pl"},      {"plc", "pl"},          {"prk", "pk"},
    {"rd", "rd"},          {"road", "rd"},       {"saint", "st"},        {"sq", "sq"},
    {"sqr", "sq"},         {"square", "sq"},     {"ste", "st"},          {"sth", "south"},
    {"stn", "station"},    {"str", "st"},        {"street", "st"},       {"strt", "st"},
    {"ter", "terr"},       {"terrace", "terr"},  {"tce", "terr"},        {"upr", "upper"},
    {"vw", "view"},        {"walk", "wk"},       {"way", "wy"},          {"wlk", "wk"},
});

constexpr auto street_types = std::to_array<std::string_view>(
    {"ave", "blvd", "cl", "cres", "ct", "cyd", "dr", "gdns", "grove", "ln", "mews", "pl", "rd",
     "sq", "st", "terr", "wk", "wy"});

} // namespace

std::string_view canonical_word(std::string_view word) {
    const auto* found = std::find_if(abbreviations.begin(), abbreviations.end(),
                                     [&](const Abbreviation& a) { return a.word == word; });
    return found != abbreviations.end() ? found->canonical : word;
}

bool is_street_type(std::string_view canonical) {
    return std::find(street_types.begin(), street_types.end(), canonical) != street_types.end();
}

} // namespace hotspots::data
