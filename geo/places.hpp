// Points with equal ones collapsed into places that count several times, and exact sums of a kernel
// over them at each place: what adaptive bandwidths and the choice of a bandwidth are made of.
// police.uk's points are snapped, so that hundreds share a place.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/density.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

struct Place {
    BngPoint at;
    double count = 0; // points there
    friend bool operator==(const Place&, const Place&) = default;
};

// All different, from the west, then from the south: the same for any order of the points. Throws
// std::invalid_argument for a point that is not finite.
std::vector<Place> collapse(std::span<const BngPoint> points);

// Sums over pairs of places; immutable.
class PlaceSums {
public:
    // Precondition: the places are all different. `usual_reach_m` > 0 only tunes the search.
    PlaceSums(std::span<const Place> places, double usual_reach_m);

    // For each place, in the order given, the density in events per km2 there of all the others'
    // events, and its own with `own`. Each sum is taken in an order of the places alone: the same
    // bytes for any number of threads. 0 threads: as many as there are and the work is worth.
    std::vector<double> at_places(Kernel kernel, double bandwidth_m, bool own,
                                  int threads = 0) const;

    // Of its inner loop.
    struct Columns {
        const double* easting;
        const double* northing;
        const double* count;
    };
    struct Target {
        double easting_m;
        double northing_m;
        double per_h2;
    };
    using AddRange = double (*)(const Columns&, std::size_t first, std::size_t last, const Target&);

private:
    template <class Profile>
    double sum_at(std::size_t target, double bandwidth_m, bool own, AddRange add_range) const;
    std::size_t strip_of(double northing_m) const;

    double m_strip_m = 1;
    double m_south_m = 0;
    std::vector<std::size_t> m_starts; // of strips from the south, and the end
    std::vector<std::size_t> m_index;  // of each place in the order given
    std::vector<double> m_easting;     // by strip, then from the west
    std::vector<double> m_northing;
    std::vector<double> m_count;
};

} // namespace hotspots::geo
