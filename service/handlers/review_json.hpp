// Review items and decisions as JSON.
#pragma once

#include "data/review.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace hotspots::service {

// id, incident_id, source, occurred_from, location_text, reason, where it is now (status, level,
// longitude, latitude, easting, northing, uncertainty_m, score, matched_text, rule, ward_code) and
// the candidates, each with its index for PUT.
nlohmann::ordered_json review_json(const data::Incident& incident, const data::Gazetteer& gazetteer,
                                   std::optional<data::ReviewReason> reason);

// Oldest first: what was decided when and by whom, and the answer until then.
nlohmann::ordered_json history_json(const std::vector<data::HandDecision>& decisions);

// The body of a PUT: exactly one of `point` (longitude and latitude, or easting and northing),
// `candidate` (an index), `cannot_be_placed` or `automatic` (both true); and, where wanted,
// `uncertainty_m`, `label`, `alias` and `note`. With a candidate, `label` is the one it was shown
// with. Throws Problem 400 naming the member, 409 where the candidate has another label by now.
// `candidates`: those that review_json() shows.
data::ReviewRequest read_decision(std::string_view body,
                                  const std::vector<data::Candidate>& candidates);

} // namespace hotspots::service
