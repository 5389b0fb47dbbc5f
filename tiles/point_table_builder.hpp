// Makes a PointTable: points in any order, each with its properties in the order of the names.
#pragma once

#include "tiles/feature.hpp"
#include "tiles/point_table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

class PointTableBuilder {
public:
    // Names are distinct and none is `point_count`, which the encoder adds.
    explicit PointTableBuilder(std::vector<std::string> names);

    // Begins a point; a text or value for each name follows. Precondition: finite coordinates, at
    // most 2^32 - 2 points.
    void point(const geo::LonLat& at, std::uint64_t id, std::uint32_t row);
    void text(std::string_view text);
    void text_or_null(std::string_view text); // null where empty
    void value(const Value& value);

    // Precondition: each point has a value for each name. O(n log n).
    PointTable finish() &&;

private:
    std::uint32_t code_of(std::string_view message);
    std::uint32_t code_of_field(); // of m_field
    void grow();

    PointTable m_table;                 // in the order of adding, until it is finished
    std::vector<std::uint32_t> m_slots; // codes by the hash of their value; 0: free
    std::string m_field;                // of the value at hand
};

} // namespace hotspots::tiles
