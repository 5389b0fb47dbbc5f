// The levels of isobands as parameters: densities, or shares of the study area's cells.
#pragma once

#include "service/analysis.hpp"
#include "service/parameters.hpp"

#include <string>

namespace hotspots::service {

inline constexpr std::size_t most_levels = 20;

// Reads `levels` and `quantiles`, of which one at most may be given: 1 to most_levels ascending
// numbers. Throws Problem.
void read_levels(AnalysisParameters& out, const Parameters& parameters);

// Appends them to a canonical query, as decimals that read back to the same numbers.
void append_levels(std::string& query, const AnalysisParameters& parameters);

} // namespace hotspots::service
