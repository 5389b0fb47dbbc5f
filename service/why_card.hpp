// 'Why here': all that the records say of one hotspot, unknowns counted beside what is known.
#pragma once

#include "data/hour_table.hpp"
#include "service/area_hit_rate.hpp"
#include "service/hotspot_change.hpp"
#include "service/hotspot_result.hpp"
#include "service/source_agreement.hpp"
#include "service/street_result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hotspots::service {

struct AppContext;

// How many of a hotspot's incidents are of a kind, among those of which that is known.
struct KnownShare {
    std::int64_t incidents = 0;
    std::int64_t known = 0;
    std::int64_t unknown = 0;
};

struct WhyCard {
    std::shared_ptr<const HotspotResult> result;
    std::size_t index = 0; // of the hotspot in the result: its rank - 1
    data::HourTable times;
    std::array<std::int64_t, 4> groups{};  // by OffenceGroup; the last: of no known group
    std::array<std::int64_t, 6> weapons{}; // by Weapon
    KnownShare knife;
    KnownShare under_25;
    SourceAgreement agreement;
    std::shared_ptr<const data::NamedStreets> streets; // null where none are loaded
    data::StreetCounts on_streets;
    double median_uncertainty_m = 0;
    std::int64_t on_default_points = 0;
    AreaHitRate hit_rate;
    HotspotChange change;

    const DrawnHotspot& hotspot() const { return result->hotspots[index]; }
};

// `result` is that of the parameters; `index` lies within its hotspots.
WhyCard make_why_card(const AppContext& context, const data::Snapshot& snapshot,
                      const AnalysisParameters& parameters,
                      std::shared_ptr<const HotspotResult> result, std::size_t index);

} // namespace hotspots::service
