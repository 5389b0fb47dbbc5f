#include "geo/contour.hpp"

#include "geo/point_in_region.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace hotspots::geo {

namespace {

// A crossing keeps this share of a cell away from the cell centres. Else values exactly at the
// level would put several crossings in one place, and rings would touch themselves.
constexpr double clearance = 1e-3;

// Sides of the square between four cell centres.
enum class Side { south, east, north, west };

// Names the crossing on the line between two neighbouring centres: 2 x the number of its western or
// southern one + (1 if the line runs north). The raster has a margin of zeros: columns and rows run
// from -1 to their count.
using Key = std::uint64_t;

// A piece of contour through one square between four centres, the higher side on its left.
struct Segment {
    Key from = 0;
    Key to = 0;
};

struct SignedRing {
    Ring<BngPoint> ring;
    Box<BngPoint> box;
    double twice_area_m2 = 0; // > 0 for exteriors, which run counterclockwise
};

class Tracer {
public:
    Tracer(const Raster& raster, double level) : m_raster(raster), m_level(level) {}

    std::vector<SignedRing> rings();

private:
    double value(int column, int row) const {
        const GridSpec& grid = m_raster.grid;
        const bool inside = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
        return inside ? m_raster.values[grid.offset({column, row})] : 0.0;
    }
    bool above(int column, int row) const { return value(column, row) > m_level; }
    Key key(int column, int row, Side side) const;
    BngPoint crossing(Key key) const;
    void collect_segments();
    void collect_row(int row, const std::vector<std::uint8_t>& south,
                     const std::vector<std::uint8_t>& north);
    void collect_square(int column, int row, unsigned corners);
    std::vector<std::uint8_t> flags(int row) const;
    SignedRing follow(std::size_t start, std::vector<bool>& used) const;

    const Raster& m_raster;
    double m_level;
    std::vector<Segment> m_segments;
};

Key Tracer::key(int column, int row, Side side) const {
    const int c = column + (side == Side::east ? 1 : 0);
    const int r = row + (side == Side::north ? 1 : 0);
    const auto width = static_cast<Key>(m_raster.grid.columns) + 2;
    const Key centre = static_cast<Key>(r + 1) * width + static_cast<Key>(c + 1);
    return 2 * centre + (side == Side::east || side == Side::west ? 1 : 0);
}

BngPoint Tracer::crossing(Key key) const {
    const auto width = static_cast<Key>(m_raster.grid.columns) + 2;
    const bool northward = key % 2 == 1;
    const CellIndex a{static_cast<int>(key / 2 % width) - 1, static_cast<int>(key / 2 / width) - 1};
    const CellIndex b{a.column + (northward ? 0 : 1), a.row + (northward ? 1 : 0)};
    const double low = value(a.column, a.row);
    const double high = value(b.column, b.row);
    const double t = std::clamp((m_level - low) / (high - low), clearance, 1 - clearance);
    const double step_m = t * m_raster.grid.cell_m;
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

SignedRing Tracer::follow(std::size_t start, std::vector<bool>& used) const {
    SignedRing result;
    for (std::size_t at = start; !used[at];) {
        used[at] = true;
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

std::vector<SignedRing> Tracer::rings() {
    collect_segments();
    std::vector<SignedRing> result;
    std::vector<bool> used(m_segments.size(), false);
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        if (!used[i]) {
            result.push_back(follow(i, used));
        }
    }
    return result;
}

std::tuple<double, double> south_west(const Box<BngPoint>& box) {
    return {box.min.northing_m, box.min.easting_m};
}

// Rings never touch, so the smallest exterior around any vertex of a hole is the hole's own.
void assign_holes(std::vector<SignedRing>& exteriors, std::vector<SignedRing>& holes,
                  MultiPolygon<BngPoint>& polygons) {
    std::vector<std::size_t> by_area(exteriors.size());
    for (std::size_t i = 0; i < by_area.size(); ++i) {
        by_area[i] = i;
    }
    std::ranges::stable_sort(by_area, {},
                             [&](std::size_t i) { return exteriors[i].twice_area_m2; });
    for (auto& hole : holes) {
        const BngPoint& vertex = hole.ring.front();
        const auto owner = std::ranges::find_if(by_area, [&](std::size_t i) {
            return exteriors[i].box.contains(vertex) && contains(polygons[i].exterior, vertex);
        });
        if (owner == by_area.end()) {
            throw std::logic_error("contour: a hole lies in no polygon");
        }
        polygons[*owner].holes.push_back(std::move(hole.ring));
    }
}

} // namespace

MultiPolygon<BngPoint> region_above(const Raster& raster, double level) {
    if (!(level > 0)) {
        throw std::invalid_argument("contour: the level is " + std::to_string(level) +
                                    ", must be above 0");
    }
    auto exteriors = Tracer(raster, level).rings();
    const auto order = [](const SignedRing& a, const SignedRing& b) {
        return south_west(a.box) < south_west(b.box);
    };
    std::ranges::stable_sort(exteriors, order);
    const auto first_hole = std::ranges::stable_partition(
        exteriors, [](const SignedRing& ring) { return ring.twice_area_m2 > 0; });
    std::vector<SignedRing> holes(std::make_move_iterator(first_hole.begin()),
                                  std::make_move_iterator(first_hole.end()));
    exteriors.erase(first_hole.begin(), exteriors.end());
    MultiPolygon<BngPoint> polygons;
    for (auto& exterior : exteriors) {
        polygons.push_back({std::move(exterior.ring), {}});
    }
    assign_holes(exteriors, holes, polygons);
    return polygons;
}

} // namespace hotspots::geo
