#include "service/compared_regions.hpp"

#include "geo/point_in_region.hpp"
#include "service/density_result.hpp"

#include <algorithm>
#include <cstddef>

namespace hotspots::service {

std::vector<geo::BngPoint> only_in(const DensityResult& one, const DensityResult& other) {
    std::vector<geo::BngPoint> points;
    for (std::size_t i = 0; i < one.points.size(); ++i) {
        if (!std::ranges::binary_search(other.incident, one.incident[i])) {
            points.push_back(one.points[i]);
        }
    }
    return points;
}

std::optional<RegionPeak> peak_in(const geo::MultiPolygon<geo::BngPoint>& outline,
                                  const geo::Raster& raster, double sign) {
    std::optional<RegionPeak> peak;
    for (const auto& run : geo::cells_in(outline, raster.grid)) {
        for (int column = run.first; column < run.last; ++column) {
            const geo::CellIndex cell{column, run.row};
            const double value = sign * raster.values[raster.grid.offset(cell)];
            if (!peak || value > peak->value) {
                peak = RegionPeak{value, raster.grid.centre(cell)};
            }
        }
    }
    return peak;
}

} // namespace hotspots::service
