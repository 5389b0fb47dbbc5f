#include "data/geocode/area_names.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/words.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace hotspots::data {
namespace {

using Tokens = std::span<const Token>;

struct ShortForm {
    const char* key;
    const char* stands_for;
};

// What people of the area write; used where the long form is an alias already.
constexpr auto short_forms = std::to_array<ShortForm>({
    {"ashby de la zouch", "ashby"},
    {"ashby dlz", "ashby"},
    {"borough of charnwood", "charnwood"},
    {"castle don", "castle donington"},
    {"city of leicester", "leicester"},
    {"h b", "hinckley bosworth"},
    {"hbbc", "hinckley bosworth"},
    {"hinckley bos", "hinckley bosworth"},
    {"kibworth", "kibworths"},
    {"l boro", "loughborough"},
    {"lboro", "loughborough"},
    {"lei", "leicester"},
    {"leic", "leicester"},
    {"leic city", "leicester"},
    {"leics city", "leicester"},
    {"leicester city", "leicester"},
    {"leicester city centre", "leicester"},
    {"lester", "leicester"},
    {"lough", "loughborough"},
    {"loughboro", "loughborough"},
    {"market harboro", "market harborough"},
    {"melton mowbray", "melton"},
    {"mkt harborough", "market harborough"},
    {"north west leics", "north west leicestershire"},
    {"north west leic", "north west leicestershire"},
    {"northwest leicestershire", "north west leicestershire"},
    {"northwest leics", "north west leicestershire"},
    {"nw leicestershire", "north west leicestershire"},
    {"nw leic", "north west leicestershire"},
    {"nw leics", "north west leicestershire"},
    {"nwl", "north west leicestershire"},
    {"nwldc", "north west leicestershire"},
    {"o west", "oadby wigston"}, // "O & W": "w" alone is west
    {"oadby wig", "oadby wigston"},
    {"owbc", "oadby wigston"},
});

// They hold everything, so they narrow down nothing.
constexpr auto counties = std::to_array<const char*>(
    {"leics", "leicestershire", "leics county", "leicestershire county", "llr", "uk", "gb",
     "united kingdom", "england", "great britain", "east midlands",
     "leicester leicestershire rutland", "leicestershire rutland", "county of leicestershire"});

bool joins(const Token& token) {
    return token.word == "and" || token.word == "with";
}

// "Dishley, Hathern & Thorpe Acre": three parts, each a name of its own.
std::vector<Tokens> parts_of(Tokens name) {
    std::vector<Tokens> parts;
    std::size_t first = 0;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        const bool cut = i == name.size() || joins(name[i]) || (i > 0 && name[i].gap == Gap::stop);
        if (cut && i > first) {
            parts.push_back(name.subspan(first, i - first));
        }
        if (cut) {
            first = i < name.size() && joins(name[i]) ? i + 1 : i;
        }
    }
    return parts;
}

// Names that a part of a ward's name is known by besides itself: "Great Bowden" of "Market
// Harborough-Great Bowden", "Barrow" of "Barrow upon Soar".
std::vector<Tokens> names_within(Tokens part) {
    std::vector<Tokens> names;
    for (std::size_t i = 1; i < part.size(); ++i) {
        const std::string& word = part[i].word;
        if (word == "on" || word == "upon") {
            names.push_back(part.first(i));
            break;
        }
        if (part[i].gap == Gap::hyphen && part.size() - i > 1) {
            names.push_back(part.subspan(i));
        }
    }
    if (part.front().word == "the" && part.size() > 1) {
        names.push_back(part.subspan(1));
    }
    return names;
}

// The beginnings of a part, without ones that end in the middle of "St Mary's".
std::vector<std::string> beginnings(Tokens part) {
    std::vector<std::string> keys;
    for (std::size_t length = 1; length < part.size(); ++length) {
        if (part[length - 1].word != "st" && part[length - 1].word != "the") {
            keys.push_back(area_key(part.first(length)));
        }
    }
    return keys;
}

} // namespace

std::size_t Area::extent() const {
    return static_cast<std::size_t>(std::count(wards.begin(), wards.end(), true));
}

bool Area::holds(const geo::BngPoint& point, std::optional<WardNumber> ward) const {
    if (ward && *ward < wards.size() && wards[*ward]) {
        return true;
    }
    // A place's name is used beyond its built-up edge.
    return centre &&
           std::hypot(point.easting_m - centre->easting_m, point.northing_m - centre->northing_m) <=
               std::max(1.3 * radius_m, radius_m + 300);
}

std::string area_key(std::span<const Token> tokens) {
    std::string key;
    for (const auto& token : tokens) {
        if (!joins(token)) {
            key += key.empty() ? "" : " ";
            key += canonical_word(token.word);
        }
    }
    return key;
}

