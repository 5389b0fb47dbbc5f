// Schemas of the answers that are no OGC resources: tests of hotspots, imports, review, tiles,
// styles. Beside service/handlers/api_answers.hpp, which has those that are.
#pragma once

#include "service/http/message.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace hotspots::service {

// The name of the schema of what an operation answers with; empty where none is described.
std::string_view answer_schema_name(Method method, std::string_view pattern);

// Adds them to components/schemas, which must have link and manifest.
void add_answer_schemas(nlohmann::ordered_json& schemas);

} // namespace hotspots::service
