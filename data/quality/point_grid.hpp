// Points in square cells, for what lies within some distance of a point. Immutable.
#pragma once

#include "geo/coordinates.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hotspots::data {

class PointGrid {
public:
    // Precondition: points are finite and cell_m > 0.
    PointGrid(std::vector<geo::BngPoint> points, double cell_m);

    struct Near {
        std::uint32_t index = 0; // of the points given
        double distance_m = 0;
    };

    // Points at most `radius_m` away, by distance, then index. O(cells touched x log(points) +
    // found).
    std::vector<Near> within(const geo::BngPoint& point, double radius_m) const;

    // The `count` nearest of those within `limit_m`, by distance, then index.
    std::vector<Near> nearest(const geo::BngPoint& point, std::size_t count, double limit_m) const;

private:
    std::int64_t number_of(double metres) const;

    std::vector<geo::BngPoint> m_points;
    double m_cell_m;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> m_cells; // cell, point; sorted
};

} // namespace hotspots::data
