#include "service/bounding_box.hpp"

#include "geo/crs.hpp"
#include "service/box_hull.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "tiles/tile.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

using filter::Crs;
using PlanarRing = std::vector<PlanarPoint>;

constexpr const char* four_numbers = "it must be four numbers, the lower corner first: ";

std::string bbox_order(Crs crs) {
    switch (crs) {
    case Crs::epsg_4326:
        return "south,west,north,east in degrees (EPSG:4326 has latitude first)";
    case Crs::epsg_27700:
        return "the least easting and northing, then the greatest, in metres";
    case Crs::epsg_3857:
        return "the least x and y, then the greatest, in metres";
    case Crs::crs84:
        break;
    }
    return "west,south,east,north in degrees";
}

Problem bad_bbox(std::string_view text, const std::string& why) {
    return bad_parameter("bbox", "bbox is " + quoted(text) + "; " + why);
}

std::vector<double> parse_list(std::string_view text, Crs crs) {
    std::vector<double> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const auto number = parse_number(text.substr(begin, end - begin));
        if (!number) {
            throw bad_bbox(text, four_numbers + bbox_order(crs));
        }
        numbers.push_back(*number);
        begin = end + 1;
    }
    return numbers;
}

// Takes the heights out.
void drop_heights(std::vector<double>& numbers, std::string_view text) {
    if (numbers[2] > numbers[5]) {
        throw bad_bbox(text, "of six numbers the third and sixth are heights, the lower one first");
    }
    numbers.erase(numbers.begin() + 5);
    numbers.erase(numbers.begin() + 2);
}

bool in_degrees(const PlanarPoint& p) {
    return p.x >= -180 && p.x <= 180 && p.y >= -90 && p.y <= 90;
}

void check_corners(const PlanarBox& box, Crs crs, std::string_view text) {
    if (!is_in_metres(crs) && (!in_degrees(box.min) || !in_degrees(box.max))) {
        throw bad_bbox(text,
                       "longitudes must be from -180 to 180 and latitudes from -90 to 90, in the "
                       "order " +
                           bbox_order(crs));
    }
    if (box.min.y > box.max.y) {
        throw bad_bbox(text, "south must not be beyond north; the order is " + bbox_order(crs));
    }
    if (is_in_metres(crs) && box.min.x > box.max.x) {
        throw bad_bbox(text, "west must not be beyond east in a system in metres; the order is " +
                                 bbox_order(crs));
    }
}

bool in_box(const PlanarBox& box, const PlanarPoint& p) {
    return p.x >= box.min.x && p.x <= box.max.x && p.y >= box.min.y && p.y <= box.max.y;
}

// Cuts [low, high] of the line's parameter down to where start + t * step lies in [least, most].
bool clip(double start, double step, double least, double most, double& low, double& high) {
    if (step == 0) {
        return start >= least && start <= most;
    }
    const double a = (least - start) / step;
    const double b = (most - start) / step;
    low = std::max(low, std::min(a, b));
    high = std::min(high, std::max(a, b));
    return low <= high;
}

// Liang and Barsky 1984. Ends are looked at by themselves: what touches is then found exactly.
bool segment_touches(const PlanarPoint& a, const PlanarPoint& b, const PlanarBox& box) {
    double low = 0;
    double high = 1;
    return in_box(box, a) || in_box(box, b) ||
           (clip(a.x, b.x - a.x, box.min.x, box.max.x, low, high) &&
            clip(a.y, b.y - a.y, box.min.y, box.max.y, low, high));
}

bool ring_touches(const PlanarRing& ring, const PlanarBox& box) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (segment_touches(ring[i - 1], ring[i], box)) {
            return true;
        }
    }
    return false;
}

