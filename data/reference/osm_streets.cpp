#include "data/reference/osm_streets.hpp"

#include "geo/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace hotspots::data {
namespace {

using Line = std::vector<geo::LonLat>;

// Pieces of one name nearer than this are one street: crossings and roundabouts interrupt names.
constexpr double together_m = 200;
constexpr double metres_per_degree = 6'371'000 * std::numbers::pi / 180;

// Plain distances on the sphere around the first point: good to a per mille over a few kilometres.
double distance_m(const geo::LonLat& a, const geo::LonLat& b) {
    const double shrink = std::cos(a.lat_deg * std::numbers::pi / 180);
    return metres_per_degree * std::hypot((a.lon_deg - b.lon_deg) * shrink, a.lat_deg - b.lat_deg);
}

geo::Box<geo::LonLat> box_of(const Line& line) {
    geo::Box<geo::LonLat> box;
    for (const auto& point : line) {
        box.extend(point);
    }
    return box;
}

bool lie_together(const Line& a, const Line& b) {
    const auto box_a = box_of(a);
    const auto box_b = box_of(b);
    const double margin_deg = 3 * together_m / metres_per_degree;
    geo::Box<geo::LonLat> wide = box_a;
    wide.extend({box_a.min.lon_deg - margin_deg, box_a.min.lat_deg - margin_deg});
    wide.extend({box_a.max.lon_deg + margin_deg, box_a.max.lat_deg + margin_deg});
    if (!wide.intersects(box_b)) {
        return false;
    }
    return std::any_of(a.begin(), a.end(), [&](const geo::LonLat& p) {
        return std::any_of(b.begin(), b.end(),
                           [&](const geo::LonLat& q) { return distance_m(p, q) < together_m; });
    });
}

std::size_t root_of(const std::vector<std::size_t>& parents, std::size_t at) {
    while (parents[at] != at) {
        at = parents[at];
    }
    return at;
}

// Lines that lie together, directly or through others.
std::vector<std::vector<Line>> groups(const std::vector<Line>& lines) {
    std::vector<std::size_t> parents(lines.size());
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    for (std::size_t a = 0; a < lines.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const auto root_a = root_of(parents, a);
            const auto root_b = root_of(parents, b);
            if (root_a != root_b && lie_together(lines[a], lines[b])) {
                parents[std::max(root_a, root_b)] = std::min(root_a, root_b);
            }
        }
    }
    std::map<std::size_t, std::vector<Line>> by_root;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        by_root[root_of(parents, i)].push_back(lines[i]);
    }
    std::vector<std::vector<Line>> result;
    for (auto& [root, members] : by_root) {
        result.push_back(std::move(members));
    }
    return result;
}

geo::LonLat nearest_on(const geo::LonLat& a, const geo::LonLat& b, const geo::LonLat& p) {
    const double shrink = std::cos(p.lat_deg * std::numbers::pi / 180);
    const double x = (b.lon_deg - a.lon_deg) * shrink;
    const double y = b.lat_deg - a.lat_deg;
    const double length2 = x * x + y * y;
    const double along =
        length2 > 0 ? ((p.lon_deg - a.lon_deg) * shrink * x + (p.lat_deg - a.lat_deg) * y) / length2
                    : 0;
    const double share = std::clamp(along, 0.0, 1.0);
    return {a.lon_deg + share * (b.lon_deg - a.lon_deg),
            a.lat_deg + share * (b.lat_deg - a.lat_deg)};
}

// The place on the lines nearest to the middle of their box.
geo::LonLat middle_of(const std::vector<Line>& lines) {
    geo::Box<geo::LonLat> box;
    for (const auto& line : lines) {
        for (const auto& point : line) {
            box.extend(point);
        }
    }
    const geo::LonLat middle{(box.min.lon_deg + box.max.lon_deg) / 2,
                             (box.min.lat_deg + box.max.lat_deg) / 2};
    geo::LonLat best = lines.front().front();
    for (const auto& line : lines) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            const auto candidate = nearest_on(line[i - 1], line[i], middle);
            if (distance_m(middle, candidate) < distance_m(middle, best)) {
                best = candidate;
            }
        }
    }
    return best;
}

} // namespace

double half_side_m(const geo::LonLat& south_west, const geo::LonLat& north_east) {
    return std::max(distance_m(south_west, {north_east.lon_deg, south_west.lat_deg}),
                    distance_m(south_west, {south_west.lon_deg, north_east.lat_deg})) /
           2;
}

void OsmStreets::add(const std::string& name, const Line& line, bool motorway) {
    if (line.size() < 2) {
        return;
    }
    m_lines[name].push_back(line);
    if (motorway) {
        for (const auto& point : line) {
            m_motorway_nodes.emplace(std::pair(point.lon_deg, point.lat_deg), name);
        }
    }
}

void OsmStreets::add_junction(const std::string& number, const geo::LonLat& point) {
    m_junctions.emplace_back(number, point);
}

std::vector<NamedPlace> OsmStreets::finish() && {
    std::vector<NamedPlace> places;
    for (const auto& [name, lines] : m_lines) {
        for (auto& group : groups(lines)) {
            NamedPlace street;
            street.name = name;
            street.kind = PlaceKind::street;
            street.point = middle_of(group);
            street.lines = std::move(group);
            places.push_back(std::move(street));
        }
    }
    for (const auto& [number, point] : m_junctions) {
        const auto road = m_motorway_nodes.find({point.lon_deg, point.lat_deg});
        if (road != m_motorway_nodes.end() && !number.empty()) {
            NamedPlace junction;
            junction.name = road->second + " Junction " + number;
            junction.kind = PlaceKind::poi;
            junction.category = "motorway_junction";
            junction.point = point;
            places.push_back(std::move(junction));
        }
    }
    return places;
}

} // namespace hotspots::data
