// Location texts unlike the labelled ones, made from the real gazetteer: other openings, remarks,
// short forms, typing errors, coordinate forms, refusals and places elsewhere. Seeded.
#pragma once

#include "tests/data/geocode/reference_fixture.hpp"

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::tests {

class UnlikeTexts {
public:
    explicit UnlikeTexts(const data::ReferenceData& reference);

    // Texts that can be placed: kind, text and the point. `kind` is one of placeable_kinds().
    LabelledText placeable(const std::string& kind);
    static const std::vector<std::string>& placeable_kinds();

    // Texts that must not become a point. `kind` is one of unplaceable_kinds().
    LabelledText unplaceable(const std::string& kind);
    static const std::vector<std::string>& unplaceable_kinds();

private:
    using Words = std::vector<std::string>;

    std::string one_of(const Words& words) { return words[m_random() % words.size()]; }
    int number(int first, int last) {
        return first + static_cast<int>(m_random() % static_cast<unsigned>(last - first + 1));
    }
    bool chance(int percent) { return number(1, 100) <= percent; }
    const data::NamedPlace& street();
    const data::NamedPlace& lone_street();
    std::string area(const data::NamedPlace& place);
    std::string short_area(const data::NamedPlace& place);
    std::string flat();
    std::string with_remark(const data::NamedPlace& place);
    std::string misspelt(const std::string& kind, std::string name);
    std::string cased(std::string text);
    std::string street_text(const std::string& kind, const data::NamedPlace& place);
    LabelledText postcode();
    const data::Postcode& nearest_postcode(const geo::LonLat& point) const;
    std::string longer_name(const data::NamedPlace& place);
    std::string unknown_street();
    std::string elsewhere(const std::string& kind);

    const data::ReferenceData& m_reference;
    std::vector<const data::NamedPlace*> m_streets; // one of the name in its ward
    std::vector<const data::NamedPlace*> m_lone;    // one of the name anywhere
    std::set<std::string> m_names;                  // lower case
    std::vector<const data::Postcode*> m_postcodes; // with a point of their own
    std::set<std::string> m_codes;
    std::mt19937 m_random{71};
};

} // namespace hotspots::tests
