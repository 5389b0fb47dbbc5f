// Whether a place has more incidents than in the period before, and how sure that is. No figures
// where the record does not cover both periods: a feed that began is no rise.
#pragma once

#include "data/period_before.hpp"
#include "geo/rates.hpp"
#include "service/analysis.hpp"
#include "service/hotspot_result.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hotspots::service {

// Incidents of the same parameters in both periods. One whose time is only known to lie in either
// is in neither count.
struct CountedChange {
    geo::RateChange rates;
    std::int64_t in_either = 0;
};

struct HotspotChange {
    std::optional<data::PeriodBefore> before;
    std::optional<CountedChange> here; // in the hotspot's outline
    std::optional<CountedChange> area; // in the whole study area, to see the one against
    std::string reason;                // why there are no figures; empty where there are
};

HotspotChange change_of(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                        const HotspotResult& result, const DrawnHotspot& hotspot);

} // namespace hotspots::service
