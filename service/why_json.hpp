// The card of a hotspot as JSON. Figures that the records do not carry are null, with the reason
// beside them.
#pragma once

#include "service/why_card.hpp"

#include <nlohmann/json_fwd.hpp>

namespace hotspots::service {

// The card's own members: all but id, links and provenance.
nlohmann::ordered_json to_json(const WhyCard& card, const AnalysisParameters& parameters);

// Count, known, unknown, share of the known with its exact interval of 95 %.
nlohmann::ordered_json to_json(const KnownShare& share);

// The first streets with their counts, and how they were found.
nlohmann::ordered_json top_streets_json(const data::NamedStreets& streets,
                                        const data::StreetCounts& counts, std::size_t most);

} // namespace hotspots::service
