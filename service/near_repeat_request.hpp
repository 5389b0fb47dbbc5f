// What a near-repeat test is made of: parameters -> incidents whose day and place are known well
// enough -> geo/near_repeat.
#pragma once

#include "geo/near_repeat.hpp"
#include "service/analysis.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotspots::service {

struct NearRepeatParameters {
    AnalysisParameters filters;
    geo::NearRepeatBands bands{{0, 100, 200, 400}, {7, 14, 28}};
    int permutations = 999;
    std::int64_t seed = 1;

    // Its own parameters, as a query.
    std::string own_query() const;
};

// Filters, `bands_m`, `bands_days`, `permutations`, `seed` and `f`. Throws Problem.
NearRepeatParameters read_near_repeat(const std::vector<QueryParameter>& query,
                                      const data::Snapshot& snapshot);

struct NearRepeatEvents {
    Selection selection;
    std::vector<geo::BngPoint> points;
    std::vector<std::int32_t> day;     // London days since 1970
    std::int64_t time_too_coarse = 0;  // mapped, but known to a month or a window of days: left out
    std::int64_t place_too_coarse = 0; // known to no better than the widest band: left out
    // Of those taken: known to no better than the narrowest band that is wider than a point.
    std::int64_t less_certain_than_first_band = 0;
    std::int64_t on_default_points = 0; // of those taken; see HotspotResult
};

// Throws Problem 409 where incidents are selected, but of none is the day known; 400 where more
// pairs are close than geo::most_close_pairs.
NearRepeatEvents near_repeat_events(const data::Snapshot& snapshot,
                                    const NearRepeatParameters& parameters);

// What the bands hold, in words: "0 m (same place)", "above 100 m, up to 200 m", "8 to 14 days".
std::vector<std::string> distance_labels(const std::vector<double>& upper_ends_m);
std::vector<std::string> day_labels(const std::vector<int>& upper_ends);

} // namespace hotspots::service
