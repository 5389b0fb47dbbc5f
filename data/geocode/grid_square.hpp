// The 100 km squares of the National Grid by their two letters (Ordnance Survey, 'A guide to
// coordinate systems in Great Britain', section 7).
#pragma once

#include "geo/coordinates.hpp"

#include <optional>
#include <string_view>

namespace hotspots::data {

// South-west corner of the 100 km square, e.g. "sk"; empty if there is no such square,
// or none with land.
std::optional<geo::BngPoint> grid_square(std::string_view letters);

} // namespace hotspots::data
