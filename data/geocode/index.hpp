// What a Gazetteer holds. Private to data/geocode.
#pragma once

#include "data/geocode/area_names.hpp"
#include "data/geocode/fuzzy_index.hpp"
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/name_index.hpp"
#include "data/geocode/phrase_table.hpp"
#include "data/geocode/postcode_index.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotspots::data {

struct Gazetteer::Index {
    std::uint64_t id = 0; // never used twice in a process
    std::vector<std::string> ward_codes;
    std::vector<std::string> ward_labels;                   // "Castle, Leicester"
    std::vector<std::string> ward_authorities;              // code; the name where none is given
    std::vector<geo::MultiPolygon<geo::BngPoint>> outlines; // as ReferenceData::wards
    AreaNames areas;
    NameIndex names;
    PhraseTable phrases; // points into `areas`
    FuzzyIndex fuzzy;
    PostcodeIndex postcodes;
};

} // namespace hotspots::data
