// Who sends a request: the one place where an identity becomes a role.
#pragma once

#include "service/access/api_keys.hpp"
#include "service/http/message.hpp"

#include <optional>
#include <string>

namespace hotspots::service {

// The key of "Authorization: Bearer KEY" (RFC 6750), or the password of "Basic" (RFC 7617), which
// GIS programs speak; the user name does not matter. Empty without the field. Throws Problem 401,
// which quotes nothing of it, if it is neither.
std::optional<std::string> key_of(const Request& request);

// By key; without one, until there are accounts, whoever reaches the loopback address, the only one
// that is listened on, is the machine's own analyst. Throws Problem 401 for a key that is not
// known: a client that means to be somebody must not become somebody else.
Caller caller_of(const Request& request, const ApiKeys& keys);

} // namespace hotspots::service
