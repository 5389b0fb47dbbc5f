#include "service/handlers/background_answer.hpp"

#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace hotspots::service {

namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr seconds usual_wait{5};
constexpr double longest_wait_s = 60;

std::string_view trimmed(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// How long the client is willing to wait. What cannot be read is, as RFC 7240 says, ignored.
seconds wait_of(const Request& request) {
    const auto header = request.header("prefer");
    std::string_view rest = header.value_or("");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto preference = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (preference == "respond-async") {
            return seconds(0);
        }
        if (preference.starts_with("wait=")) {
            if (const auto wait_s = parse_number(preference.substr(5)); wait_s && *wait_s >= 0) {
                return seconds(static_cast<int>(std::min(*wait_s, longest_wait_s)));
            }
        }
    }
    return usual_wait;
}

std::string target_of(const Request& request) {
    std::string target = request.path;
    char separator = '?';
    for (const auto& [name, value] : request.query) {
        target.push_back(separator);
        target.append(encode_query_value(name)).append("=").append(encode_query_value(value));
        separator = '&';
    }
    return target;
}

// What of an answer does not depend on when it is there.
struct Form {
    std::string content_type;
    std::string etag;
};

// As long as one is there the job goes on.
struct Waiting {
    std::shared_ptr<BackgroundJobs> jobs;
    std::string id;
    std::shared_ptr<const void> wanted; // goes before the jobs do
};

Response finished(const Form& form, std::shared_ptr<const std::string> body) {
    Response response;
    response.content_type = form.content_type;
    response.shared_body = std::move(body);
    set_private_caching(response, form.etag);
    return response;
}

Response accepted(const BackgroundJob& job) {
    auto response = json_response(to_json(job));
    response.status = 202;
    response.headers.push_back({"location", "/jobs/" + job.id});
    response.headers.push_back({"retry-after", "1"});
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

// Empty while the work goes on.
std::optional<Response> result_of(const Form& form, const std::optional<BackgroundJob>& job) {
    if (!job || job->state == JobState::cancelled) {
        return to_response(Problem(503, "Cancelled",
                                   "the computation was cancelled before it was done; ask again"));
    }
    if (job->state == JobState::failed) {
        return to_response(
            Problem(500, "Computation failed",
                    "the computation failed; the service's log says why; asking again repeats it"));
    }
    return job->state == JobState::done ? std::optional(finished(form, job->result)) : std::nullopt;
}

} // namespace

Response answer_in_background(const AppContext& context, const Request& request,
                              BackgroundWork work) {
    if (is_known(request, work.etag)) {
        return not_modified(work.etag);
    }
    Form form{std::move(work.content_type), work.etag};
    if (!context.background) {
        return finished(form, std::make_shared<const std::string>(work.compute([](double) {})));
    }
    const auto& jobs = context.background;
    auto awaited =
        jobs->await(work.etag, std::move(work.title), target_of(request), std::move(work.compute));
    if (!awaited) {
        Problem problem(503, "Busy", "too many computations wait already; ask again");
        problem.headers.push_back({"retry-after", "5"});
        throw problem;
    }
    const auto& job = awaited->job;
    if (auto result = result_of(form, job)) {
        return *result;
    }
    const auto wait = wait_of(request);
    if (wait == seconds(0) || work.is_change) {
        jobs->keep(job.id);
    }
    if (wait == seconds(0)) {
        return accepted(job);
    }
    Response response;
    response.later = [waiting = Waiting{jobs, job.id, std::move(awaited->wanted)},
                      form = std::move(form), until = Clock::now() + wait] {
        const auto present = waiting.jobs->find(waiting.id);
        auto result = result_of(form, present);
        if (!result && Clock::now() >= until) {
            waiting.jobs->keep(waiting.id); // whoever is told of it may come back
            result = accepted(*present);
        }
        return result;
    };
    return response;
}

AppContext context_of_work(const AppContext& context) {
    auto own = context;
    own.background.reset();
    own.jobs.reset();
    return own;
}

nlohmann::ordered_json to_json(const BackgroundJob& job) {
    nlohmann::ordered_json json{
        {"id", job.id},
        {"title", job.title},
        {"state", to_text(job.state)},
        {"progress", job.progress},
        {"error", nullptr},
        {"links",
         {{{"rel", "self"}, {"href", "/jobs/" + job.id}, {"type", "application/json"}},
          {{"rel", "http://www.opengis.net/def/rel/ogc/1.0/results"},
           {"href", job.url},
           {"title", "The result, once it is there"}}}}};
    if (job.state == JobState::failed) {
        json["error"] = "the computation failed; the service's log says why";
    }
    return json;
}

} // namespace hotspots::service