AreaNames::AreaNames(const ReferenceData& reference) {
    add_ward_names(reference);
    add_shared_beginnings(reference);
    add_places(reference);
    add_short_forms();
    for (auto& [key, senses] : m_aliases) {
        std::stable_sort(senses.begin(), senses.end(), [&](std::uint32_t a, std::uint32_t b) {
            return m_areas[a].extent() < m_areas[b].extent();
        });
    }
}

void AreaNames::add(const std::string& key, Area area) {
    if (!key.empty()) {
        m_aliases[key].push_back(static_cast<std::uint32_t>(m_areas.size()));
        m_areas.push_back(std::move(area));
    }
}

bool AreaNames::names_ward(const std::string& key) const {
    const auto found = m_aliases.find(key);
    return found != m_aliases.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](std::uint32_t id) {
               return area_key(tokens_of(m_areas[id].label)) == key;
           });
}

void AreaNames::add_ward_names(const ReferenceData& reference) {
    const std::size_t count = reference.wards.size();
    std::map<std::string, Area> authorities;
    for (std::size_t i = 0; i < count; ++i) {
        const Ward& ward = reference.wards[i];
        Area area{ward.name, AreaKind::ward, std::vector<bool>(count), std::nullopt, 0};
        area.wards[i] = true;
        add(area_key(tokens_of(ward.name)), area);
        auto& authority = authorities[ward.authority];
        authority.label = ward.authority;
        authority.kind = AreaKind::authority;
        authority.wards.resize(count);
        authority.wards[i] = true;
    }
    for (auto& [name, area] : authorities) {
        add(area_key(tokens_of(name)), std::move(area));
    }
    // Parts and runs of parts; a full name of another area goes before.
    std::map<std::string, std::set<std::size_t>> parts_of_wards;
    for (std::size_t i = 0; i < count; ++i) {
        const auto tokens = tokens_of(reference.wards[i].name);
        const auto parts = parts_of(tokens);
        for (std::size_t first = 0; first < parts.size(); ++first) {
            std::string run;
            for (std::size_t last = first; last < parts.size(); ++last) {
                run += run.empty() ? "" : " ";
                run += area_key(parts[last]);
                parts_of_wards[run].insert(i);
            }
            for (const auto& name : names_within(parts[first])) {
                parts_of_wards[area_key(name)].insert(i);
            }
        }
    }
    for (const auto& [key, wards] : parts_of_wards) {
        if (names_ward(key)) {
            continue;
        }
        for (const std::size_t ward : wards) {
            Area area{reference.wards[ward].name, AreaKind::ward, std::vector<bool>(count),
                      std::nullopt, 0};
            area.wards[ward] = true;
            add(key, std::move(area));
        }
    }
}

// "Loughborough East", "Loughborough Storer" …: Loughborough is the wards that begin with it. Only
// beginnings that cannot be longer with the same wards count: "Market Harborough", not "Market".
void AreaNames::add_shared_beginnings(const ReferenceData& reference) {
    std::map<std::pair<std::string, std::string>, std::set<std::size_t>> wards_of; // authority, key
    for (std::size_t i = 0; i < reference.wards.size(); ++i) {
        const auto tokens = tokens_of(reference.wards[i].name);
        for (const auto& part : parts_of(tokens)) {
            for (const auto& key : beginnings(part)) {
                wards_of[{reference.wards[i].authority, key}].insert(i);
            }
        }
    }
    for (const auto& [name, wards] : wards_of) {
        const auto& [authority, key] = name;
        const auto longer = wards_of.upper_bound(name);
        const bool continues = longer != wards_of.end() && longer->first.first == authority &&
                               longer->first.second.starts_with(key + ' ') &&
                               longer->second == wards;
        const bool direction = class_of(key) != WordClass::open || key == "north" ||
                               key == "south" || key == "east" || key == "west";
        if (wards.size() < 2 || continues || direction || names_ward(key)) {
            continue;
        }
        Area area{key, AreaKind::place, std::vector<bool>(reference.wards.size()), std::nullopt, 0};
        for (const std::size_t ward : wards) {
            area.wards[ward] = true;
        }
        add(key, std::move(area));
    }
}

void AreaNames::add_places(const ReferenceData& reference) {
    constexpr double unknown_radius_m = 700; // of a village
    for (const auto& place : reference.places) {
        const auto point = place.kind == PlaceKind::place ? geo::to_bng(place.point) : std::nullopt;
        if (point) {
            Area area{place.name, AreaKind::place, std::vector<bool>(reference.wards.size()),
                      *point, place.radius_m.value_or(unknown_radius_m)};
            add(area_key(tokens_of(place.name)), std::move(area));
        }
    }
}

void AreaNames::add_short_forms() {
    for (const auto& form : short_forms) {
        const auto meant = m_aliases.find(form.stands_for);
        if (meant != m_aliases.end()) {
            const Senses senses = meant->second;
            m_aliases.emplace(form.key, senses);
        }
    }
    for (const char* name : counties) {
        if (!m_aliases.contains(name)) {
            add(name, Area{name, AreaKind::county, {}, std::nullopt, 0});
        }
    }
}

} // namespace hotspots::data
