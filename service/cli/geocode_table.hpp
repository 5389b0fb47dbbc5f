// A CSV with a column `location_text` -> the same rows with where each text was found to be.
#pragma once

#include "data/record.hpp"

#include <array>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {
class Gazetteer;
}

namespace hotspots::service {

inline constexpr std::array<std::string_view, 10> location_columns{
    "status",   "level",         "longitude", "latitude",     "easting",
    "northing", "uncertainty_m", "score",     "matched_text", "rule"};

// What a location says in each of these columns; empty where it says nothing.
struct LocationCell {
    std::string text;
    bool number = false;
};
std::array<LocationCell, location_columns.size()> location_cells(const data::Location& location);

struct TableCounts {
    std::int64_t rows = 0;
    std::int64_t rejected = 0; // rows of more fields than the header has: not written
    std::map<std::string, std::int64_t> by_status;

    std::string text() const; // for people
};

// Writes `out` whole or not at all. Columns pass through, but for those of location_columns, which
// are written anew. Rejected rows are told to `log`. Throws data::InputError naming the file.
TableCounts geocode_table(const data::Gazetteer& gazetteer, const std::string& in,
                          const std::string& out, std::ostream& log);

} // namespace hotspots::service
