// Who asks, and what a role may do.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::service {

// In rising order: each role may do all that the ones before it may.
enum class Role { anyone, panel, inspector, analyst, admin };

std::string_view to_text(Role role); // "public" for anyone

// Whom a request comes from: set once its header is read, before its body and any handler.
struct Caller {
    Role role = Role::anyone;
    std::string name; // for the audit, e.g. "local"; empty where nobody is known
};

} // namespace hotspots::service
