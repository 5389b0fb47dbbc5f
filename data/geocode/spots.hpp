// The places that a name may stand for, and what is done with several: near ones are one street,
// far ones are different streets of one name.
#pragma once

#include "data/geocode/index.hpp"
#include "data/geocode/reading.hpp"
#include "data/record.hpp"
#include "geo/coordinates.hpp"

#include <span>
#include <string>
#include <vector>

namespace hotspots::data {

// A point of a name.
struct Spot {
    NameId name = 0;
    const NamedPoint* place = nullptr;
};

// Points of one name within 1 km of each other, directly or through others, are one cluster.
using Cluster = std::vector<Spot>;
std::vector<Cluster> clusters(std::span<const Spot> spots);

// The point of the cluster that is nearest to all of it, a radius that holds the true place about
// 68 % of the time, and what it is.
struct Placement {
    geo::BngPoint point;
    double uncertainty_m = 0;
    GeocodeLevel level = GeocodeLevel::street;
    std::string name;  // "Granby Street"
    std::string label; // "Granby Street, Castle, Leicester"
};
Placement place(const Gazetteer::Index& index, const Cluster& cluster);

double distance_m(const geo::BngPoint& a, const geo::BngPoint& b);

// What a reading's areas leave of a name's points.
struct Narrowed {
    std::vector<Spot> spots;
    bool by_area = false;     // a ward, place or authority was named, and it holds them
    bool by_narrower = false; // an area's name has several senses: the narrowest was taken
};
Narrowed narrow(const Gazetteer::Index& index, const NameHit& hit, const Reading& reading,
                const LocationText& text);

// Every point of the names of a hit.
std::vector<Spot> all_spots(const Gazetteer::Index& index, const NameHit& hit);

// True if a ward, place or authority is named.
bool names_area(const Gazetteer::Index& index, const Reading& reading);

} // namespace hotspots::data
