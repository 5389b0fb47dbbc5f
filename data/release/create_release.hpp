// Makes a release: counts, rounds and hides, attacks what would be published together with all that
// was, mends, and writes the document.
#pragma once

#include "data/release/attack.hpp"
#include "data/release/counts.hpp"
#include "data/release/release.hpp"
#include "data/snapshot.hpp"

#include <string>
#include <vector>

namespace hotspots::data {

// A release with the counts that it was made of, which are never published.
struct CountedRelease {
    Release release;
    ReleaseCounts counts;
};

// The next release of a profile, made of nothing but the arguments: the same ones give the same
// document. `earlier` holds all releases there ever were, in the order of their numbers, withdrawn
// ones too. A cell of one that is still published is repeated as it is. Release::created is left to
// the store. Throws DataError: an unknown profile, too short a time; UnsafeRelease.
CountedRelease create_release(const Snapshot& snapshot, const std::string& profile,
                              const std::vector<CountedRelease>& earlier,
                              const std::string& version, const ReleaseProgress& progress = {});

// The years' ends that a release holds at most.
inline constexpr int most_release_years = 5;

} // namespace hotspots::data
