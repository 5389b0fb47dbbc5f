// From an expression to what is evaluated. Private to the sources that implement
// service/filter/filter.hpp.
#pragma once

#include "service/filter/filter.hpp"
#include "service/filter/node.hpp"

namespace hotspots::service::filter {

// Throws FilterError. The expression is only read.
Node bind(const Expression& expression, const Schema& schema, const Meaning& meaning);

// The literal as a value; text may stand for a time, see `time_from_text`. An open end has none.
Node bind_literal(const Expression& expression, const Meaning& meaning);

// The month, day or UTC time that a text stands for: 2025-07, 2025-07-01, 2025-07-01T22:15:00Z.
// Empty if it is none.
std::optional<Instant> time_from_text(std::string_view text, const Meaning& meaning);

} // namespace hotspots::service::filter
