#include "tests/data/geocode/rare_texts.hpp"

#include "geo/crs.hpp"

#include <array>
#include <cctype>
#include <cmath>

namespace hotspots::tests {
namespace {

std::string key_of(const data::NamedPlace& place) {
    return place.name + '/' + place.ward_code;
}

std::string figures(double metres, std::size_t count) {
    return std::to_string(static_cast<long>(metres)).substr(0, count);
}

} // namespace

RareTexts::RareTexts(const data::ReferenceData& reference) : m_reference(reference) {
    for (const auto& place : reference.places) {
        m_points[key_of(place)].push_back(place.point);
    }
}

const std::vector<std::string>& RareTexts::kinds() {
    static const std::vector<std::string> all = {
        "no area",          "no area, space lost", "authority alone",     "no type",
        "no type, unknown", "space lost, unknown", "authority, misspelt", "two errors, unknown",
        "two errors",       "unknown word",        "unknown, misspelt",   "between",
        "postcode typo",    "postcode letter",     "swapped pair",        "pair cut short",
        "junction"};
    return all;
}

const data::NamedPlace& RareTexts::street() {
    for (;;) {
        const auto& place = m_reference.places[below(m_reference.places.size())];
        const bool words =
            place.name.find(' ') != std::string::npos && !place.name.starts_with("The ");
        if (place.kind == data::PlaceKind::street && words) {
            return place;
        }
    }
}

// Letters of the stem left out, doubled, changed or swapped.
std::string RareTexts::wrong(std::string name, int errors) {
    for (int i = 0; i < errors; ++i) {
        const std::size_t stem = std::max<std::size_t>(name.rfind(' '), 3);
        const std::size_t at = 1 + below(stem - 2);
        switch (below(4)) {
        case 0:
            name.erase(at, 1);
            break;
        case 1:
            name.insert(at, 1, name[at]);
            break;
        case 2:
            name[at] = static_cast<char>('a' + below(26));
            break;
        default:
            std::swap(name[at], name[at + 1]);
        }
    }
    return name;
}

std::string RareTexts::unknown_word() {
    static const std::array<std::string, 14> words = {
        "Patel",  "Kowalski", "Greggs", "Ladbrokes", "Ziggys", "Nando's",   "blue",
        "Smiths", "wagon",    "quiet",  "Bargain",   "Khan's", "Poundland", "Subway"};
    return words[below(words.size())];
}

std::string RareTexts::street_text(const std::string& kind, const data::NamedPlace& place) {
    const std::string house = below(2) == 0 ? std::to_string(1 + below(180)) + " " : "";
    const std::string area = ", " + place.ward + ", " + place.authority;
    const std::string stem = place.name.substr(0, place.name.rfind(' '));
    if (kind == "no area") {
        return house + place.name;
    }
    if (kind == "no area, space lost") {
        return house + stem + place.name.substr(stem.size() + 1);
    }
    if (kind == "authority alone") {
        return house + place.name + ", " + place.authority;
    }
    if (kind == "no type") {
        return house + stem + area;
    }
    if (kind == "no type, unknown") {
        return unknown_word() + " nr " + stem + area;
    }
    if (kind == "space lost, unknown") {
        return unknown_word() + " " + stem + place.name.substr(stem.size() + 1) + area;
    }
    if (kind == "authority, misspelt") {
        return house + wrong(place.name, 1) + ", " + place.authority;
    }
    if (kind == "two errors, unknown") {
        return unknown_word() + " o/s " + wrong(place.name, 2) + area;
    }
    if (kind == "two errors") {
        return house + wrong(place.name, 2) + area;
    }
    if (kind == "unknown, misspelt") {
        return unknown_word() + " " + wrong(place.name, 1) + area;
    }
    return unknown_word() + (below(2) == 0 ? " " + unknown_word() : "") + " o/s " + house +
           place.name + area;
}

LabelledText RareTexts::postcode(const std::string& kind) {
    const auto& code = m_reference.postcodes[below(m_reference.postcodes.size())];
    LabelledText text{"", kind, code.code, {code.point}, {}, 60};
    if (kind == "postcode letter") {
        const bool zero = text.text.find('0') != std::string::npos;
        const std::size_t at = text.text.find_first_of(zero ? "0" : "15");
        if (at != std::string::npos) {
            text.text[at] = text.text[at] == '0' ? 'O' : text.text[at] == '1' ? 'I' : 'S';
        }
        return text;
    }
    // One postcode in twenty has a wrong letter at its end.
    if (below(20) == 0) {
        text.text.back() = static_cast<char>('A' + below(26));
    }
    return text;
}

LabelledText RareTexts::pair(const std::string& kind, const data::NamedPlace& place) {
    const auto bng = *geo::to_bng(place.point);
    LabelledText text{"", kind, "", {}, {bng}, 15};
    const std::size_t kept = kind == "pair cut short" ? 5 : 6;
    const auto east = figures(bng.easting_m, kept);
    const auto north = figures(bng.northing_m, kept);
    text.text = kind == "pair cut short" ? east + " " + north + ", " + place.authority
                                         : north + ", " + east;
    return text;
}

LabelledText RareTexts::make(const std::string& kind) {
    if (kind.starts_with("postcode")) {
        return postcode(kind);
    }
    const auto& place = street();
    if (kind.find("pair") != std::string::npos) {
        return pair(kind, place);
    }
    LabelledText text{"", kind, "", m_points[key_of(place)], {}, 150};
    if (kind != "between" && kind != "junction") {
        text.text = street_text(kind, place);
        return text;
    }
    // The nearest other street: the truth lies midway, for want of lines.
    const data::NamedPlace* other = nullptr;
    double nearest = 1e9;
    for (const auto& at : m_reference.places) {
        const double d = std::hypot((at.point.lon_deg - place.point.lon_deg) * 0.6,
                                    at.point.lat_deg - place.point.lat_deg);
        if (at.kind == data::PlaceKind::street && at.name != place.name && d < nearest) {
            nearest = d;
            other = &at;
        }
    }
    text.points = {{(place.point.lon_deg + other->point.lon_deg) / 2,
                    (place.point.lat_deg + other->point.lat_deg) / 2}};
    text.text = (kind == "between" ? "between " + place.name + " and " : place.name + " j/w ") +
                other->name + ", " + place.authority;
    return text;
}

} // namespace hotspots::tests
