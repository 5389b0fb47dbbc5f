// What goes into files for GIS tools beside their geometry or values: who made them of what, as
// name and text.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hotspots::data {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

} // namespace hotspots::data
