// What a back-test of hotspots is made of: a period that they are found in, the one that follows,
// and the incidents of both.
#pragma once

#include "geo/evaluation.hpp"
#include "service/analysis.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotspots::service {

struct AppContext;

struct EvaluationParameters {
    AnalysisParameters analysis; // its period is the one that the hotspots are found in
    data::Period next;           // closed on both sides; begins where that ends, or later

    // The same for the next period.
    AnalysisParameters of_next() const;
    // Its own parameters, as a query.
    std::string own_query() const;
};

// Analysis parameters, `next` and `f`. Without `next`: the three months that follow `datetime`; and
// without that as well, the default period's last three months, its others being the first period.
// With `next` alone the first period is the 24 months before it. Throws Problem 400 for periods
// that do not follow each other, 409 where there is no record to take a default from.
EvaluationParameters read_evaluation(const std::vector<QueryParameter>& query,
                                     const data::Snapshot& snapshot);

// The incidents of the next period.
struct NextIncidents {
    Selection selection;
    std::int64_t too_uncertain = 0; // see DensityResult: left out of both periods
    std::int64_t in_both = 0;       // known so coarsely that they touch both: counted in the first
    std::vector<geo::BngPoint> points; // all others
};
NextIncidents next_incidents(const data::Snapshot& snapshot, const EvaluationParameters& parameters,
                             const Selection& first);

// Square cells that the hotspots are compared with: those of the collection of cells.
inline constexpr double compared_cell_m = default_cell_m;
inline constexpr int chance_simulations = 999;
inline constexpr std::uint64_t chance_seed = 1;

// Through the context's shared density of the first period.
geo::BackTest evaluate(const AppContext& context, const data::Snapshot& snapshot,
                       const EvaluationParameters& parameters, const NextIncidents& next);

} // namespace hotspots::service
