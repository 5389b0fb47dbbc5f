// A city of clustered events with a study area that cuts it: what hotspot tests share.
#pragma once

#include "geo/hotspots.hpp"
#include "tests/geo/ascii_map.hpp"

#include <random>
#include <vector>

namespace hotspots::tests {

using namespace geo;

// A floor so low that `top_percent` alone sets the level.
inline HotspotRule rule(double top_percent, double bandwidth_m) {
    HotspotRule result;
    result.top_percent = top_percent;
    result.bandwidth_m = bandwidth_m;
    result.floor_peaks = 1e-9;
    result.minimum_events = 1;
    return result;
}

inline MultiPolygon<BngPoint> whole(const GridSpec& grid) {
    const double east = grid.south_west.easting_m + grid.columns * grid.cell_m;
    const double north = grid.south_west.northing_m + grid.rows * grid.cell_m;
    return {rectangle(grid.south_west.easting_m, grid.south_west.northing_m, east, north)};
}

inline MultiPolygon<BngPoint> outlines(const HotspotSet& set) {
    MultiPolygon<BngPoint> result;
    for (const auto& hotspot : set.hotspots) {
        result.insert(result.end(), hotspot.outline.begin(), hotspot.outline.end());
    }
    return result;
}

// Clusters of points over 10 km x 10 km, and a few anywhere.
inline std::vector<BngPoint> clustered(unsigned seed, std::size_t count) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 10'000);
    std::normal_distribution<double> spread(0, 250);
    std::vector<BngPoint> centres(8);
    for (auto& centre : centres) {
        centre = {anywhere(random), anywhere(random)};
    }
    std::vector<BngPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& centre = centres[i % centres.size()];
        points.push_back(i % 10 == 0 ? BngPoint{anywhere(random), anywhere(random)}
                                     : BngPoint{centre.easting_m + spread(random),
                                                centre.northing_m + spread(random)});
    }
    return points;
}

inline const GridSpec city{{0, 0}, 50, 200, 200};
// An octagon in the city's grid: its boundary cuts cells and clusters, but no cell's centre.
inline const MultiPolygon<BngPoint> octagon{{{{3000, 1000},
                                              {7003, 1011},
                                              {9000, 3000},
                                              {9013, 7000},
                                              {7000, 9007},
                                              {3000, 9000},
                                              {1000, 7031},
                                              {1000, 3000},
                                              {3000, 1000}},
                                             {}}};

inline HotspotSet find(const std::vector<BngPoint>& points, const HotspotRule& how) {
    return find_hotspots(points, density(points, city, how.kernel, how.bandwidth_m), octagon, how);
}

} // namespace hotspots::tests
