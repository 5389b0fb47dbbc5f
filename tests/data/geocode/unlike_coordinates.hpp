// One point written in the ways in which people and systems write coordinates. Pure.
#pragma once

#include "geo/coordinates.hpp"

#include <string>
#include <vector>

namespace hotspots::tests {

// National Grid, to the metre.
std::vector<std::string> grid_forms(const geo::BngPoint& point);

// Latitude and longitude, west of Greenwich, to a metre or two.
std::vector<std::string> degree_forms(const geo::LonLat& point);

} // namespace hotspots::tests
