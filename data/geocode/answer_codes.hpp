// Coordinates and postcodes of a text -> a Location.
#pragma once

#include "data/geocode/reading.hpp"
#include "data/record.hpp"

namespace hotspots::data {

class Gazetteer;

// Postcodes that share one point beyond this number are a sorting office or the middle of a sector,
// not addresses: of real points 99 % are one to five postcodes', single ones hundreds'.
inline constexpr int most_sharing_postcodes = 5;

// Precondition: text.coordinates. Numbers with parts missing are `ambiguous` unless the only place
// they can mean lies in an area that the text names (`rest`).
Location answer_coordinates(const Gazetteer& gazetteer, const LocationText& text,
                            const Reading& rest);

// Precondition: text.postcode is a full one. `area_only` for a point that many share and for an
// unknown unit of a known district; `outside` for districts elsewhere.
Location answer_postcode(const Gazetteer& gazetteer, const LocationText& text);

// True inside the union of the wards, and everywhere where there are none.
bool in_study_area(const Gazetteer& gazetteer, const geo::BngPoint& point);

} // namespace hotspots::data
