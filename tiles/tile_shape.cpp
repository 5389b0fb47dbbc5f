#include "tiles/tile_shape.hpp"

#include "geo/geos.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::tiles {

namespace {

// A plane position in tile units. Units are Mercator metres scaled and shifted, so they use its
// type; y runs down here.
using UnitPoint = geo::MercatorPoint;
using UnitPolygon = geo::Polygon<UnitPoint>;
using UnitPolygons = geo::MultiPolygon<UnitPoint>;

constexpr double low = -tile_buffer;
constexpr double high = tile_extent + tile_buffer;
constexpr geo::Box<UnitPoint> drawn{{low, low}, {high, high}};

class Projection {
public:
    explicit Projection(const TileId& tile) {
        const auto box = mercator_bounds(tile);
        m_north_west = {box.min.x_m, box.max.y_m};
        m_units_per_m = tile_extent / (box.max.x_m - box.min.x_m);
    }
    UnitPoint operator()(const geo::LonLat& point) const {
        const auto mercator = to_mercator(point);
        return {(mercator.x_m - m_north_west.x_m) * m_units_per_m,
                (m_north_west.y_m - mercator.y_m) * m_units_per_m};
    }
    UnitPolygon operator()(const geo::Polygon<geo::LonLat>& polygon) const {
        UnitPolygon result{(*this)(polygon.exterior), {}};
        for (const auto& hole : polygon.holes) {
            result.holes.push_back((*this)(hole));
        }
        return result;
    }

private:
    geo::Ring<UnitPoint> operator()(const geo::Ring<geo::LonLat>& ring) const {
        geo::Ring<UnitPoint> result(ring.size());
        std::transform(ring.begin(), ring.end(), result.begin(), *this);
        return result;
    }
    geo::MercatorPoint m_north_west;
    double m_units_per_m = 0;
};

const UnitPolygons& drawn_square() {
    static const UnitPolygons square{
        {{{low, low}, {high, low}, {high, high}, {low, high}, {low, low}}, {}}};
    return square;
}

geo::Box<geo::LonLat> exterior_box(const geo::Polygon<geo::LonLat>& polygon) {
    geo::Box<geo::LonLat> box;
    for (const auto& point : polygon.exterior) {
        box.extend(point);
    }
    return box;
}

UnitPolygons clipped(const UnitPolygon& polygon) {
    const UnitPolygons whole{polygon};
    const auto box = geo::bounds(whole);
    if (!drawn.intersects(box)) {
        return {};
    }
    if (drawn.contains(box.min) && drawn.contains(box.max)) {
        return whole;
    }
    try {
        return geo::intersection(whole, drawn_square());
    } catch (const geo::GeometryError&) { // an invalid outline can't be overlaid as it is
        return geo::intersection(geo::make_valid(whole), drawn_square());
    }
}

TilePoint rounded(const UnitPoint& point) {
    return {static_cast<std::int32_t>(std::lround(point.x_m)),
            static_cast<std::int32_t>(std::lround(point.y_m))};
}

bool in_line(const TilePoint& a, const TilePoint& b, const TilePoint& c) {
    const auto cross = (std::int64_t{b.x} - a.x) * (std::int64_t{c.y} - b.y) -
                       (std::int64_t{b.y} - a.y) * (std::int64_t{c.x} - b.x);
    return cross == 0;
}

// Drops repeated points, points on a straight line and spikes until none is left.
TileRing cleaned(const TileRing& ring) {
    TileRing kept;
    for (const auto& point : ring) {
        while (kept.size() > 1 && in_line(kept[kept.size() - 2], kept.back(), point)) {
            kept.pop_back();
        }
        if (kept.empty() || kept.back() != point) {
            kept.push_back(point);
        }
    }
    // The same across the seam between the last point and the first.
    std::size_t first = 0;
    for (bool changed = true; changed && kept.size() - first > 2;) {
        changed = true;
        if (in_line(kept[kept.size() - 2], kept.back(), kept[first])) {
            kept.pop_back();
        } else if (in_line(kept.back(), kept[first], kept[first + 1])) {
            ++first;
        } else {
            changed = false;
        }
    }
    kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(first));
    return kept.size() > 2 ? kept : TileRing{};
}

TileRing rounded(const geo::Ring<UnitPoint>& ring, bool clockwise) {
    TileRing points;
    points.reserve(ring.size());
    for (const auto& point : ring) {
        points.push_back(rounded(point));
    }
    points.pop_back();
    TileRing result = cleaned(points);
    if ((twice_area(result) > 0) != clockwise) {
        std::reverse(result.begin(), result.end());
    }
    return result;
}

std::vector<TilePolygon> rounded(const UnitPolygons& polygons) {
    std::vector<TilePolygon> result;
    for (const auto& polygon : polygons) {
        TilePolygon kept{rounded(polygon.exterior, true), {}};
        for (const auto& hole : polygon.holes) {
            if (TileRing ring = rounded(hole, false); !ring.empty()) {
                kept.holes.push_back(std::move(ring));
            }
        }
        if (!kept.exterior.empty()) {
            result.push_back(std::move(kept));
        }
    }
    return result;
}

geo::Ring<UnitPoint> to_units(const TileRing& ring) {
    geo::Ring<UnitPoint> result;
    for (const auto& point : ring) {
        result.push_back({static_cast<double>(point.x), static_cast<double>(point.y)});
    }
    result.push_back(result.front());
    return result;
}

bool is_valid(const std::vector<TilePolygon>& polygons) {
    UnitPolygons units;
    for (const auto& polygon : polygons) {
        auto& unit = units.emplace_back();
        unit.exterior = to_units(polygon.exterior);
        for (const auto& hole : polygon.holes) {
            unit.holes.push_back(to_units(hole));
        }
    }
    return geo::is_valid(units);
}

TilePolygon unit_square(const UnitPolygons& around) {
    const auto box = geo::bounds(around);
    const auto corner = [](double from, double to) {
        return static_cast<std::int32_t>(std::clamp(std::floor((from + to) / 2), low, high - 1));
    };
    const std::int32_t x = corner(box.min.x_m, box.max.x_m);
    const std::int32_t y = corner(box.min.y_m, box.max.y_m);
    return {{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}}, {}};
}

} // namespace

std::int64_t twice_area(const TileRing& ring) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        sum += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
    }
    return sum;
}

std::optional<TilePoint> tile_point(const geo::LonLat& point, const TileId& tile) {
    const UnitPoint unit = Projection(tile)(point);
    // Compared before rounding: a coordinate far off, or not finite, has no whole number.
    return drawn.contains(unit) ? std::optional(rounded(unit)) : std::nullopt;
}

std::vector<TilePolygon> tile_polygons(const geo::MultiPolygon<geo::LonLat>& polygons,
                                       const TileId& tile) {
    const auto box = lon_lat_bounds(tile, tile_buffer);
    const Projection project(tile);
    UnitPolygons parts;
    for (const auto& polygon : polygons) {
        if (box.intersects(exterior_box(polygon))) {
            for (auto& part : clipped(project(polygon))) {
                parts.push_back(std::move(part));
            }
        }
    }
    if (parts.empty()) {
        return {};
    }
    auto result = rounded(parts);
    if (!is_valid(result)) { // rounding closed a neck or pushed a ring through another
        result = rounded(geo::snap_to_grid(parts, 1.0));
    }
    if (result.empty()) {
        result.push_back(unit_square(parts));
    }
    return result;
}

} // namespace hotspots::tiles
