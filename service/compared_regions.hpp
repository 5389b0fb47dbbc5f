// What comparisons of two selections have in common: the points that tell them apart, and the
// highest place of a region.
#pragma once

#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <optional>
#include <vector>

namespace hotspots::service {

struct DensityResult; // service/density_result.hpp

// Points of the incidents that the other selection does not have.
std::vector<geo::BngPoint> only_in(const DensityResult& one, const DensityResult& other);

struct RegionPeak {
    double value = 0;
    geo::BngPoint at;
};

// The highest sign * value of a cell whose centre lies in the outline, and where; empty where none
// does.
std::optional<RegionPeak> peak_in(const geo::MultiPolygon<geo::BngPoint>& outline,
                                  const geo::Raster& raster, double sign);

} // namespace hotspots::service
