// The status line and header of a response as bytes: what every response carries, besides what its
// handler set.
#pragma once

#include "service/http/message.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace hotspots::service {

// keep_old_client: HTTP/1.0 closes unless it is told that the server does not.
enum class Connection { keep, keep_old_client, close };

// Status line, Server, Content-Type, Content-Length (absent for 1xx and 204; for 304 and streams
// too, as their body is not there to measure), nosniff, Referrer-Policy,
// Cross-Origin-Resource-Policy, Content-Security-Policy, for text/html Cross-Origin-Opener-Policy
// and Permissions-Policy, no-store where the response says nothing of caches, and the response's
// own fields. Line ends in values become spaces. The same for every sending of the response;
// append_end() makes it whole.
std::string write_fields(const Response& response);
std::string write_fields(const Response& response, std::size_t body_bytes); // in place of its own

// Date (`date`: an IMF-fixdate), X-Request-Id unless `id` is empty, Strict-Transport-Security where
// it goes out over TLS, Connection, the empty line.
void append_end(std::string& out, std::string_view date, std::string_view id, Connection connection,
                bool secure = false);

// IMF-fixdate (RFC 9110, 5.6.7): Sun, 06 Nov 1994 08:49:37 GMT
std::string format_http_date(std::chrono::sys_seconds time);

} // namespace hotspots::service
