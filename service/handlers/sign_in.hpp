// Signing in and out: POST, GET and DELETE /session for programs, the page /sign-in with its form,
// which needs no script, and /sign-out for a page's button.
#pragma once

#include "service/http/message.hpp"
#include "service/router.hpp"

#include <cstdint>

namespace hotspots::service {

inline constexpr std::uint64_t sign_in_body_bytes = 16 << 10;

// {"name", "password", "purpose"} as JSON -> 200 with who that is, and the cookie; the same as a
// form -> 303 to `next`, or the page again with what is wrong. 401 for a wrong name or password,
// 429 and 503 with Retry-After. Answers later: a password takes a while.
Response post_session(const AppContext& context, const Request& request, const PathParts& parts);
// Who asks: name, role, purpose and, of a session, how long it lasts.
Response get_session(const AppContext& context, const Request& request, const PathParts& parts);
// Ends the session, if there is one; with everywhere=true all of the account.
Response delete_session(const AppContext& context, const Request& request, const PathParts& parts);

Response get_sign_in_page(const AppContext& context, const Request& request,
                          const PathParts& parts);
// Ends the session, if there is one, and leads to /sign-in.
Response post_sign_out(const AppContext& context, const Request& request, const PathParts& parts);

} // namespace hotspots::service
