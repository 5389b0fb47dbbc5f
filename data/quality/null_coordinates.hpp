// Coordinates that stand for 'not known', as they were given: they place nothing, but a feed that
// has them says so in no other way.
#pragma once

#include "data/quality/stacks.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::data {

struct NullCoordinates {
    std::string text; // "easting 0, northing 0"
    std::string why;  // "a coordinate is 0"
    std::optional<geo::BngPoint> bng;
    std::optional<geo::LonLat> lon_lat;
    std::vector<std::uint32_t> incidents; // given so
};

// Given coordinates of which one is 0, both are equal, or both are written in nines (999999): one
// entry a pair of values, by text. No place of the United Kingdom's mainland has such. O(n).
std::vector<NullCoordinates> null_coordinates(const Snapshot& snapshot);

// True for a stack of given points at the corner of a square of the National Grid: both coordinates
// whole kilometres, as where figures were cut off.
bool is_kilometre_corner(const Stack& stack);

} // namespace hotspots::data
