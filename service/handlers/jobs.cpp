// Background work: what waits, runs and is done, with progress.
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/handlers.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

Response fresh(const ordered_json& document) {
    auto response = json_response(document);
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

Response job_answer(const std::optional<BackgroundJob>& job, const std::string& id) {
    if (!job) {
        throw not_found("there is no job " + service::quoted(id) +
                        "; it was never started, or is long over: ask for its result again");
    }
    return fresh(to_json(*job));
}

} // namespace

Response get_jobs(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    auto jobs = ordered_json::array();
    if (context.background) {
        for (const auto& job : context.background->list()) {
            jobs.push_back(to_json(job));
        }
    }
    return fresh({{"jobs", std::move(jobs)}});
}

Response get_job(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_json_only(request);
    const auto& id = parts.at("id");
    return job_answer(context.background ? context.background->find(id) : std::nullopt, id);
}

Response delete_job(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_no_parameters(request);
    const auto& id = parts.at("id");
    return job_answer(context.background ? context.background->cancel(id) : std::nullopt, id);
}

} // namespace hotspots::service
