// Names and postcodes of a gazetteer by their one spelling.
#pragma once

#include "data/reference/reference.hpp"
#include "geo/coordinates.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hotspots::data {

class Gazetteer;
struct ReferenceData;

// "Granby Street" -> "granby st".
std::string name_key(std::string_view name);

class NameTable {
public:
    struct Entry {
        std::string name;
        geo::BngPoint point;
        std::optional<std::size_t> ward;
    };

    NameTable() = default;
    NameTable(const ReferenceData& reference, const Gazetteer& gazetteer);

    std::vector<const Entry*> entries(const std::string& key) const;
    std::optional<geo::BngPoint> postcode(const std::string& code) const;
    // Wards that a ward's or authority's name stands for; empty if it is none.
    std::vector<std::size_t> area(const std::string& key) const;

private:
    std::unordered_multimap<std::string, Entry> m_entries;
    std::unordered_map<std::string, geo::BngPoint> m_postcodes;
    std::unordered_map<std::string, std::vector<std::size_t>> m_areas;
};

} // namespace hotspots::data
