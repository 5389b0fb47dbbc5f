// Who asks, and what a role may do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service {

// In rising order: each role may do all that the ones before it may.
enum class Role { anyone, panel, inspector, analyst, admin };

std::string_view to_text(Role role);                       // "public" for anyone
std::optional<Role> role_from_text(std::string_view text); // empty if it is none

// Whom a request comes from: set once its header is read, before its body and any handler.
struct Caller {
    Role role = Role::anyone;
    std::string name;    // of the account or key, for the audit; empty where nobody is known
    std::string purpose; // for the audit: why, as said at sign-in or with the key; may be empty
    // Known by a cookie, which browsers send along with whatever any page has them send.
    bool by_cookie = false;
};

} // namespace hotspots::service
