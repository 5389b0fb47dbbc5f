// The density as a GeoTIFF: what /density.tif answers and `hotspots --out FILE.tif` writes.
#pragma once

#include "service/analysis.hpp"

#include <string>

namespace hotspots::service {

struct AppContext;

// Incidents per km2 over the period, exact, within the study area; with manifest, marking and what
// was left out as metadata. Throws Problem as shared_density does.
std::string density_tif(const AppContext& context, const data::Snapshot& snapshot,
                        const AnalysisParameters& parameters);

} // namespace hotspots::service
