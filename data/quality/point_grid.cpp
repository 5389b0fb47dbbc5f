#include "data/quality/point_grid.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace hotspots::data {

namespace {

// Rows of cells one after another, so that the cells of a row's stretch follow each other.
std::uint64_t key_of(std::int64_t column, std::int64_t row) {
    constexpr std::int64_t offset = std::int64_t{1} << 31;
    return (static_cast<std::uint64_t>(row + offset) << 32) |
           static_cast<std::uint64_t>(column + offset);
}

} // namespace

PointGrid::PointGrid(std::vector<geo::BngPoint> points, double cell_m)
    : m_points(std::move(points)), m_cell_m(cell_m) {
    m_cells.reserve(m_points.size());
    for (std::uint32_t i = 0; i < m_points.size(); ++i) {
        m_cells.emplace_back(
            key_of(number_of(m_points[i].easting_m), number_of(m_points[i].northing_m)), i);
    }
    std::sort(m_cells.begin(), m_cells.end());
}

std::int64_t PointGrid::number_of(double metres) const {
    constexpr double furthest = 1e9; // beyond any coordinate: numbers stay within 31 bits
    return static_cast<std::int64_t>(
        std::clamp(std::floor(metres / m_cell_m), -furthest, furthest));
}

std::vector<PointGrid::Near> PointGrid::within(const geo::BngPoint& point, double radius_m) const {
    std::vector<Near> found;
    const auto first_column = number_of(point.easting_m - radius_m);
    const auto last_column = number_of(point.easting_m + radius_m);
    const auto last_row = number_of(point.northing_m + radius_m);
    for (auto row = number_of(point.northing_m - radius_m); row <= last_row; ++row) {
        const auto last = key_of(last_column, row);
        auto at = std::lower_bound(m_cells.begin(), m_cells.end(),
                                   std::pair(key_of(first_column, row), 0U));
        for (; at != m_cells.end() && at->first <= last; ++at) {
            const auto& other = m_points[at->second];
            const double distance_m =
                std::hypot(other.easting_m - point.easting_m, other.northing_m - point.northing_m);
            if (distance_m <= radius_m) {
                found.push_back({at->second, distance_m});
            }
        }
    }
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
        return std::tie(a.distance_m, a.index) < std::tie(b.distance_m, b.index);
    });
    return found;
}

std::vector<PointGrid::Near> PointGrid::nearest(const geo::BngPoint& point, std::size_t count,
                                                double limit_m) const {
    std::vector<Near> found;
    for (double radius_m = std::min(m_cell_m, limit_m);;
         radius_m = std::min(2 * radius_m, limit_m)) {
        found = within(point, radius_m);
        if (found.size() >= count || radius_m >= limit_m) {
            break;
        }
    }
    found.resize(std::min(found.size(), count));
    return found;
}

} // namespace hotspots::data
