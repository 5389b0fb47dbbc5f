// What each route is for, as the OpenAPI document says it.
#pragma once

#include "service/http/message.hpp"

#include <string_view>
#include <vector>

namespace hotspots::service {

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view geojson_type = "application/geo+json";
inline constexpr std::string_view mvt_type = "application/vnd.mapbox-vector-tile";

struct Operation {
    Method method;
    std::string_view pattern;
    std::string_view summary;
    std::string_view media_type;         // of the answer
    std::vector<std::string_view> query; // parameter names besides the analysis parameters
    bool takes_analysis = false;
    std::vector<std::string_view> body_types = {}; // media types; empty where there is no body
    std::string_view success = "200";
};

// Of what is computed from records: densities, analyses, background work.
const std::vector<Operation>& analysis_operations();
// Of signing in, accounts and keys.
const std::vector<Operation>& account_operations();

// Throws std::logic_error for a route that is not described.
const Operation& operation_of(Method method, std::string_view pattern);

} // namespace hotspots::service
