// Who may ask for what. Until accounts exist every request is an inspector's.
#pragma once

#include <string_view>

namespace hotspots::service {

// In rising order: each role may do all that the ones before it may.
enum class Role { anyone, panel, inspector, analyst, admin };

std::string_view to_text(Role role); // "public" for anyone

} // namespace hotspots::service
