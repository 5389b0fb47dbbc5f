// The named streets of a snapshot's gazetteer, made once a revision of the reference data and
// shared, and how incidents concentrate on them.
#pragma once

#include "data/geocode/named_streets.hpp"
#include "data/street_counts.hpp"
#include "geo/concentration.hpp"
#include "service/analysis.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct AppContext;

// Null where the snapshot has no gazetteer, or one without named streets.
std::shared_ptr<const data::NamedStreets> shared_streets(const AppContext& context,
                                                         const data::Snapshot& snapshot);

// How a record comes to be on a street, in words.
std::string street_rule();

inline constexpr std::array<double, 3> capture_shares{0.25, 0.5, 0.8};

struct StreetCapture {
    double share = 0;     // of the incidents on named streets, held by
    geo::Holding holding; // so few of them
    double by_chance = 0; // and so many, were they scattered evenly over all named streets
};

struct StreetResult {
    std::shared_ptr<const data::NamedStreets> streets;
    Selection selection;
    data::StreetCounts counts;
    std::vector<StreetCapture> capture; // one a share; empty where no incident is on a street
};

// Throws Problem 409 where no named streets are loaded.
StreetResult find_streets(const AppContext& context, const data::Snapshot& snapshot,
                          const AnalysisParameters& parameters);

} // namespace hotspots::service
