// The status line and header of a response as bytes: what every response carries, besides what its
// handler set.
#pragma once

#include "service/http/message.hpp"

#include <chrono>
#include <string>

namespace hotspots::service {

// keep_old_client: HTTP/1.0 closes unless it is told that the server does not.
enum class Connection { keep, keep_old_client, close };

// Sets Date, Server, Content-Type, Content-Length (absent for 1xx and 204; for 304 and streams too,
// as their body is not there to measure), nosniff, Referrer-Policy, for text/html a
// Content-Security-Policy, and Connection. Line ends in values become spaces.
std::string write_head(const Response& response, Connection connection,
                       std::chrono::sys_seconds now);

// IMF-fixdate (RFC 9110, 5.6.7): Sun, 06 Nov 1994 08:49:37 GMT
std::string format_http_date(std::chrono::sys_seconds time);

} // namespace hotspots::service
