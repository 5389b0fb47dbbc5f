#include "service/handlers/answers.hpp"

#include "data/published_snapshot.hpp"
#include "service/app.hpp"
#include "service/conditional.hpp"
#include "service/digest.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace hotspots::service {

namespace {

// Host as it may stand in a link: a name, an IPv4 or bracketed IPv6 address, a port.
bool is_plain_host(std::string_view host) {
    return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(".-_:[]").find(c) != std::string_view::npos;
    });
}

} // namespace

std::shared_ptr<const data::Snapshot> snapshot_or_null(const AppContext& context,
                                                       const Request& request) {
    const auto role = request.caller.role;
    if (role < Role::inspector && context.published) {
        return context.published(role);
    }
    auto live = context.snapshot ? context.snapshot() : nullptr;
    return live && role < Role::inspector ? data::published_snapshot(*live, nullptr) : live;
}

std::shared_ptr<const data::Snapshot> take_snapshot(const AppContext& context,
                                                    const Request& request) {
    auto snapshot = snapshot_or_null(context, request);
    if (!snapshot) {
        Problem problem(503, "Still loading",
                        "the data is still being loaded; try again in a second");
        problem.headers.push_back({"retry-after", "1"});
        throw problem;
    }
    return snapshot;
}

std::string base_url(const AppContext& context, const Request& request) {
    if (!context.public_url.empty()) {
        auto url = context.public_url;
        url.erase(url.find_last_not_of('/') + 1);
        return url;
    }
    const auto host = request.header("host");
    const std::string scheme = request.secure ? "https://" : "http://";
    return host && is_plain_host(*host) ? scheme + std::string(*host) : std::string();
}

std::string revision_etag(const AppContext& context, const data::Snapshot& snapshot,
                          std::string_view parts) {
    // A release's number does not change when areas are loaded anew.
    const auto areas = snapshot.published ? std::to_string(snapshot.reference_revision) + '\n' : "";
    return (snapshot.published ? "\"p" : "\"r") + std::to_string(snapshot.revision.number) + '-' +
           digest(context.version + '\n' + context.marking + '\n' + areas + std::string(parts)) +
           '"';
}

void set_private_caching(Response& response, const std::string& etag) {
    response.headers.push_back({"etag", etag});
    response.headers.push_back({"cache-control", "private, no-cache"});
}

bool is_known(const Request& request, const std::string& etag) {
    const auto listed = request.header("if-none-match");
    return listed && etag_listed(*listed, etag);
}

Response not_modified(const std::string& etag) {
    Response response;
    response.status = 304;
    set_private_caching(response, etag);
    return response;
}

void allow_no_parameters(const Request& request) {
    const Parameters none(request.query, {});
}

void allow_json_only(const Request& request) {
    static constexpr std::array<std::string_view, 1> allowed{"f"};
    if (const auto format = Parameters(request.query, allowed).find("f")) {
        static constexpr std::array<std::string_view, 1> formats{"json"};
        choice("f", *format, formats);
    }
}

Response json_response(const nlohmann::ordered_json& document, std::string content_type) {
    Response response;
    response.content_type = std::move(content_type);
    response.body = document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    response.body.push_back('\n');
    return response;
}

const std::string& marking_of(const AppContext& context, const data::Snapshot& snapshot) {
    static const std::string none;
    return snapshot.published ? none : context.marking;
}

std::string attribution(const data::Snapshot& snapshot) {
    const std::string sources =
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal "
        "Mail copyright and database right. Source: Office for National Statistics. Contains data "
        "from data.police.uk. © OpenStreetMap contributors.";
    return snapshot.demo ? "DEMO: synthetic incidents, indicative boundaries. " + sources : sources;
}

} // namespace hotspots::service
