#include "geo/point_in_region.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::geo {

namespace {

// A place where an edge crosses the centre line of a row.
struct Crossing {
    int row = 0;
    double easting_m = 0;
};

// First row or column, within 0..count, whose centre lies at or beyond `position_m`.
int first_centre_from(double position_m, double origin_m, double cell_m, int count) {
    double index = std::clamp<double>(std::ceil((position_m - origin_m) / cell_m - 0.5), 0, count);
    // The quotient may round across a centre: settle it on the centre's own coordinate.
    const auto centre = [&](double i) { return origin_m + (i + 0.5) * cell_m; };
    while (index > 0 && centre(index - 1) >= position_m) {
        --index;
    }
    while (index < count && centre(index) < position_m) {
        ++index;
    }
    return static_cast<int>(index);
}

void add_crossings(const Ring<BngPoint>& ring, const GridSpec& grid, std::vector<Crossing>& out) {
    const double origin_m = grid.south_west.northing_m;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const bool upward = ring[i - 1].northing_m < ring[i].northing_m;
        const BngPoint& low = upward ? ring[i - 1] : ring[i];
        const BngPoint& high = upward ? ring[i] : ring[i - 1];
        // The lower end counts and the upper one does not, so a vertex is crossed once.
        const int first = first_centre_from(low.northing_m, origin_m, grid.cell_m, grid.rows);
        const int last = first_centre_from(high.northing_m, origin_m, grid.cell_m, grid.rows);
        for (int row = first; row < last; ++row) {
            const double t = (grid.centre({0, row}).northing_m - low.northing_m) /
                             (high.northing_m - low.northing_m);
            out.push_back({row, low.easting_m + t * (high.easting_m - low.easting_m)});
        }
    }
}

} // namespace

PointsByNorthing::PointsByNorthing(std::span<const BngPoint> points) {
    m_entries.reserve(points.size());
    for (std::uint32_t index = 0; index < points.size(); ++index) {
        const BngPoint& point = points[index];
        if (std::isfinite(point.easting_m) && std::isfinite(point.northing_m)) {
            m_entries.push_back({point, index});
        }
    }
    std::ranges::sort(m_entries, {}, [](const Entry& entry) { return entry.point.northing_m; });
}

std::vector<std::uint32_t> PointsByNorthing::in(const Polygon<BngPoint>& polygon) const {
    Box<BngPoint> box;
    for (const auto& vertex : polygon.exterior) {
        box.extend(vertex);
    }
    const auto northing = [](const Entry& entry) { return entry.point.northing_m; };
    auto entry = std::ranges::lower_bound(m_entries, box.min.northing_m, {}, northing);
    std::vector<std::uint32_t> result;
    for (; entry != m_entries.end() && entry->point.northing_m <= box.max.northing_m; ++entry) {
        if (box.contains(entry->point) && contains(polygon, entry->point)) {
            result.push_back(entry->index);
        }
    }
    std::ranges::sort(result);
    return result;
}

std::vector<CellRun> cells_in(const MultiPolygon<BngPoint>& polygons, const GridSpec& grid) {
    std::vector<Crossing> crossings;
    for (const auto& polygon : polygons) {
        add_crossings(polygon.exterior, grid, crossings);
        for (const auto& hole : polygon.holes) {
            add_crossings(hole, grid, crossings);
        }
    }
    std::ranges::sort(crossings, [](const Crossing& a, const Crossing& b) {
        return a.row != b.row ? a.row < b.row : a.easting_m < b.easting_m;
    });
    std::vector<CellRun> runs;
    const auto column = [&](double easting_m) {
        return first_centre_from(easting_m, grid.south_west.easting_m, grid.cell_m, grid.columns);
    };
    // Closed rings cross each centre line an even number of times.
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        const CellRun run{crossings[i].row, column(crossings[i].easting_m),
                          column(crossings[i + 1].easting_m)};
        if (run.first < run.last) {
            runs.push_back(run);
        }
    }
    return runs;
}

} // namespace hotspots::geo
