// From the store to a release in the store: what the command line, the demo and POST /releases do.
#pragma once

#include "data/incident_store.hpp"
#include "data/release/create_release.hpp"

#include <functional>
#include <memory>
#include <string>

namespace hotspots::data {

using OpenStore = std::function<std::unique_ptr<IncidentStore>()>;

// Makes the next release of a profile (empty: the snapshot's default scope) and keeps it. The store
// is open to read while the work goes on, so that imports are not held up, and to write only to
// keep it: it is there as a whole or not at all. `progress` may throw to end the work; nothing is
// kept then. Throws as create_release() does; StoreError, also if another release was made
// meanwhile.
Release make_release(const Snapshot& snapshot, const OpenStore& open_to_read,
                     const OpenStore& open_to_write, const std::string& profile,
                     const std::string& version, const ReleaseProgress& progress = {});

// The same with a store that the caller has open to write.
Release make_release(IncidentStore& store, const std::string& version,
                     const ReleaseProgress& progress = {});

} // namespace hotspots::data
