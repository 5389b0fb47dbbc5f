// Range requests (RFC 9110, 14): a part of a file, for maps that read an archive piece by piece and
// for downloads that go on where they broke off.
#pragma once

#include "service/http/message.hpp"

namespace hotspots::service {

// For a GET answered 200 whose handler offers ranges ("accept-ranges: bytes"): the part that a
// single range of Range asks for, as a 206; a 416 where it begins beyond the end. Without Range,
// with several ranges, or with an If-Range that names another state of the file, `response` stays
// whole.
void apply_range(const Request& request, Response& response);

} // namespace hotspots::service
