#include "service/router.hpp"

#include "geo/stop.hpp"
#include "service/app.hpp"
#include "service/audit/request_note.hpp"
#include "service/conditional.hpp"
#include "service/handlers/collection.hpp"
#include "service/problem.hpp"
#include "service/same_origin.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>

namespace hotspots::service {

namespace {

// Cuts the first segment off: "/a/b" -> "a", leaving "/b".
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

bool is_rest(std::string_view segment) {
    return segment.ends_with("...}");
}

// One segment: literal, or PREFIX{name}SUFFIX.
bool match_segment(std::string_view pattern, std::string_view segment, PathParts& parts) {
    const auto open = pattern.find('{');
    if (open == pattern.npos) {
        return pattern == segment;
    }
    const auto close = pattern.find('}', open);
    const auto prefix = pattern.substr(0, open);
    const auto suffix = pattern.substr(close + 1);
    if (segment.size() <= prefix.size() + suffix.size() || !segment.starts_with(prefix) ||
        !segment.ends_with(suffix)) {
        return false;
    }
    const auto part = segment.substr(prefix.size(), segment.size() - prefix.size() - suffix.size());
    parts.emplace(pattern.substr(open + 1, close - open - 1), part);
    return true;
}

// Patterns compare as their segments do: literal, text around a part, bare part, rest.
std::string specificity(std::string_view pattern) {
    std::string ranks;
    while (!pattern.empty()) {
        const auto segment = take_segment(pattern);
        const bool has_part = segment.find('{') != segment.npos;
        const bool bare = segment.starts_with('{') && segment.ends_with('}');
        ranks.push_back(is_rest(segment) ? 'd' : bare ? 'c' : has_part ? 'b' : 'a');
    }
    return ranks;
}

std::string allowed_methods(const Found& found) {
    std::string allow = "OPTIONS";
    for (const Route* route : found.routes) {
        allow.append(", ").append(to_text(route->method));
        if (route->method == Method::get) {
            allow.append(", HEAD");
        }
    }
    return allow;
}

Response options_answer(const Found& found) {
    Response response;
    response.status = 204;
    response.headers.push_back({"allow", allowed_methods(found)});
    return response;
}

Problem method_not_allowed(const Request& request, const Found& found) {
    const auto allow = allowed_methods(found);
    Problem problem(405, "Method not allowed",
                    std::string(to_text(request.method)) + " is not offered here; use one of " +
                        allow);
    problem.headers.push_back({"allow", allow});
    return problem;
}

void check_role(Role least, const Caller& caller) {
    if (caller.role >= least) {
        return;
    }
    const std::string needed(to_text(least));
    if (caller.name.empty()) {
        throw sign_in_needed("this needs the role " + needed + "; sign in first");
    }
    throw Problem(403, "Not allowed",
                  "this needs the role " + needed + "; yours is " +
                      std::string(to_text(caller.role)));
}

// Asked with Basic, a browser would ask for a name and password by itself: no way to sign in here.
Response refused(const Request& request, Problem problem) {
    if (request.header("sec-fetch-mode")) {
        std::erase_if(problem.headers, [](const Header& header) {
            return header.name == "www-authenticate" && header.value.starts_with("Basic");
        });
    }
    return to_response(problem);
}

struct Choice {
    Found found;
    const Route* route = nullptr; // null: OPTIONS, which needs none
};

Choice choose(std::span<const Route> table, const Request& request) {
    Choice choice{find(table, request.path), nullptr};
    if (request.method == Method::options && request.path == "*") {
        return choice; // the service as a whole
    }
    if (choice.found.routes.empty()) {
        throw not_found("there is nothing at " + request.path);
    }
    if (request.method == Method::options) {
        return choice;
    }
    choice.route = choice.found.for_method(request.method);
    if (!choice.route) {
        throw method_not_allowed(request, choice.found);
    }
    check_same_origin(request);
    check_role(required_role(*choice.route, choice.found.parts), request.caller);
    return choice;
}

Response checked_answer(std::span<const Route> table, const Request& request,
                        const std::function<Response(const Route&, const PathParts&)>& call) {
    const auto choice = choose(table, request);
    if (!choice.route) {
        return options_answer(choice.found);
    }
    return not_modified_if_known(request, call(*choice.route, choice.found.parts));
}

} // namespace

Role required_role(const Route& route, const PathParts& parts) {
    if (!route.policy.is_of_collection()) {
        return route.policy.role();
    }
    const auto named = parts.find("c");
    const auto* collection = named == parts.end() ? nullptr : collection_or_null(named->second);
    // Of a collection that there is not, the handler says so.
    return collection ? collection->role : route.policy.role();
}

std::optional<PathParts> match(std::string_view pattern, std::string_view path) {
    PathParts parts;
    while (!pattern.empty()) {
        const auto wanted = take_segment(pattern);
        if (is_rest(wanted)) {
            parts.emplace(wanted.substr(1, wanted.size() - 5),
                          path.substr(std::min<std::size_t>(1, path.size())));
            return parts;
        }
        if (path.empty() || !match_segment(wanted, take_segment(path), parts)) {
            return std::nullopt;
        }
    }
    return path.empty() ? std::optional(parts) : std::nullopt;
}

const Route* Found::for_method(Method method) const {
    const auto wanted = method == Method::head ? Method::get : method;
    const auto route = std::find_if(routes.begin(), routes.end(),
                                    [&](const Route* r) { return r->method == wanted; });
    return route == routes.end() ? nullptr : *route;
}

Found find(std::span<const Route> table, std::string_view path) {
    Found found;
    for (const Route& route : table) {
        if (!path.starts_with(route.literal)) {
            continue;
        }
        if (!found.routes.empty() && route.pattern == found.routes.front()->pattern) {
            found.routes.push_back(&route);
            continue;
        }
        auto parts = match(route.pattern, path);
        if (parts && (found.routes.empty() ||
                      specificity(route.pattern) < specificity(found.routes.front()->pattern))) {
            found = Found{{&route}, std::move(*parts)};
        }
    }
    return found;
}

Response answer(std::span<const Route> table, const Request& request,
                const std::function<Response(const Route&, const PathParts&)>& call) {
    try {
        return checked_answer(table, request, call);
    } catch (const Problem& problem) {
        return refused(request, problem);
    } catch (const geo::Stopped&) {
        Response unsent;
        unsent.status = client_gone;
        return unsent;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: %s %s failed: %s\n",
                     std::string(to_text(request.method)).c_str(), request.path.c_str(),
                     error.what());
    }
    return to_response(Problem(500, "Internal error",
                               "the service could not answer this request; its log says why"));
}

