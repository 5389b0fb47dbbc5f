// Releases: what is published to panels. Frozen documents; all else about them is said beside them.
#include "data/incident_store.hpp"
#include "data/release/release.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/release_tables.hpp"
#include "service/handlers/store_access.hpp"
#include "service/html/area_pages.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

data::Releases all_releases(const AppContext& context) {
    const auto releases = context.releases ? context.releases() : nullptr;
    return releases ? *releases : data::Releases{};
}

std::shared_ptr<const data::Release> find_release(const AppContext& context,
                                                  const std::string& id) {
    const auto releases = all_releases(context);
    std::shared_ptr<const data::Release> found;
    if (id == "latest") {
        found = releases.latest();
    } else {
        std::int64_t number = 0;
        const auto* const last = id.data() + id.size();
        const auto [end, error] = std::from_chars(id.data(), last, number);
        found = error == std::errc{} && end == last ? releases.find(number) : nullptr;
    }
    if (!found) {
        throw not_found("there is no release " + service::quoted(id) +
                        "; /releases lists those that there are");
    }
    return found;
}

} // namespace

Response get_releases(const AppContext& context, const Request& request, const PathParts&) {
    const auto& format = choose_document_format(request);
    const auto releases = all_releases(context);
    const auto base = base_url(context, request);
    auto list = ordered_json::array();
    for (auto release = releases.all.rbegin(); release != releases.all.rend(); ++release) {
        list.push_back(release_head(**release, base));
    }
    const ordered_json document{{"numberMatched", list.size()},
                                {"releases", list},
                                {"links", ordered_json::array({{{"href", base + "/releases"},
                                                                {"rel", "self"},
                                                                {"type", "application/json"}}})}};
    auto response = format.name == "html"
                        ? html_response(releases_html(html_frame(context, request), document))
                        : json_response(document);
    response.headers.push_back({"cache-control", "private, no-cache"});
    response.headers.push_back({"vary", "accept"});
    return response;
}

Response get_release(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_json_only(request);
    const auto release = find_release(context, parts.at("id"));
    if (release->withdrawn) {
        throw Problem(410, "Gone",
                      "release " + std::to_string(release->number) + " was withdrawn on " +
                          data::format_utc(*release->withdrawn) + ": " + release->withdrawn_reason);
    }
    const auto etag = '"' + release->sha256 + '"';
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    Response response;
    response.content_type = "application/json";
    response.body = release->document;
    response.headers.push_back({"content-location", base_url(context, request) + "/releases/" +
                                                        std::to_string(release->number)});
    set_private_caching(response, etag);
    return response;
}

} // namespace hotspots::service
