#include "service/box_hull.hpp"

#include "geo/crs.hpp"
#include "tiles/tile.hpp"

#include <algorithm>
#include <array>

namespace hotspots::service {

namespace {

using filter::Crs;
using Side = QueryBox::Side;
using LonLatBox = geo::Box<geo::LonLat>;

// More than half of the last decimal of degrees that are served, and than half a centimetre of Web
// Mercator (4.5e-8 degrees).
constexpr double rounding_deg = 1e-7;
// An edge in British National Grid is looked at in so many places. It bends by less than this
// between two of them: 700 km / 64 = 11 km, a sagitta of 3 m at most.
constexpr int places_per_edge = 64;
constexpr double bend_deg = 1e-4;

constexpr PlanarBox national_grid{{0, 0}, {700'000, 1'300'000}};

LonLatBox grown(const LonLatBox& box, double by_deg) {
    return {{box.min.lon_deg - by_deg, box.min.lat_deg - by_deg},
            {box.max.lon_deg + by_deg, box.max.lat_deg + by_deg}};
}

// Of degrees: the box itself, or the two on either side of the antimeridian.
std::vector<Side> degree_sides(const PlanarBox& box, double rounding) {
    std::vector<PlanarBox> boxes{box};
    if (box.min.x > box.max.x) {
        boxes = {{box.min, {180, box.max.y}}, {{-180, box.min.y}, box.max}};
    }
    std::vector<Side> sides;
    for (const auto& side : boxes) {
        const LonLatBox same{{side.min.x, side.min.y}, {side.max.x, side.max.y}};
        sides.push_back({side, grown(same, rounding), grown(same, -rounding)});
    }
    return sides;
}

Side mercator_side(const PlanarBox& box) {
    const LonLatBox same{tiles::to_lon_lat(geo::MercatorPoint{box.min.x, box.min.y}),
                         tiles::to_lon_lat(geo::MercatorPoint{box.max.x, box.max.y})};
    return {box, grown(same, rounding_deg), grown(same, -rounding_deg)};
}

// The bounds of one edge in degrees. Precondition: it lies in the national grid.
LonLatBox edge_bounds(const PlanarPoint& a, const PlanarPoint& b) {
    LonLatBox bounds;
    for (int i = 0; i <= places_per_edge; ++i) {
        const double t = static_cast<double>(i) / places_per_edge;
        const auto place =
            geo::to_lon_lat(geo::BngPoint{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
        if (place) {
            bounds.extend(*place);
        }
    }
    return bounds;
}

// What of the box lies beyond the grid holds nothing that has coordinates in it.
std::vector<Side> grid_sides(const PlanarBox& box) {
    const PlanarPoint low{std::max(box.min.x, national_grid.min.x),
                          std::max(box.min.y, national_grid.min.y)};
    const PlanarPoint high{std::min(box.max.x, national_grid.max.x),
                           std::min(box.max.y, national_grid.max.y)};
    if (low.x > high.x || low.y > high.y) {
        return {};
    }
    const auto south = edge_bounds(low, {high.x, low.y});
    const auto north = edge_bounds({low.x, high.y}, high);
    const auto west = edge_bounds(low, {low.x, high.y});
    const auto east = edge_bounds({high.x, low.y}, high);
    LonLatBox hull;
    for (const auto& edge : {south, north, west, east}) {
        hull.extend(edge.min);
        hull.extend(edge.max);
    }
    const LonLatBox core{{west.max.lon_deg, south.max.lat_deg},
                         {east.min.lon_deg, north.min.lat_deg}};
    return {{box, grown(hull, bend_deg), grown(core, -bend_deg)}};
}

} // namespace

std::vector<Side> sides_of(const PlanarBox& box, Crs crs, bool rounds) {
    switch (crs) {
    case Crs::epsg_27700:
        return grid_sides(box);
    case Crs::epsg_3857:
        return {mercator_side(box)};
    case Crs::crs84:
    case Crs::epsg_4326:
        break;
    }
    return degree_sides(box, rounds ? rounding_deg : 0);
}

} // namespace hotspots::service
