// Names of places outside Leicester, Leicestershire and Rutland that records of the area mention:
// a text that names one of them is elsewhere, whatever streets of ours it also resembles.
#pragma once

#include <span>
#include <string_view>

namespace hotspots::data {

// Cities and larger towns of Great Britain, and places within about 30 km of the area's boundary.
// Names that are ordinary words (Reading, Sale, Deal) are left out.
std::span<const std::string_view> outside_places();

} // namespace hotspots::data