// Even-odd rule.
bool ring_holds(const PlanarRing& ring, const PlanarPoint& p) {
    bool inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const auto& a = ring[i - 1];
        const auto& b = ring[i];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

template <class Place>
PlanarRing placed(const geo::Ring<geo::LonLat>& ring, const Place& place) {
    PlanarRing out;
    out.reserve(ring.size());
    for (const auto& point : ring) {
        out.push_back(place(point));
    }
    return out;
}

template <class Place>
bool polygon_touches(const geo::Polygon<geo::LonLat>& polygon, const PlanarBox& box,
                     const Place& place) {
    const auto exterior = placed(polygon.exterior, place);
    if (ring_touches(exterior, box)) {
        return true;
    }
    // No boundary but that of holes may meet the box: else it lies in the polygon, or outside, as a
    // whole.
    if (!ring_holds(exterior, box.min)) {
        return false;
    }
    return std::none_of(polygon.holes.begin(), polygon.holes.end(), [&](const auto& ring) {
        const auto hole = placed(ring, place);
        return !ring_touches(hole, box) && ring_holds(hole, box.min);
    });
}

// 1: a corner lies in the core; -1: all of it lies outside the hull; 0: to be looked at.
int quick_look(const geo::Polygon<geo::LonLat>& polygon, const QueryBox::Side& side) {
    geo::Box<geo::LonLat> bounds;
    for (const auto& point : polygon.exterior) {
        if (side.core.contains(point)) {
            return 1;
        }
        bounds.extend(point);
    }
    return side.hull.intersects(bounds) ? 0 : -1;
}

} // namespace

QueryBox::QueryBox(const geo::Box<geo::LonLat>& box)
    : m_rounds(false), m_box{{box.min.lon_deg, box.min.lat_deg},
                             {box.max.lon_deg, box.max.lat_deg}},
      m_sides(sides_of(m_box, m_crs, m_rounds)) {}

QueryBox::QueryBox(const PlanarBox& box, Crs crs)
    : m_crs(crs), m_box(box), m_sides(sides_of(box, crs, m_rounds)) {}

bool QueryBox::holds(const geo::LonLat& point) const {
    return std::any_of(m_sides.begin(), m_sides.end(), [&](const Side& side) {
        if (side.core.contains(point) || !side.hull.contains(point)) {
            return side.core.contains(point);
        }
        const auto place = as_served(point, m_crs);
        return m_rounds && place && in_box(side.box, *place);
    });
}

bool QueryBox::touches(const geo::MultiPolygon<geo::LonLat>& polygons) const {
    const auto exact = [this](const geo::LonLat& point) {
        const auto place = m_rounds ? as_served(point, m_crs)
                                    : std::optional(PlanarPoint{point.lon_deg, point.lat_deg});
        if (!place) {
            geo::to_bng(geo::MultiPolygon<geo::LonLat>{{{point}, {}}}); // throws, naming it
        }
        return place.value_or(PlanarPoint());
    };
    return std::any_of(polygons.begin(), polygons.end(), [&](const auto& polygon) {
        return std::any_of(m_sides.begin(), m_sides.end(), [&](const Side& side) {
            const int look = quick_look(polygon, side);
            return look > 0 || (look == 0 && polygon_touches(polygon, side.box, exact));
        });
    });
}

bool QueryBox::may_touch(const geo::Box<geo::LonLat>& bounds) const {
    return std::any_of(m_sides.begin(), m_sides.end(),
                       [&](const Side& side) { return side.hull.intersects(bounds); });
}

std::string QueryBox::text() const {
    const bool turned = m_crs == Crs::epsg_4326;
    const auto corner = [&](const PlanarPoint& p) {
        return number_text(turned ? p.y : p.x) + ',' + number_text(turned ? p.x : p.y);
    };
    return corner(m_box.min) + ',' + corner(m_box.max);
}

QueryBox parse_bbox(std::string_view text, Crs crs) {
    auto numbers = parse_list(text, crs);
    if (numbers.size() == 6) {
        drop_heights(numbers, text);
    }
    if (numbers.size() != 4) {
        throw bad_bbox(text, four_numbers + bbox_order(crs));
    }
    if (crs == Crs::epsg_4326) {
        std::swap(numbers[0], numbers[1]);
        std::swap(numbers[2], numbers[3]);
    }
    const PlanarBox box{{numbers[0], numbers[1]}, {numbers[2], numbers[3]}};
    check_corners(box, crs, text);
    return {box, crs};
}

} // namespace hotspots::service
