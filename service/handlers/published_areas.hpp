// Wards and authorities as those see them who may not see records: with the figures of the latest
// release, where there is one, and no others.
#pragma once

#include "data/release/release.hpp"
#include "service/handlers/collection.hpp"

#include <string_view>

namespace hotspots::service {

// Throws Problem unless the parameters choose what the release has of areas of the level: 403 for
// what only records could answer, 400 for a scope or period that it has not, naming those that it
// has. Precondition: `snapshot` is a published one, and the parameters were read with it.
void check_published(const AnalysisParameters& parameters, const data::Snapshot& snapshot,
                     data::AreaLevel level);

// The figure of an area; null where there is none, as there is no release or the area is newer.
// Precondition: as above.
const data::Figure* published_figure(const data::Snapshot& snapshot, std::string_view area_code,
                                     const AnalysisParameters& parameters);

} // namespace hotspots::service
