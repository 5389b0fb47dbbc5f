// The one table of routes: method, path, the role it needs, who answers. A route cannot be declared
// without a role.
#pragma once

#include "service/http/body.hpp"
#include "service/http/message.hpp"
#include "service/policy.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

struct AppContext; // what handlers work on: service/app.hpp

// The parts of a path that a pattern names: {"c": "wards"}.
using PathParts = std::map<std::string, std::string, std::less<>>;

// What a path that fits the pattern begins with: all of a pattern without parts.
constexpr std::string_view literal_beginning(std::string_view pattern) {
    const auto open = pattern.find('{');
    return open == pattern.npos ? pattern : pattern.substr(0, pattern.rfind('/', open));
}

struct Route {
    Method method;
    // "/collections/{c}/items". A segment may have one part with text around it ("{y}.mvt");
    // "{rest...}" at the end takes any number of segments, none included. A part is never empty.
    std::string_view pattern;
    Policy policy;
    bool quick; // answered on the I/O thread: no computing, no file access
    Response (*handle)(const AppContext&, const Request&, const PathParts&);
    Body body = Body::none();
    // Of a route that is not quick: its answer where that costs next to nothing and waits for
    // nobody, for the I/O thread; else empty, and `handle` is called on the compute pool.
    std::optional<Response> (*at_once)(const AppContext&, const Request&,
                                       const PathParts&) = nullptr;
    std::string_view literal = literal_beginning(pattern);
};

std::span<const Route> routes();

// The least role that may call the route with these parts of its path.
Role required_role(const Route& route, const PathParts& parts);

// The parts if the path fits the pattern, else empty.
std::optional<PathParts> match(std::string_view pattern, std::string_view path);

// The routes of the most specific pattern that fits the path (a literal segment before one with
// text around a part, before a bare part, before "{rest...}"), and that pattern's parts. No routes
// if nothing fits.
struct Found {
    std::vector<const Route*> routes; // one a method
    PathParts parts;
    // The route that answers `method`: GET's also answers HEAD. Null if there is none.
    const Route* for_method(Method method) const;
};
Found find(std::span<const Route> table, std::string_view path);

// Finds the route, checks that it may be called (as admit() does), calls it; any error becomes a
// problem (404, 405 with Allow, 401, 403, 500 without internals), and If-None-Match a 304. HEAD is
// answered as GET (the server leaves the body out), OPTIONS with Allow. Where it stopped because
// its client has left, the answer has the status client_gone and nothing else. Never throws.
Response answer(std::span<const Route> table, const Request& request,
                const std::function<Response(const Route&, const PathParts&)>& call);

// answer() with routes() and `context`.
Response dispatch(const AppContext& context, const Request& request);

// The same by Route::at_once: empty where there is none, where it gives none, and for any error,
// which dispatch() then tells of.
std::optional<Response> dispatch_at_once(const AppContext& context, const Request& request);

// Before the body is read: finds the route, checks the role of the request's caller, and that a
// request that may change something does not come from another site's page; says what the route
// does with the body. Never throws but for want of memory.
Admission admit(std::span<const Route> table, const Request& request);
Admission admit(const Request& request); // with routes()

// The pattern that fits the request's path, whatever its method; empty where none does.
std::string_view pattern_of(const Request& request);

// False where the answer may take long: it then belongs on the compute pool.
bool is_quick(const Request& request);

} // namespace hotspots::service
