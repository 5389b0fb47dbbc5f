// Coordinates written in a location text: National Grid references of 4 to 10 figures, eastings and
// northings, longitude and latitude; in either order, also with parts missing. Pure; knows no
// places.
#pragma once

#include "data/geocode/grid_square.hpp"
#include "data/geocode/text.hpp"
#include "geo/coordinates.hpp"

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace hotspots::data {

enum class CoordinateForm { grid_reference, easting_northing, longitude_latitude };

struct CoordinateReading {
    CoordinateForm form = CoordinateForm::grid_reference;
    // What the text says. Several where parts are missing (a pair of five figures without letters
    // may lie in several 100 km squares); none where it looks like coordinates but is no place:
    // "0,0".
    std::vector<std::variant<geo::BngPoint, geo::LonLat>> points = {};
    // The two numbers the other way round, where the text does not say which is which.
    std::optional<std::variant<geo::BngPoint, geo::LonLat>> swapped = {};
    bool truncated = false;   // parts are missing: `points` are guesses
    double uncertainty_m = 0; // by the number of figures
    std::size_t first = 0;    // tokens [first, last)
    std::size_t last = 0;
};

// The first coordinates in the text; empty if there are none. A grid reference stands for the
// middle of its square (Ordnance Survey, 'A guide to coordinate systems in Great Britain', section
// 7).
std::optional<CoordinateReading> read_coordinates(std::span<const Token> tokens);

} // namespace hotspots::data