Response dispatch(const AppContext& context, const Request& request) {
    const geo::StopScope scope(request.stop);
    RequestNote note(context.audit.get(), request);
    return note.end(answer(routes(), request, [&](const Route& route, const PathParts& parts) {
        note.begin(route, parts);
        return route.handle(context, request, parts);
    }));
}

std::optional<Response> dispatch_at_once(const AppContext& context, const Request& request) {
    RequestNote note(context.audit.get(), request);
    bool given = false;
    auto response = answer(routes(), request, [&](const Route& route, const PathParts& parts) {
        auto ready = route.at_once ? route.at_once(context, request, parts) : std::nullopt;
        if (ready) {
            note.begin(route, parts);
        }
        given = ready.has_value();
        return std::move(ready).value_or(Response());
    });
    return given ? std::optional(note.end(std::move(response))) : std::nullopt;
}

Admission admit(std::span<const Route> table, const Request& request) {
    try {
        const auto choice = choose(table, request);
        return choice.route ? choice.route->body : Body::none();
    } catch (const Problem& problem) {
        return refused(request, problem);
    }
}

Admission admit(const Request& request) {
    return admit(routes(), request);
}

std::string_view pattern_of(const Request& request) {
    const auto found = find(routes(), request.path);
    return found.routes.empty() ? std::string_view() : found.routes.front()->pattern;
}

bool is_quick(const Request& request) {
    const Route* route = find(routes(), request.path).for_method(request.method);
    return !route || route->quick;
}

} // namespace hotspots::service
