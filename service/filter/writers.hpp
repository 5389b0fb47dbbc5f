// Expressions as CQL2 text and CQL2 JSON: one spelling for each, which reads back to the same.
#pragma once

#include "service/filter/expression.hpp"

#include <string>

namespace hotspots::service::filter {

// Keywords in capitals, geometries as WKT demands (with Z where all positions have heights),
// numbers as the shortest text of the same double.
std::string write_text(const Expression& filter);
std::string write_json(const Expression& filter);

// Private to the writers: that shortest text.
std::string number_text(double number);

} // namespace hotspots::service::filter
