// GET and POST /geocode: location texts -> where they are, by the code that imports use.
#pragma once

#include "service/http/message.hpp"
#include "service/router.hpp"

#include <cstddef>
#include <cstdint>

namespace hotspots::service {

inline constexpr std::size_t most_geocode_texts = 10'000;
inline constexpr std::uint64_t geocode_body_limit_bytes = 4u << 20;

// One text, `q`: an object with query, status, level, point in degrees and in metres of the British
// National Grid, uncertainty_m, score, matched_text, rule, ward and candidates; unknown is null.
Response get_geocode(const AppContext& context, const Request& request, const PathParts& parts);

// A JSON list of 1 to most_geocode_texts texts, answered by a list of such objects; or an object
// with the list as `texts`, answered by one with `answers`.
Response post_geocode(const AppContext& context, const Request& request, const PathParts& parts);

} // namespace hotspots::service
