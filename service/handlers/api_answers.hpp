// What the answers of the OGC resources hold, as OpenAPI 3.0 describes it: media types, headers,
// schemas.
#pragma once

#include "service/handlers/api_operations.hpp"

#include <nlohmann/json_fwd.hpp>

namespace hotspots::service {

// The `content` of an operation's success: each media type with the schema of what it holds, as far
// as it is described.
nlohmann::ordered_json answer_content(const Operation& operation);

// Headers that a success carries beside the usual ones; an empty object for most.
nlohmann::ordered_json answer_headers(const Operation& operation);

// Whether Accept may be answered 406, and a revision 410.
bool negotiates_format(const Operation& operation);
bool takes_revision(const Operation& operation);

// By name, for components/schemas.
nlohmann::ordered_json answer_schemas();

} // namespace hotspots::service
