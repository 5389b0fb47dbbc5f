// What the answers of /analysis share: where they come from, and which records were left out.
#pragma once

#include "service/analysis.hpp"
#include "service/http/message.hpp"
#include "service/manifest.hpp"

#include <nlohmann/json_fwd.hpp>

namespace hotspots::service {

struct AppContext;

// Members of every answer: timeStamp, demo, marking, attribution, manifest.
nlohmann::ordered_json provenance_json(const AppContext& context, const data::Snapshot& snapshot,
                                       const Manifest& manifest);

// in_scope, unmapped, outside, review, filter_unknown, hit_rate: as the collections say them.
nlohmann::ordered_json counts_json(const Selection& selection);

// Adds the members of `more` behind those of `document`.
void append_members(nlohmann::ordered_json& document, const nlohmann::ordered_json& more);

} // namespace hotspots::service
