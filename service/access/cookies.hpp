// The cookie that holds a session's token (RFC 6265).
#pragma once

#include <string>
#include <string_view>

namespace hotspots::service {

// Under TLS a name that browsers only take with Secure, Path=/ and no Domain, so that no
// neighbouring site can set it.
std::string_view session_cookie_name(bool secure);

// The token of a Cookie field, a view into it; empty where there is none, or more than one: then
// somebody else has set one of them.
std::string_view session_token(std::string_view cookie_field, bool secure);

// Set-Cookie: no script reads it, no other site's page has it sent, and it goes with the browser.
std::string session_cookie(std::string_view token, bool secure);
std::string ended_session_cookie(bool secure);

} // namespace hotspots::service
