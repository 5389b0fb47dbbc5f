#include "data/snapshot.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/metrics/request_metrics.hpp"

#include <algorithm>
#include <chrono>

namespace hotspots::service {

namespace {

double as_number(std::size_t count) {
    return static_cast<double>(count);
}

void write_cache(std::string& out, const AnswerCache::Figures& figures) {
    write_metric(out, "cache_bytes", "gauge", "Held by the cache of answers.",
                 as_number(figures.bytes));
    write_metric(out, "cache_limit_bytes", "gauge", "The most that the cache may hold.",
                 as_number(figures.limit_bytes));
    write_metric(out, "cache_answers", "gauge", "Answers in the cache.",
                 as_number(figures.answers));
    write_metric(out, "cache_hits_total", "counter", "Answers that were there, or under way.",
                 static_cast<double>(figures.hits));
    write_metric(out, "cache_misses_total", "counter", "Answers that had to be computed.",
                 static_cast<double>(figures.misses));
    write_metric(out, "cache_evictions_total", "counter", "Answers taken out to make room.",
                 static_cast<double>(figures.evictions));
}

void write_revision(std::string& out, const data::Snapshot& snapshot) {
    // Revisions that follow each other within a second are dated a second apart, the last ahead of
    // now.
    const std::chrono::duration<double> since =
        std::chrono::system_clock::now() - snapshot.revision.published;
    const double age_s = std::max(0.0, since.count());
    write_metric(out, "revision", "gauge", "Number of the revision that is served.",
                 static_cast<double>(snapshot.revision.number));
    write_metric(out, "revision_age_seconds", "gauge", "Since that revision was published.", age_s);
    write_metric(out, "incidents", "gauge", "Records of that revision.",
                 as_number(snapshot.incidents.size()));
}

} // namespace

Response get_metrics(const AppContext& context, const Request& request, const PathParts&) {
    allow_no_parameters(request);
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.headers = {{"cache-control", "no-store"}};
    write_cache(response.body, context.answers->figures());
    if (const auto snapshot = snapshot_or_null(context, request)) {
        write_revision(response.body, *snapshot);
    }
    if (context.server_metrics) {
        context.server_metrics(response.body);
    }
    return response;
}

} // namespace hotspots::service
