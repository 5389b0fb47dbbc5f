#include "service/bounding_box.hpp"

#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace hotspots::service {

namespace {

Problem bad_bbox(std::string_view text, const std::string& why) {
    return bad_parameter("bbox", "bbox is " + quoted(text) + "; " + why);
}

std::vector<double> parse_list(std::string_view text) {
    std::vector<double> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const auto number = parse_number(text.substr(begin, end - begin));
        if (!number) {
            throw bad_bbox(text, "it must be four numbers: west,south,east,north in degrees");
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

} // namespace

geo::Box<geo::LonLat> parse_bbox(std::string_view text) {
    const auto numbers = parse_list(text);
    if (numbers.size() == 6) {
        throw bad_bbox(text, "six numbers are a box with heights, and features here have none; it "
                             "must be four: west,south,east,north in degrees");
    }
    if (numbers.size() != 4) {
        throw bad_bbox(text, "it must be four numbers: west,south,east,north in degrees");
    }
    const geo::Box<geo::LonLat> box{{numbers[0], numbers[1]}, {numbers[2], numbers[3]}};
    if (box.min.lon_deg < -180 || box.max.lon_deg > 180 || box.min.lat_deg < -90 ||
        box.max.lat_deg > 90) {
        throw bad_bbox(text, "longitudes must be from -180 to 180 and latitudes from -90 to 90, in "
                             "the order west,south,east,north");
    }
    if (box.empty()) {
        throw bad_bbox(text, "west must not be beyond east, nor south beyond north");
    }
    return box;
}

std::string format_bbox(const geo::Box<geo::LonLat>& box) {
    return number_text(box.min.lon_deg) + ',' + number_text(box.min.lat_deg) + ',' +
           number_text(box.max.lon_deg) + ',' + number_text(box.max.lat_deg);
}

bool touches(const geo::MultiPolygon<geo::LonLat>& polygons, const geo::Box<geo::LonLat>& box) {
    return std::any_of(polygons.begin(), polygons.end(),
                       [&](const auto& polygon) { return polygon_touches(polygon, box); });
}

} // namespace hotspots::service
