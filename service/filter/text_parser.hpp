// CQL2 text (OGC 21-065r2, requirements class "CQL2 Text") read into an Expression.
#pragma once

#include "service/filter/expression.hpp"
#include "service/filter/tokens.hpp"

#include <string_view>

namespace hotspots::service::filter {

// More than the grammar is taken where its meaning is plain: keywords of functions as property
// names, MULTIPOINT without inner parentheses, a Z or none whatever the positions hold. Throws
// FilterError; any bytes, O(bytes).
Expression parse_text(std::string_view filter);

// Private to the parser: a WKT geometry or BBOX, at its keyword.
bool at_geometry(const TokenStream& tokens);
Expression parse_geometry(TokenStream& tokens);

// Private to the parser: DATE, TIMESTAMP or INTERVAL, at its keyword.
bool at_time(const TokenStream& tokens);
Expression parse_time(TokenStream& tokens);

} // namespace hotspots::service::filter
