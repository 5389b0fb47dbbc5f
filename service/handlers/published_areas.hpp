// Wards and authorities as those see them who may not see records: with the figures of the latest
// release, where there is one, and no others.
#pragma once

#include "service/handlers/collection.hpp"
#include "service/ward_words.hpp"

#include <string_view>

namespace hotspots::service {

// Whether the query chooses what has been released. Precondition: `snapshot` is a published one,
// the parameters were read with it. Throws Problem: 403 for what only records could answer, 400 for
// a scope or period that no table of the release has, naming those that it has.
void check_published(const AnalysisParameters& parameters, const data::Snapshot& snapshot,
                     bool with_quarters);

// The figure of an area; hidden where the release hides it or has none. Precondition: as above.
PublishedCount published_count(const data::Snapshot& snapshot, std::string_view area_code,
                               const AnalysisParameters& parameters);

} // namespace hotspots::service
