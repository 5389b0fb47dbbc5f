// Hotspots as files for other programs: a GeoPackage for GIS tools, a CSV for spreadsheets.
#pragma once

#include "service/analysis.hpp"

#include <memory>
#include <string>

namespace hotspots::service {

struct AppContext;

// The layer `hotspots` in EPSG:27700 with the properties of the collection and where its peak is
// (easting, northing), and the table `manifest`: its JSON, the marking, what was left out.
std::string hotspots_geopackage(const AppContext& context,
                                const std::shared_ptr<const data::Snapshot>& snapshot,
                                const AnalysisParameters& parameters);

// A line a hotspot: the same columns without the outline, then the marking and whether the
// incidents are made up, so that a line that is copied elsewhere still says so. Text that a
// spreadsheet would take for a formula begins with an apostrophe.
struct HotspotCsv {
    std::string csv;
    std::string manifest; // JSON: the manifest, the marking, what was left out
};
HotspotCsv hotspots_csv(const AppContext& context,
                        const std::shared_ptr<const data::Snapshot>& snapshot,
                        const AnalysisParameters& parameters);

} // namespace hotspots::service
