// What a Gazetteer holds. Private to data/geocode.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "data/geocode/name_table.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotspots::data {

struct Gazetteer::Index {
    std::uint64_t id = 0; // never used twice in a process
    std::vector<std::string> ward_codes;
    std::vector<geo::MultiPolygon<geo::BngPoint>> outlines; // as ReferenceData::wards
    NameTable names;
};

} // namespace hotspots::data
