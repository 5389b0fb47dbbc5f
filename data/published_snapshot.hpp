// What those see who may not see records: areas and the figures of a release. There is nothing else
// in it, so that no length, count, extent, date or validator made of it can tell of what is live.
#pragma once

#include "data/snapshot.hpp"

#include <memory>

namespace hotspots::data {

// `release` may be null: then there are areas without figures. The revision's number and time are
// the release's, 0 and 1970 without one; scope and period are its own, too.
std::shared_ptr<const Snapshot> published_snapshot(const Snapshot& live,
                                                   std::shared_ptr<const Release> release);

} // namespace hotspots::data
