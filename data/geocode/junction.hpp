// Where two streets meet: at the intersection of their lines where lines are known, else between
// their nearest points, with an uncertainty that says so.
#pragma once

#include "data/geocode/spots.hpp"

#include <optional>

namespace hotspots::data {

struct Meeting {
    geo::BngPoint point;
    double uncertainty_m = 0;
    double distance_m = 0; // between the streets there; 0 where they cross or touch
    bool on_lines = false; // both streets' lines are known
};

// Empty if the two are further apart than streets that meet: 30 m between lines, 600 m between
// points of streets whose extent is not known.
std::optional<Meeting> meeting_of(const Gazetteer::Index& index, const Spot& a, const Spot& b);

// The two nearest points of a and b if they are closer than `within_m`; else a distance of
// infinity.
struct Nearest {
    geo::BngPoint on_a;
    geo::BngPoint on_b;
    double distance_m = 0;
};
Nearest nearest_points(const Gazetteer::Index& index, const Spot& a, const Spot& b,
                       double within_m);

} // namespace hotspots::data
