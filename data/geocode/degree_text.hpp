// Latitude and longitude in degrees, minutes and seconds, or degrees and decimal minutes, with the
// letters of their hemispheres. Pure.
#pragma once

#include "data/geocode/coordinate_text.hpp"

namespace hotspots::data {

// From token `at` on: "52 38 05.1N 1 08 08.4W", "N52 38.085 W1 08.140" (signs of degrees, minutes
// and seconds are no words). Empty without minutes, without letters, or beyond 90 and 180 degrees.
std::optional<CoordinateReading> degrees_at(std::span<const Token> tokens, std::size_t at);

} // namespace hotspots::data
