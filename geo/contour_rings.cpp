#include "geo/contour_rings.hpp"

#include "geo/stop.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace hotspots::geo {

namespace {

// Sides of the square between four cell centres.
enum class Side { south, east, north, west };

// A piece of contour through one square between four centres, the higher side on its left.
struct Segment {
    CrossingKey from = 0;
    CrossingKey to = 0;
};

class Tracer {
public:
    Tracer(const Raster& raster, std::span<const double> levels, std::size_t index)
        : m_raster(raster), m_levels(levels), m_level(levels[index]) {}

    std::vector<ContourRing> rings();

private:
    double value(int column, int row) const {
        const GridSpec& grid = m_raster.grid;
        const bool inside = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
        return inside ? m_raster.values[grid.offset({column, row})] : 0.0;
    }
    CrossingKey key(int column, int row, Side side) const;
    BngPoint crossing(CrossingKey key) const;
    double share_of_way(double first, double second) const;
    void collect_segments();
    void collect_row(int row, const std::vector<std::uint8_t>& south,
                     const std::vector<std::uint8_t>& north);
    void collect_square(int column, int row, unsigned corners);
    std::vector<std::uint8_t> flags(int row) const;
    ContourRing follow(std::size_t start, std::vector<bool>& used) const;

    const Raster& m_raster;
    std::span<const double> m_levels;
    double m_level;
    std::vector<Segment> m_segments;
};

// The raster has a margin of zeros: columns and rows run from -1 to their count.
CrossingKey Tracer::key(int column, int row, Side side) const {
    const int c = column + (side == Side::east ? 1 : 0);
    const int r = row + (side == Side::north ? 1 : 0);
    const auto width = static_cast<CrossingKey>(m_raster.grid.columns) + 2;
    const CrossingKey centre =
        static_cast<CrossingKey>(r + 1) * width + static_cast<CrossingKey>(c + 1);
    return 2 * centre + (side == Side::east || side == Side::west ? 1 : 0);
}

// Where this level crosses the way between two values of which one is above it, all levels that
// cross it kept apart: pushed up in their order along the way, then down from its end.
double Tracer::share_of_way(double first, double second) const {
    const auto [low, high] = std::minmax(first, second);
    const auto begin = std::ranges::lower_bound(m_levels, low);
    const auto end = std::lower_bound(begin, m_levels.end(), high);
    const auto count = static_cast<std::size_t>(end - begin);
    const auto own = static_cast<std::size_t>(std::lower_bound(begin, end, m_level) - begin);
    const bool rises = first < second;
    std::array<double, most_contour_levels> shares{};
    double least = crossing_clearance;
    for (std::size_t i = 0; i < count; ++i) {
        const double level = begin[static_cast<std::ptrdiff_t>(rises ? i : count - 1 - i)];
        shares[i] = std::max((level - first) / (second - first), least);
        least = shares[i] + crossing_clearance;
    }
    const std::size_t place = rises ? own : count - 1 - own;
    double most = 1 - crossing_clearance;
    for (std::size_t i = count; i-- > place;) {
        shares[i] = std::min(shares[i], most);
        most = shares[i] - crossing_clearance;
    }
    return shares[place];
}

BngPoint Tracer::crossing(CrossingKey key) const {
    const auto width = static_cast<CrossingKey>(m_raster.grid.columns) + 2;
    const bool northward = key % 2 == 1;
    const CellIndex a{static_cast<int>(key / 2 % width) - 1, static_cast<int>(key / 2 / width) - 1};
    const CellIndex b{a.column + (northward ? 0 : 1), a.row + (northward ? 1 : 0)};
    const double share = share_of_way(value(a.column, a.row), value(b.column, b.row));
    const double step_m = share * m_raster.grid.cell_m;
    const BngPoint centre = m_raster.grid.centre(a);
    return northward ? BngPoint{centre.easting_m, centre.northing_m + step_m}
                     : BngPoint{centre.easting_m + step_m, centre.northing_m};
}

// Which centres of a row, margin included, are above the level.
std::vector<std::uint8_t> Tracer::flags(int row) const {
    const GridSpec& grid = m_raster.grid;
    std::vector<std::uint8_t> result(static_cast<std::size_t>(grid.columns) + 2, 0);
    if (row >= 0 && row < grid.rows) {
        const double* const values = m_raster.values.data() + grid.offset({0, row});
        std::transform(values, values + grid.columns, result.begin() + 1, [&](double value) {
            return static_cast<std::uint8_t>(value > m_level ? 1 : 0);
        });
    }
    return result;
}

void Tracer::collect_segments() {
    auto south = flags(-1);
    for (int row = -1; row < m_raster.grid.rows; ++row) {
        stop_if_asked();
        auto north = flags(row + 1);
        collect_row(row, south, north);
        south = std::move(north);
    }
    std::ranges::sort(m_segments, {}, &Segment::from);
}

void Tracer::collect_row(int row, const std::vector<std::uint8_t>& south,
                         const std::vector<std::uint8_t>& north) {
    for (std::size_t i = 0; i + 1 < south.size(); ++i) {
        const unsigned corners = south[i] | static_cast<unsigned>(south[i + 1]) << 1U |
                                 static_cast<unsigned>(north[i + 1]) << 2U |
                                 static_cast<unsigned>(north[i]) << 3U;
        if (corners != 0 && corners != 15) {
            collect_square(static_cast<int>(i) - 1, row, corners);
        }
    }
}

// `corners`: bits from the south-west counterclockwise. A contour enters where, counterclockwise
// around the square, the corners pass from above to below, and leaves where they rise again.
void Tracer::collect_square(int column, int row, unsigned corners) {
    const auto is_above = [&](unsigned corner) { return ((corners >> (corner % 4U)) & 1U) != 0; };
    // Sides from the south counterclockwise: side i lies between corner i and corner i + 1.
    constexpr std::array sides{Side::south, Side::east, Side::north, Side::west};
    const bool saddle = corners == 5 || corners == 10;
    const double mean = (value(column, row) + value(column + 1, row) + value(column + 1, row + 1) +
                         value(column, row + 1)) /
                        4;
    const bool joined = saddle && mean > m_level;
    for (unsigned fall = 0; fall < 4; ++fall) {
        if (!is_above(fall) || is_above(fall + 1)) {
            continue;
        }
        // Around the low corners that follow: to the next rise. Or, where a saddle is cut, around
        // the high corner alone: back to the rise before it.
        unsigned rise = fall + 1;
        if (saddle && !joined) {
            rise = fall + 3;
        }
        while (is_above(rise) || !is_above(rise + 1)) {
            ++rise;
        }
        m_segments.push_back({key(column, row, sides[fall]), key(column, row, sides[rise % 4U])});
    }
}

ContourRing Tracer::follow(std::size_t start, std::vector<bool>& used) const {
    ContourRing result;
    for (std::size_t at = start; !used[at];) {
        used[at] = true;
        result.keys.push_back(m_segments[at].from);
        result.ring.push_back(crossing(m_segments[at].from));
        const auto next =
            std::ranges::lower_bound(m_segments, m_segments[at].to, {}, &Segment::from);
        at = static_cast<std::size_t>(next - m_segments.begin());
    }
    result.ring.push_back(result.ring.front());
    const BngPoint origin = result.ring.front();
    for (std::size_t i = 1; i < result.ring.size(); ++i) {
        const BngPoint& a = result.ring[i - 1];
        const BngPoint& b = result.ring[i];
        result.box.extend(a);
        result.twice_area_m2 +=
            (a.easting_m - origin.easting_m) * (b.northing_m - origin.northing_m) -
            (b.easting_m - origin.easting_m) * (a.northing_m - origin.northing_m);
    }
    return result;
}

std::vector<ContourRing> Tracer::rings() {
    collect_segments();
    std::vector<ContourRing> result;
    std::vector<bool> used(m_segments.size(), false);
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        if (!used[i]) {
            result.push_back(follow(i, used));
        }
    }
    return result;
}

} // namespace

std::vector<ContourRing> contour_rings(const Raster& raster, std::span<const double> levels,
                                       std::size_t index) {
    return Tracer(raster, levels, index).rings();
}

} // namespace hotspots::geo
