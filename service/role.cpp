#include "service/role.hpp"

namespace hotspots::service {

std::string_view to_text(Role role) {
    switch (role) {
    case Role::anyone:
        return "public";
    case Role::panel:
        return "panel";
    case Role::inspector:
        return "inspector";
    case Role::analyst:
        return "analyst";
    case Role::admin:
        break;
    }
    return "admin";
}

std::optional<Role> role_from_text(std::string_view text) {
    for (const auto role :
         {Role::anyone, Role::panel, Role::inspector, Role::analyst, Role::admin}) {
        if (to_text(role) == text) {
            return role;
        }
    }
    return std::nullopt;
}

} // namespace hotspots::service
