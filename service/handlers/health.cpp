// Whether the service works, and on which data.
#include "geo/crs.hpp"
#include "service/analysis.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/json_values.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

// As precisely as it was recorded.
ordered_json newest_record(const data::Snapshot& snapshot) {
    const auto& begin_s = snapshot.columns.begin_s;
    if (begin_s.empty()) {
        return nullptr;
    }
    const auto newest = std::max_element(begin_s.begin(), begin_s.end()) - begin_s.begin();
    return data::format_moment(
        snapshot.incidents[static_cast<std::size_t>(newest)].record.occurred_from);
}

ordered_json last_import(const data::Snapshot& snapshot) {
    if (snapshot.imports.empty()) {
        return nullptr;
    }
    const auto& entry = snapshot.imports.back();
    return {{"id", entry.id},
            {"started", data::format_utc(entry.started)},
            {"format", entry.format},
            {"rows", entry.counts.rows},
            {"stored", entry.counts.stored},
            {"updated", entry.counts.updated},
            {"duplicate", entry.counts.duplicate},
            {"rejected", entry.counts.rejected}};
}

ordered_json scopes_of(const data::Snapshot& snapshot) {
    ordered_json scopes = ordered_json::array();
    for (const auto& column : snapshot.scopes) {
        scopes.push_back({{"name", column.profile->name()},
                          {"version", column.profile->version()},
                          {"title", column.profile->title()}});
    }
    return scopes;
}

ordered_json crs_of() {
    const auto& operation = geo::crs_operation();
    return {{"name", operation.name},
            {"accuracy_m", operation.accuracy_m},
            {"grid_used", operation.grid_used}};
}

ordered_json describe(const AppContext& context, const data::Snapshot& snapshot) {
    ordered_json health{
        {"status", "ok"},
        {"version", context.version},
        {"revision",
         {{"number", snapshot.revision.number},
          {"published", data::format_utc(snapshot.revision.published)}}},
        {"demo", snapshot.demo},
        {"crs_operation", crs_of()},
        {"wards", snapshot.wards.size()},
        {"default_scope", snapshot.default_scope},
        {"default_period", snapshot.default_period
                               ? ordered_json(data::format_period(*snapshot.default_period))
                               : ordered_json()},
        {"scopes", scopes_of(snapshot)},
        {"marking", text_or_null_json(marking_of(context, snapshot))}};
    // Of records only to those who may see them.
    if (!snapshot.published) {
        health["incidents"] = snapshot.incidents.size();
        health["newest_record"] = newest_record(snapshot);
        health["last_import"] = last_import(snapshot);
    }
    return health;
}

Response uncached(Response response) {
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

} // namespace

Response get_health(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    if (const auto snapshot = snapshot_or_null(context, request)) {
        return uncached(json_response(describe(context, *snapshot)));
    }
    auto response = json_response({{"status", "loading"}, {"version", context.version}});
    response.status = 503;
    response.headers.push_back({"retry-after", "1"});
    return uncached(std::move(response));
}

Response get_live(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    return uncached(json_response({{"status", "ok"}, {"version", context.version}}));
}

} // namespace hotspots::service
