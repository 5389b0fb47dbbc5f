// Answers that take long to compute: made in the background (service/jobs/background_jobs.hpp), and
// given at once where they are there, or come while the client is willing to wait; else 202 with
// the job's address.
#pragma once

#include "service/http/message.hpp"
#include "service/jobs/background_jobs.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace hotspots::service {

struct AppContext;

struct BackgroundWork {
    std::string title; // for people, e.g. "Stability of the hotspots"
    std::string etag;  // of the answer: equal for equal answers, so also the job's key
    std::string content_type = "application/json";
    BackgroundJobs::Compute compute; // must keep alive what it needs
    bool is_change = false;          // goes on though nobody waits for it
};

// Waits, without holding a thread, up to five seconds, or what the request says (RFC 7240:
// `Prefer: wait=20`, `respond-async`). Throws Problem 503 where too much work waits already. Where
// the context has no background jobs the work is done on the spot.
Response answer_in_background(const AppContext& context, const Request& request,
                              BackgroundWork work);

// The context for BackgroundWork::compute, which may outlive the request's: all but the jobs, so
// that no work keeps alive what it runs on.
AppContext context_of_work(const AppContext& context);

nlohmann::ordered_json to_json(const BackgroundJob& job);

} // namespace hotspots::service
