// OS Open Names, CSV as published: 34 columns without a header, British National Grid
// (Ordnance Survey, 'OS Open Names product guide and technical specification').
#pragma once

#include "data/reference/reference.hpp"

#include <string>
#include <vector>

namespace hotspots::data {

// Roads ("Named Road", "Section Of Named Road", "Numbered Road"), populated places and named sites
// ("Hospital", "Railway Station" …); other types are left out. `radius_m` is half of the larger
// side of the feature's box, where it is given. Postcodes are read by read_open_names_postcodes.
// Throws InputError naming the line that has not 34 columns or no grid coordinates.
std::vector<NamedPlace> read_open_names(const std::string& path);

// The rows of local type "Postcode". Throws as read_open_names.
std::vector<Postcode> read_open_names_postcodes(const std::string& path);

} // namespace hotspots::data
