// Releases: what is published to panels. Frozen documents; all else about them is said beside them.
#include "data/errors.hpp"
#include "data/release/make_release.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/release_tables.hpp"
#include "service/handlers/store_access.hpp"
#include "service/html/area_pages.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <chrono>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_reason_bytes = 1000;

data::Releases all_releases(const AppContext& context) {
    const auto releases = context.releases ? context.releases() : nullptr;
    return releases ? *releases : data::Releases{};
}

Response uncached_release_json(const ordered_json& document) {
    auto response = json_response(document);
    response.headers.push_back({"cache-control", "no-store"});
    return response;
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

// The scope profile of {"scope": "vrn-2021"}; of an empty body the snapshot's own.
std::string scope_of(const Request& request, const data::Snapshot& snapshot) {
    if (request.body.empty()) {
        return snapshot.default_scope;
    }
    const auto body = ordered_json::parse(request.body, nullptr, false);
    const bool right = body.is_object() && body.size() <= 1 &&
                       (body.empty() || (body.contains("scope") && body["scope"].is_string()));
    if (!right) {
        throw Problem(400, "Bad request body",
                      "the body must be empty or a JSON object of scope alone, such as "
                      "{\"scope\": \"vrn-2021\"}");
    }
    const auto scope = body.value("scope", snapshot.default_scope);
    for (const auto& column : snapshot.scopes) {
        if (column.profile->name() == scope) {
            return scope;
        }
    }
    throw bad_parameter("scope", "there is no scope profile " + service::quoted(scope) +
                                     "; /health lists those that there are");
}

// What is said of the next release, once it is kept, or why there is none.
std::string make_next_release(const AppContext& context, const data::Snapshot& snapshot,
                              const std::string& profile, const data::ReleaseProgress& progress) {
    try {
        const auto release = data::make_release(
            snapshot, [&] { return open_to_read(context); }, [&] { return open_to_write(context); },
            profile, context.version, progress);
        if (context.catch_up_releases) {
            context.catch_up_releases(); // whoever asked for it then finds it
        }
        return release_head(release, "").dump() + '\n';
    } catch (const data::DataError& error) {
        return ordered_json{{"problem", error.what()}}.dump();
    }
}

// 201 with its address, or 409 with the reason why there is none.
Response made_response(const AppContext& context, const std::string& base, Response computed) {
    if (computed.status != 200) {
        return computed;
    }
    const auto result = ordered_json::parse(computed.body_view());
    if (result.contains("problem")) {
        return to_response(
            Problem(409, "No release was made", result["problem"].get<std::string>()));
    }
    const auto release = all_releases(context).find(result["number"].get<std::int64_t>());
    auto response = uncached_release_json(release ? release_head(*release, base) : result);
    response.status = 201;
    response.headers.push_back({"location", base + "/releases/" + result["number"].dump()});
    return response;
}

std::string withdrawal_reason(const Request& request) {
    const auto body = ordered_json::parse(request.body, nullptr, false);
    const bool right = body.is_object() && body.size() == 1 && body.contains("reason") &&
                       body["reason"].is_string();
    auto reason = right ? body["reason"].get<std::string>() : std::string();
    if (reason.empty() || reason.size() > most_reason_bytes) {
        throw Problem(400, "Bad request body",
                      "the body must be a JSON object of the reason alone, of at most 1000 bytes, "
                      "such as {\"reason\": \"wrong boundaries\"}");
    }
    return reason;
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

// The next one, made in the background: the attack on it takes its time.
Response post_release(const AppContext& context, const Request& request, const PathParts&) {
    allow_no_parameters(request);
    const auto snapshot = take_snapshot(context, request);
    const auto profile = scope_of(request, *snapshot);
    const auto base = base_url(context, request);
    BackgroundWork work;
    work.title = "Release of " + profile;
    work.is_change = true;
    // Who asks twice at once waits for the same one.
    work.etag = "release " + profile + ' ' + std::to_string(snapshot->revision.number) + ' ' +
                std::to_string(all_releases(context).all.size());
    work.compute = [own = context_of_work(context), snapshot,
                    profile](const BackgroundJobs::Progress& progress) {
        return make_next_release(own, *snapshot, profile, progress);
    };
    auto response = answer_in_background(context, request, std::move(work));
    if (!response.later) {
        return made_response(context, base, std::move(response));
    }
    response.later = [own = context_of_work(context), base,
                      later = std::move(response.later)]() -> std::optional<Response> {
        auto computed = later();
        return computed ? std::optional(made_response(own, base, std::move(*computed)))
                        : std::nullopt;
    };
    return response;
}

Response withdraw_release(const AppContext& context, const Request& request,
                          const PathParts& parts) {
    allow_no_parameters(request);
    const auto reason = withdrawal_reason(request);
    const auto number = find_release(context, parts.at("id"))->number;
    const auto store = open_to_write(context);
    const auto change = store->begin();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (!change->withdraw_release(number, reason, now)) {
        throw Problem(409, "Already withdrawn",
                      "release " + std::to_string(number) + " was withdrawn before");
    }
    change->commit(false);
    if (context.catch_up_releases) {
        context.catch_up_releases();
    }
    return uncached_release_json(
        release_head(*find_release(context, std::to_string(number)), base_url(context, request)));
}

} // namespace hotspots::service
