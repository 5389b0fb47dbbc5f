// Simple-features geometry as plain vectors, typed by coordinate reference system.
// Rings are closed (first point repeated last). Exterior and hole winding is not fixed here:
// the encoders in tiles/ orient rings as their format demands.
#pragma once

#include "geo/coordinates.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace hotspots::geo {

template <class Point>
using Ring = std::vector<Point>;

template <class Point>
struct Polygon {
    Ring<Point> exterior;
    std::vector<Ring<Point>> holes;
    friend bool operator==(const Polygon&, const Polygon&) = default;
};

template <class Point>
using MultiPolygon = std::vector<Polygon<Point>>;

// Closed on all sides. The default box holds nothing.
template <class Point>
struct Box {
    Point min{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    Point max{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

    bool empty() const { return x_of(min) > x_of(max) || y_of(min) > y_of(max); }
    bool contains(const Point& p) const {
        return x_of(p) >= x_of(min) && x_of(p) <= x_of(max) && y_of(p) >= y_of(min) &&
               y_of(p) <= y_of(max);
    }
    bool intersects(const Box& other) const {
        return x_of(min) <= x_of(other.max) && x_of(other.min) <= x_of(max) &&
               y_of(min) <= y_of(other.max) && y_of(other.min) <= y_of(max);
    }
    void extend(const Point& p) {
        min = Point{std::min(x_of(min), x_of(p)), std::min(y_of(min), y_of(p))};
        max = Point{std::max(x_of(max), x_of(p)), std::max(y_of(max), y_of(p))};
    }
    friend bool operator==(const Box&, const Box&) = default;
};

template <class Point>
Box<Point> bounds(const MultiPolygon<Point>& polygons) {
    Box<Point> box;
    for (const auto& polygon : polygons) {
        for (const auto& point : polygon.exterior) {
            box.extend(point);
        }
    }
    return box;
}

} // namespace hotspots::geo
