// What a density is made with, as parameters: bandwidth, cell, kernel, edge correction, adaptive
// bandwidths, and the share of area that hotspots are made of.
#pragma once

#include "service/analysis.hpp"
#include "service/parameters.hpp"

#include <string>

namespace hotspots::service {

// Throws Problem for a value that cannot be.
void read_density(AnalysisParameters& out, const Parameters& parameters);

// The kernel that the parameter `kernel` names; the quartic without it. Throws Problem.
geo::Kernel read_kernel(const Parameters& parameters);

std::string_view kernel_name(geo::Kernel kernel);

// Appends them, and the cells' shape, to a canonical query, where they differ from the default.
void append_density(std::string& query, const AnalysisParameters& parameters);

} // namespace hotspots::service
