// The parameters of paths and queries as OpenAPI 3.0 describes them.
#pragma once

#include "service/role.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace hotspots::service {

// `name` is a part of the path `pattern`; its choices are those of the role.
nlohmann::ordered_json path_parameter(std::string_view pattern, const std::string& name, Role role);

// `f` with the formats that the path gives.
nlohmann::ordered_json format_parameter(std::string_view pattern);

// By name: bbox, limit, offset and the analysis parameters. For components/parameters.
nlohmann::ordered_json query_parameters();

} // namespace hotspots::service
