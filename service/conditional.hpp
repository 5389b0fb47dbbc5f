// Conditional requests (RFC 9110, 13): an answer that the client already has becomes a 304.
#pragma once

#include "service/http/message.hpp"

#include <string_view>

namespace hotspots::service {

// Whether an If-None-Match list names the tag. Weak comparison (RFC 9110, 8.8.3.2): W/ is ignored,
// so a compressed copy of the same representation counts.
bool etag_listed(std::string_view if_none_match, std::string_view etag);

// For a GET or HEAD answered 200 whose ETag the request lists: 304 without body, with the headers
// that caches need. Anything else is returned as it is.
Response not_modified_if_known(const Request& request, Response response);

} // namespace hotspots::service
