// CQL2 JSON (OGC 21-065r2, requirements class "CQL2 JSON") read into an Expression.
#pragma once

#include "service/filter/expression.hpp"
#include "service/filter/json_value.hpp"

#include <string_view>

namespace hotspots::service::filter {

// Throws FilterError; any bytes, O(bytes).
Expression parse_json_filter(std::string_view filter);

// Private to the parser: a GeoJSON geometry, an object with a member `type`.
Geometry parse_json_geometry(const JsonValue& value);
BoundingBox parse_json_box(const JsonValue& numbers);

} // namespace hotspots::service::filter
