// The one table of routes: method, path, the role it needs, who answers. A route cannot be declared
// without a role.
#pragma once

#include "service/http/message.hpp"
#include "service/role.hpp"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

struct AppContext; // what handlers work on: service/app.hpp

// The parts of a path that a pattern names: {"c": "wards"}.
using PathParts = std::map<std::string, std::string, std::less<>>;

struct Route {
    Method method;
    std::string_view pattern; // "/collections/{c}/items"; "{rest...}" at the end takes several segments
    Role role;
    bool quick; // answered on the I/O thread: no computing, no file access
    Response (*handle)(const AppContext&, const Request&, const PathParts&);
};

std::span<const Route> routes();

// Finds the route, checks the role, answers; any error becomes a problem. HEAD and OPTIONS are
// answered for every GET route. Never throws.
Response dispatch(const AppContext& context, const Request& request, Role role);
bool is_quick(const Request& request);

} // namespace hotspots::service
