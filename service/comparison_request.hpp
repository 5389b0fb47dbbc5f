// What a comparison is made of: the usual parameters for one selection, and what the other differs
// in: its period, source or group.
#pragma once

#include "service/analysis.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct ComparisonParameters {
    AnalysisParameters a;
    AnalysisParameters b; // the other's; alike but for period, source and group
    // Each selection as shares of its own total, so that only where its incidents are is compared.
    // Otherwise their numbers, the other's made as long as the first's period.
    bool shares = false;
    // Their ratio, the first over the other, instead of their difference; `shares` then holds too.
    bool ratio = false;
    std::vector<double> tolerance{0.01, 0.05}; // of a ratio: p of its contours, ascending
    int permutations = 499;
    std::int64_t seed = 1;

    // Its own parameters, as a query.
    std::string own_query() const;
    // The first period's length over the other's; 1 where they are the same.
    double length_ratio() const;
};

// Analysis parameters (but `edge`, which cancels, and `adaptive`: both sides have one bandwidth),
// `with_datetime`, `with_source`, `with_group`, of which one must be given, `as`, `permutations`,
// `seed` (of differences), `tolerance` (of ratios) and `f`.
// Sources are compared with one another and never in numbers; periods must not overlap, unless they
// are the same. Throws Problem.
ComparisonParameters read_comparison(const std::vector<QueryParameter>& query,
                                     const data::Snapshot& snapshot);

// Throws Problem 409 where numbers of different periods are compared that the record does not
// cover: a feed that began would be a rise. Shares are not affected.
void check_covered(const data::Snapshot& snapshot, const ComparisonParameters& parameters);

} // namespace hotspots::service
