#include "data/geocode/named_area.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/index.hpp"
#include "data/geocode/reading.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

namespace hotspots::data {
namespace {

using Authorities = std::set<std::string_view>;

constexpr std::size_t words_of_a_street = 2; // after the area's name: "Leicester Forest Road"

// The name of a street that the gazetteer does not know, beginning with the area's.
bool is_street(const LocationText& text, const AreaHit& hit) {
    const auto end = std::min(text.tokens.size(), hit.last + words_of_a_street);
    for (std::size_t i = hit.last; i < end && text.tokens[i].gap == Gap::space; ++i) {
        if (is_street_type(canonical_word(text.tokens[i].word))) {
            return true;
        }
        if (text.roles[i] != Role::open && text.roles[i] != Role::feature) {
            break;
        }
    }
    return false;
}

void add_authorities(const Gazetteer& gazetteer, const Area& area, Authorities& authorities) {
    const auto& names = gazetteer.index().ward_authorities;
    for (std::size_t ward = 0; ward < area.wards.size(); ++ward) {
        if (area.wards[ward]) {
            authorities.insert(names[ward]);
        }
    }
    if (const auto ward = area.centre ? gazetteer.ward_at(*area.centre) : std::nullopt) {
        authorities.insert(names[*ward]);
    }
}

} // namespace

NamedArea named_area(const Gazetteer& gazetteer, std::string_view bytes) {
    const auto& index = gazetteer.index();
    const LocationText text = parse_location_text(bytes);
    const Reading reading = Reader(index, text).read({});
    NamedArea named;
    std::size_t narrowest = std::numeric_limits<std::size_t>::max();
    bool first = true;
    Authorities authorities;
    for (const AreaHit& hit : reading.areas) {
        const Area& narrow = index.areas.area(hit.senses->front());
        if (narrow.kind == AreaKind::county || is_street(text, hit)) {
            continue;
        }
        Authorities here;
        for (const auto sense : *hit.senses) {
            add_authorities(gazetteer, index.areas.area(sense), here);
        }
        if (!first) {
            std::erase_if(here, [&](std::string_view code) { return !authorities.contains(code); });
        }
        authorities = std::move(here);
        first = false;
        if (narrow.extent() < narrowest) {
            narrowest = narrow.extent();
            named.label = narrow.label;
        }
    }
    if (authorities.size() == 1) {
        named.authority_code = *authorities.begin();
    }
    return named;
}

} // namespace hotspots::data
