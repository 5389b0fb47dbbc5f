#include "data/demo/location_text.hpp"

#include "data/ascii.hpp"

#include <array>
#include <cctype>
#include <map>
#include <string_view>
#include <utility>

namespace hotspots::data::demo {

namespace {

template <std::size_t size>
std::string one_of(const std::array<std::string_view, size>& words, Random& random) {
    return std::string(random.pick(std::span<const std::string_view>(words)));
}

std::string upper(std::string text) {
    for (char& c : text) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return text;
}

// "Granby Street" -> "Granby St".
std::string abbreviated(const std::string& name) {
    constexpr std::pair<std::string_view, std::string_view> endings[] = {
        {" Street", " St"},      {" Road", " Rd"},  {" Avenue", " Ave"},
        {" Lane", " Ln"},        {" Drive", " Dr"}, {" Crescent", " Cres"},
        {" Boulevard", " Blvd"}, {" Grove", " Gr"}, {" Square", " Sq"}};
    for (const auto& [full, brief] : endings) {
        if (name.size() > full.size() && name.ends_with(full)) {
            return name.substr(0, name.size() - full.size()) + std::string(brief);
        }
    }
    return name;
}

// Two neighbouring letters change places, one is lost, or one is typed twice.
std::string misspelt(std::string text, Random& random) {
    if (text.size() < 5) {
        return text;
    }
    const auto at = 1 + random.below(text.size() - 3);
    switch (random.below(3)) {
    case 0:
        std::swap(text[at], text[at + 1]);
        break;
    case 1:
        text.erase(at, 1);
        break;
    default:
        text.insert(at, 1, text[at]);
    }
    return text;
}

std::string name_of(const Spot& spot, Random& random) {
    std::string name = random.chance(450) ? abbreviated(spot.name) : spot.name;
    return random.chance(35) ? misspelt(std::move(name), random) : name;
}

// The town, or the district or county authority that the town lies in.
std::string area_of(const Spot& spot, Random& random) {
    return random.chance(550) ? spot.town : spot.authority;
}

// The nearest other street, for junctions.
const Spot& nearest_street(const Spot& spot) {
    static const std::map<const Spot*, const Spot*> nearest = [] {
        std::map<const Spot*, const Spot*> found;
        for (const auto& one : spots()) {
            double best = 0;
            for (const auto& other : spots()) {
                const double east_m = one.point.easting_m - other.point.easting_m;
                const double north_m = one.point.northing_m - other.point.northing_m;
                const double squared = east_m * east_m + north_m * north_m;
                const bool other_street = other.kind == PlaceKind::street && other.name != one.name;
                if (other_street && (!found.contains(&one) || squared < best)) {
                    found[&one] = &other;
                    best = squared;
                }
            }
        }
        return found;
    }();
    return *nearest.at(&spot);
}

std::string nothing_useful(Random& random) {
    constexpr std::array<std::string_view, 9> words{"UNKNOWN",   "N/K",     "REFUSED TO SAY",
                                                    "as above",  "TBC",     "see log",
                                                    "not given", "VARIOUS", "?"};
    return one_of(words, random);
}

std::string junction_text(const Spot& spot, Random& random) {
    constexpr std::array<std::string_view, 5> forms{"JCT ", "junction of ", "jnc ", "corner of ",
                                                    ""};
    constexpr std::array<std::string_view, 5> links{" j/w ", " & ", " / ", " and ", " J/W "};
    const std::string link = one_of(links, random);
    const bool has_link_word = link == " j/w " || link == " J/W ";
    // One draw a statement: the order of operands is the compiler's choice, that of draws must not
    // be.
    std::string text = has_link_word ? std::string() : one_of(forms, random);
    text += name_of(spot, random);
    text += link;
    text += name_of(nearest_street(spot), random);
    return text;
}

std::string place_text(const Spot& spot, Random& random) {
    constexpr std::array<std::string_view, 14> before{
        "o/s ", "outside ", "opp ", "nr ", "near ",        "vicinity of ", "r/o ",
        "adj ", "O/S ",     "on ",  "",    "car park of ", "jitty off ",   "bus stop, "};
    std::string text;
    if (spot.kind == PlaceKind::street && random.chance(250)) {
        text = std::to_string(random.between(1, 140)) + " ";
    } else {
        text = one_of(before, random);
    }
    text += name_of(spot, random);
    return text;
}

std::string named_text(const Spot& spot, std::string_view separator, Random& random) {
    std::string text = name_of(spot, random);
    text += separator;
    text += area_of(spot, random);
    return text;
}

std::string ward_text(const WardFacts& ward, Random& random) {
    constexpr std::array<std::string_view, 6> places{
        "footpath", "playing field", "lay-by", "village hall", "play area", "bus shelter"};
    const std::string area = ward.name + ", " + ward.authority;
    return random.chance(300) ? area : one_of(places, random) + ", " + area;
}

} // namespace

std::string police_text(const Event& event, Random& random) {
    if (random.chance(12)) {
        return nothing_useful(random);
    }
    std::string text;
    if (!event.spot) {
        text = ward_text(*event.ward, random);
    } else if (random.chance(30)) {
        text = event.spot->town + " town centre";
    } else {
        const bool at_junction = event.spot->kind == PlaceKind::street && random.chance(180);
        text = at_junction ? junction_text(*event.spot, random) : place_text(*event.spot, random);
        text += ", ";
        text += area_of(*event.spot, random);
    }
    return random.chance(350) ? upper(std::move(text)) : text;
}

std::string hospital_text(const Event& event, Random& random) {
    constexpr std::array<std::string_view, 7> vague{
        "street",      "outside a bar", "PUBLIC PLACE",  "walking home",
        "in the park", "at bus stop",   "can't remember"};
    if (random.chance(70)) {
        return random.chance(300) ? nothing_useful(random) : one_of(vague, random);
    }
    if (!event.spot) {
        return lower_case(event.ward->name);
    }
    if (random.chance(90)) {
        return one_of(vague, random) + " in " + event.spot->town;
    }
    const std::string text = named_text(*event.spot, " ", random);
    return random.chance(300) ? lower_case(text) : text;
}

std::string ambulance_text(const Event& event, Random& random) {
    if (!event.spot) {
        return upper(event.ward->name + ", " + event.ward->authority);
    }
    return upper(named_text(*event.spot, ", ", random));
}

} // namespace hotspots::data::demo
