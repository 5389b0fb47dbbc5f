// Points that postcodes make by themselves: the middles of sectors and districts, and points that
// many postcodes share. Records there were placed for want of a better point.
#pragma once

#include "geo/coordinates.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotspots::data {

class Gazetteer;

struct PostcodeArea {
    std::string code; // "LE1 5" or "LE1"
    geo::BngPoint mean;
    std::int64_t postcodes = 0;
};

// Sectors and districts of at least three known postcodes, by code; the mean of their points.
// O(postcodes).
std::vector<PostcodeArea> postcode_areas(const Gazetteer& gazetteer);

struct SharedPostcodePoint {
    std::string code; // one of them
    geo::BngPoint point;
    int sharing = 0; // postcodes at it
};

// The points that the geocoder refuses because too many postcodes share them, by code.
std::vector<SharedPostcodePoint> shared_postcode_points(const Gazetteer& gazetteer);

} // namespace hotspots::data
