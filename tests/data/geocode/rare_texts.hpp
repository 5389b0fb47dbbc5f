// Location texts of the kinds that labelled sets have few of, made from the real gazetteer: no area
// named, no type, two typing errors, unknown words, postcodes typed wrong, pairs cut short. Seeded.
#pragma once

#include "tests/data/geocode/reference_fixture.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace hotspots::tests {

class RareTexts {
public:
    explicit RareTexts(const data::ReferenceData& reference);

    static const std::vector<std::string>& kinds();
    LabelledText make(const std::string& kind);

private:
    const data::NamedPlace& street();
    std::string wrong(std::string name, int errors);
    std::string street_text(const std::string& kind, const data::NamedPlace& place);
    LabelledText postcode(const std::string& kind);
    LabelledText pair(const std::string& kind, const data::NamedPlace& place);
    std::string unknown_word();
    std::size_t below(std::size_t end) { return m_random() % end; }

    const data::ReferenceData& m_reference;
    std::map<std::string, std::vector<geo::LonLat>> m_points; // of a name in a ward
    std::mt19937 m_random{1903};
};

} // namespace hotspots::tests
