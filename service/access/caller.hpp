// Who sends a request: the one place where an identity becomes a role.
#pragma once

#include "service/access/identities.hpp"
#include "service/http/message.hpp"
#include "service/http/sent_credentials.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service {

// The key of "Authorization: Bearer KEY" (RFC 6750), or the password of "Basic" (RFC 7617), which
// GIS programs speak; the user name does not matter. Empty without the field. Throws Problem 401,
// which quotes nothing of it, if it is neither.
std::optional<std::string> key_of(const Request& request);

// By key, or else by session; with neither, nobody in particular: Role::anyone, wherever it comes
// from. Null for a key that is malformed, unknown or expired: a client that means to be somebody
// must not become somebody else. A session that is over is nobody's: a browser must still reach the
// page to sign in at. Allocates nothing for Bearer, takes two short locks.
std::shared_ptr<const Caller> caller_of(const SentCredentials& sent, Identities& identities);

// The same of a whole request. Throws Problem 401 in place of null.
Caller caller_of(const Request& request, Identities& identities);

} // namespace hotspots::service
