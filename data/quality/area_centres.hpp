// Middles of areas: where systems put a record of which they know only the ward, the authority or
// the postcode sector.
#pragma once

#include "data/snapshot.hpp"

#include <string>
#include <vector>

namespace hotspots::data {

struct AreaCentre {
    geo::BngPoint point;
    std::string name; // "Castle", "LE1 5"
    std::string what; // "the centroid of the ward Castle"
};

// Of wards: the centroid of the outline, a point inside it, the middle of its bounds. Of
// authorities: the centroid and the middle of the bounds of their wards. Of postcode sectors and
// districts: the mean of their postcodes.
std::vector<AreaCentre> area_centres(const Snapshot& snapshot);

} // namespace hotspots::data
