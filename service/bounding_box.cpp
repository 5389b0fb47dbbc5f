#include "service/bounding_box.hpp"

#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace hotspots::service {

namespace {

constexpr const char* four_numbers = "it must be four numbers: west,south,east,north in degrees";

Problem bad_bbox(std::string_view text, const std::string& why) {
    return bad_parameter("bbox", "bbox is " + quoted(text) + "; " + why);
}

std::vector<double> parse_list(std::string_view text) {
    std::vector<double> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const auto number = parse_number(text.substr(begin, end - begin));
        if (!number) {
            throw bad_bbox(text, four_numbers);
        }
        numbers.push_back(*number);
        begin = end + 1;
    }
    return numbers;
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

// Liang and Barsky 1984.
bool segment_touches(const geo::LonLat& a, const geo::LonLat& b, const geo::Box<geo::LonLat>& box) {
    double low = 0;
    double high = 1;
    return clip(a.lon_deg, b.lon_deg - a.lon_deg, box.min.lon_deg, box.max.lon_deg, low, high) &&
           clip(a.lat_deg, b.lat_deg - a.lat_deg, box.min.lat_deg, box.max.lat_deg, low, high);
}

bool ring_touches(const geo::Ring<geo::LonLat>& ring, const geo::Box<geo::LonLat>& box) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (segment_touches(ring[i - 1], ring[i], box)) {
            return true;
        }
    }
    return false;
}

// Even-odd rule.
bool ring_holds(const geo::Ring<geo::LonLat>& ring, const geo::LonLat& p) {
    bool inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const auto& a = ring[i - 1];
        const auto& b = ring[i];
        if ((a.lat_deg > p.lat_deg) != (b.lat_deg > p.lat_deg) &&
            p.lon_deg <
                (b.lon_deg - a.lon_deg) * (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) +
                    a.lon_deg) {
            inside = !inside;
        }
    }
    return inside;
}

bool polygon_touches(const geo::Polygon<geo::LonLat>& polygon, const geo::Box<geo::LonLat>& box) {
    const auto& holes = polygon.holes;
    if (ring_touches(polygon.exterior, box) ||
        std::any_of(holes.begin(), holes.end(),
                    [&](const auto& hole) { return ring_touches(hole, box); })) {
        return true;
    }
    // No boundary meets the box: it lies in the polygon as a whole, or outside as a whole.
    return ring_holds(polygon.exterior, box.min) &&
           std::none_of(holes.begin(), holes.end(),
                        [&](const auto& hole) { return ring_holds(hole, box.min); });
}

// west,bottom height and so on: takes the heights out.
void drop_heights(std::vector<double>& numbers, std::string_view text) {
    if (numbers[2] > numbers[5]) {
        throw bad_bbox(text, "of six numbers the third and sixth are heights, the lower one first");
    }
    numbers.erase(numbers.begin() + 5);
    numbers.erase(numbers.begin() + 2);
}

bool in_degrees(double lon_deg, double lat_deg) {
    return lon_deg >= -180 && lon_deg <= 180 && lat_deg >= -90 && lat_deg <= 90;
}

// One box, or the two on either side of the antimeridian.
std::vector<geo::Box<geo::LonLat>> sides(const geo::Box<geo::LonLat>& box) {
    if (box.min.lon_deg <= box.max.lon_deg) {
        return {box};
    }
    return {{box.min, {180, box.max.lat_deg}}, {{-180, box.min.lat_deg}, box.max}};
}

} // namespace

geo::Box<geo::LonLat> parse_bbox(std::string_view text) {
    auto numbers = parse_list(text);
    if (numbers.size() == 6) {
        drop_heights(numbers, text);
    }
    if (numbers.size() != 4) {
        throw bad_bbox(text, four_numbers);
    }
    if (!in_degrees(numbers[0], numbers[1]) || !in_degrees(numbers[2], numbers[3])) {
        throw bad_bbox(text, "longitudes must be from -180 to 180 and latitudes from -90 to 90, in "
                             "the order west,south,east,north");
    }
    if (numbers[1] > numbers[3]) {
        throw bad_bbox(text, "south must not be beyond north");
    }
    return {{numbers[0], numbers[1]}, {numbers[2], numbers[3]}};
}

std::string format_bbox(const geo::Box<geo::LonLat>& box) {
    return number_text(box.min.lon_deg) + ',' + number_text(box.min.lat_deg) + ',' +
           number_text(box.max.lon_deg) + ',' + number_text(box.max.lat_deg);
}

bool touches(const geo::MultiPolygon<geo::LonLat>& polygons, const geo::Box<geo::LonLat>& box) {
    const auto parts = sides(box);
    return std::any_of(polygons.begin(), polygons.end(), [&](const auto& polygon) {
        return std::any_of(parts.begin(), parts.end(),
                           [&](const auto& part) { return polygon_touches(polygon, part); });
    });
}

bool bounds_touch(const geo::Box<geo::LonLat>& bounds, const geo::Box<geo::LonLat>& box) {
    const auto parts = sides(box);
    return std::any_of(parts.begin(), parts.end(),
                       [&](const auto& part) { return bounds.intersects(part); });
}

bool holds(const geo::Box<geo::LonLat>& box, const geo::LonLat& point) {
    const bool crosses = box.min.lon_deg > box.max.lon_deg;
    const bool after_west = point.lon_deg >= box.min.lon_deg;
    const bool before_east = point.lon_deg <= box.max.lon_deg;
    return point.lat_deg >= box.min.lat_deg && point.lat_deg <= box.max.lat_deg &&
           (crosses ? after_west || before_east : after_west && before_east);
}

} // namespace hotspots::service
