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

} // namespace hotspots::service
