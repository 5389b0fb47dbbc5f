#include "data/geocode/name_table.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/postcode_text.hpp"
#include "data/geocode/text.hpp"
#include "geo/crs.hpp"

#include <unordered_map>

namespace hotspots::data {

std::string name_key(std::string_view name) {
    std::string key;
    for (const auto& token : tokens_of(name)) {
        if (!key.empty()) {
            key += ' ';
        }
        key += canonical_word(token.word);
    }
    return key;
}

NameTable::NameTable(const ReferenceData& reference, const Gazetteer& gazetteer) {
    std::unordered_map<std::string, std::size_t> ward_by_code;
    for (std::size_t i = 0; i < reference.wards.size(); ++i) {
        const Ward& ward = reference.wards[i];
        ward_by_code.emplace(ward.code, i);
        m_areas[name_key(ward.name)].push_back(i);
        if (name_key(ward.name) != name_key(ward.authority)) {
            m_areas[name_key(ward.authority)].push_back(i);
        }
    }
    for (const auto& place : reference.places) {
        if (const auto point = geo::to_bng(place.point)) {
            const auto code = ward_by_code.find(place.ward_code);
            const auto ward = code != ward_by_code.end() ? std::optional(code->second)
                                                         : gazetteer.ward_at(*point);
            m_entries.emplace(name_key(place.name), Entry{place.name, *point, ward});
        }
    }
    for (const auto& postcode : reference.postcodes) {
        const auto code = normalised_postcode(postcode.code);
        const auto point = geo::to_bng(postcode.point);
        if (code && point) {
            m_postcodes.emplace(*code, *point);
        }
    }
}

std::vector<const NameTable::Entry*> NameTable::entries(const std::string& key) const {
    std::vector<const Entry*> found;
    const auto range = m_entries.equal_range(key);
    for (auto it = range.first; it != range.second; ++it) {
        found.push_back(&it->second);
    }
    return found;
}

std::optional<geo::BngPoint> NameTable::postcode(const std::string& code) const {
    const auto found = m_postcodes.find(code);
    return found != m_postcodes.end() ? std::optional(found->second) : std::nullopt;
}

std::vector<std::size_t> NameTable::area(const std::string& key) const {
    const auto found = m_areas.find(key);
    return found != m_areas.end() ? found->second : std::vector<std::size_t>{};
}

} // namespace hotspots::data
