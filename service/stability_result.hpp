// How stable the hotspots of one revision and one set of parameters are: shared density -> hotspots
// -> geo/stability. Takes seconds: computed in the background, then kept.
#pragma once

#include "geo/stability.hpp"
#include "service/analysis.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct AppContext;

struct StabilityParameters {
    AnalysisParameters analysis;
    int runs = 99; // of jitter, and as many of bootstrap
    std::int64_t seed = 1;

    // Its own parameters, as a query.
    std::string own_query() const;
};

// Analysis parameters, `runs`, `seed` and `f`. Throws Problem.
StabilityParameters read_stability(const std::vector<QueryParameter>& query,
                                   const data::Snapshot& snapshot);

struct StabilityResult {
    std::vector<geo::HotspotSurvival> survival; // of each hotspot of HotspotResult, by rank
    std::optional<double> median_uncertainty_m; // of the density's points; empty where there are
                                                // none
};

// Through the context's shared results. `progress` is told, from any thread, what share is done;
// what it throws ends the work. Throws Problem as shared_density does.
std::shared_ptr<const StabilityResult>
shared_stability(const AppContext& context, const data::Snapshot& snapshot,
                 const StabilityParameters& parameters,
                 const std::function<void(double share)>& progress);

// The same if it is there: computed before for this revision, and still kept; else null.
std::shared_ptr<const StabilityResult> known_stability(const AppContext& context,
                                                       const data::Snapshot& snapshot,
                                                       const StabilityParameters& parameters);

} // namespace hotspots::service
