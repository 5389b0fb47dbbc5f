#include "data/geocode/junction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hotspots::data {
namespace {

using Points = std::span<const geo::BngPoint>;

constexpr double lines_meet_m = 30;   // a junction's own width, and gaps in mapping
constexpr double points_meet_m = 600; // half the length of two long streets
constexpr double junction_m = 15;     // DOMAIN: uncertainty of a junction
constexpr double least_point_m = 75;  // of a junction that is only between points

geo::BngPoint nearest_on(const geo::BngPoint& a, const geo::BngPoint& b, const geo::BngPoint& p) {
    const double x = b.easting_m - a.easting_m;
    const double y = b.northing_m - a.northing_m;
    const double length2 = x * x + y * y;
    const double along =
        length2 > 0
            ? ((p.easting_m - a.easting_m) * x + (p.northing_m - a.northing_m) * y) / length2
            : 0;
    const double share = std::clamp(along, 0.0, 1.0);
    return {a.easting_m + share * x, a.northing_m + share * y};
}

// Where segments ab and cd cross; empty if they do not or are parallel.
std::optional<geo::BngPoint> crossing(const geo::BngPoint& a, const geo::BngPoint& b,
                                      const geo::BngPoint& c, const geo::BngPoint& d) {
    const double rx = b.easting_m - a.easting_m;
    const double ry = b.northing_m - a.northing_m;
    const double sx = d.easting_m - c.easting_m;
    const double sy = d.northing_m - c.northing_m;
    const double cross = rx * sy - ry * sx;
    if (cross == 0) {
        return std::nullopt;
    }
    const double qx = c.easting_m - a.easting_m;
    const double qy = c.northing_m - a.northing_m;
    const double t = (qx * sy - qy * sx) / cross;
    const double u = (qx * ry - qy * rx) / cross;
    if (t < 0 || t > 1 || u < 0 || u > 1) {
        return std::nullopt;
    }
    return geo::BngPoint{a.easting_m + t * rx, a.northing_m + t * ry};
}

void offer(Nearest& nearest, const geo::BngPoint& on_a, const geo::BngPoint& on_b) {
    if (const double d = distance_m(on_a, on_b); d < nearest.distance_m) {
        nearest = {on_a, on_b, d};
    }
}

void compare(Nearest& nearest, Points a, Points b) {
    if (a.size() == 1 && b.size() == 1) {
        offer(nearest, a[0], b[0]);
        return;
    }
    for (std::size_t i = 0; i < std::max<std::size_t>(1, a.size() - 1); ++i) {
        const auto& a0 = a[i];
        const auto& a1 = a[std::min(i + 1, a.size() - 1)];
        for (std::size_t j = 0; j < std::max<std::size_t>(1, b.size() - 1); ++j) {
            const auto& b0 = b[j];
            const auto& b1 = b[std::min(j + 1, b.size() - 1)];
            if (const auto point = crossing(a0, a1, b0, b1)) {
                offer(nearest, *point, *point);
            }
            offer(nearest, a0, nearest_on(b0, b1, a0));
            offer(nearest, a1, nearest_on(b0, b1, a1));
            offer(nearest, nearest_on(a0, a1, b0), b0);
            offer(nearest, nearest_on(a0, a1, b1), b1);
            if (nearest.distance_m == 0) {
                return;
            }
        }
    }
}

struct Line {
    Points points;
    geo::Box<geo::BngPoint> box;
};

// Lines of a spot, or its point alone.
std::vector<Line> lines_of(const Gazetteer::Index& index, const Spot& spot) {
    std::vector<Line> lines;
    for (std::uint32_t i = spot.place->first_line; i < spot.place->last_line; ++i) {
        lines.push_back({index.names.line(i), index.names.line_box(i)});
    }
    if (lines.empty()) {
        lines.push_back({Points(&spot.place->point, 1), {spot.place->point, spot.place->point}});
    }
    return lines;
}

// A lower bound of the distance between what is in the boxes.
double apart_m(const geo::Box<geo::BngPoint>& a, const geo::Box<geo::BngPoint>& b) {
    const double east =
        std::max({0.0, a.min.easting_m - b.max.easting_m, b.min.easting_m - a.max.easting_m});
    const double north =
        std::max({0.0, a.min.northing_m - b.max.northing_m, b.min.northing_m - a.max.northing_m});
    return std::hypot(east, north);
}

bool has_lines(const Spot& spot) {
    return spot.place->first_line < spot.place->last_line;
}

} // namespace

Nearest nearest_points(const Gazetteer::Index& index, const Spot& a, const Spot& b,
                       double within_m) {
    Nearest nearest{{}, {}, std::numeric_limits<double>::infinity()};
    const auto lines_b = lines_of(index, b);
    for (const Line& line_a : lines_of(index, a)) {
        for (const Line& line_b : lines_b) {
            if (apart_m(line_a.box, line_b.box) < std::min(nearest.distance_m, within_m)) {
                compare(nearest, line_a.points, line_b.points);
            }
        }
    }
    return nearest;
}

std::optional<Meeting> meeting_of(const Gazetteer::Index& index, const Spot& a, const Spot& b) {
    const bool on_lines = has_lines(a) && has_lines(b);
    const double most_m = on_lines ? lines_meet_m : points_meet_m;
    const Nearest nearest = nearest_points(index, a, b, most_m);
    if (nearest.distance_m > most_m) {
        return std::nullopt;
    }
    Meeting meeting;
    meeting.point = {(nearest.on_a.easting_m + nearest.on_b.easting_m) / 2,
                     (nearest.on_a.northing_m + nearest.on_b.northing_m) / 2};
    meeting.distance_m = nearest.distance_m;
    meeting.on_lines = on_lines;
    meeting.uncertainty_m = on_lines ? std::max(junction_m, nearest.distance_m)
                                     : std::max(least_point_m, 0.6 * nearest.distance_m);
    return meeting;
}

} // namespace hotspots::data
