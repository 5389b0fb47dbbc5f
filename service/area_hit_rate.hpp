// How many of the records that belong to a place were placed at all. A missed record has no place,
// so it is asked which authority its text names, and the same is asked of those placed.
#pragma once

#include "data/quality/association.hpp"
#include "service/analysis.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace hotspots::service {

struct AppContext;

// Of fewer records that name an authority no rate is told.
inline constexpr std::int64_t least_naming = 20;

// The chosen records, placed and missed, by the authority that their text names: its code, or its
// name where wards have no codes. Those that name none or several are not among them.
struct PlacedByAuthority {
    std::map<std::string, data::PlacedMissed> counts;
};

struct AreaHitRate {
    std::optional<double> rate;
    std::int64_t placed = 0;
    std::int64_t missed = 0;
    std::string of; // which records, in words
};

// Of the records that name the authority in which most of `incidents` (indexes into the snapshot)
// lie; where fewer than least_naming do, of the whole selection. Reads each text of the selection
// once, some 10 us each, for all hotspots of a revision and its filters.
AreaHitRate hit_rate_around(const AppContext& context, const data::Snapshot& snapshot,
                            const AnalysisParameters& parameters, const Selection& selection,
                            const std::vector<std::uint32_t>& incidents);

} // namespace hotspots::service
