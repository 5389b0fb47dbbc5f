// How good the record is: all of it, or what a scope profile may count in a period.
#include "data/quality/report.hpp"
#include "service/analysis.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/parameters.hpp"
#include "service/quality_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

struct Asked {
    AnalysisParameters parameters;
    bool scoped = false; // without `scope` every record counts, whatever its decision

    std::string key() const {
        return (scoped ? parameters.scope : "*") + '?' + data::format_period(parameters.period);
    }
};

Asked read(const Request& request, const data::Snapshot& snapshot) {
    static constexpr std::array<std::string_view, 3> allowed{"scope", "datetime", "f"};
    const Parameters parameters(request.query, allowed); // no other filter
    if (const auto format = parameters.find("f")) {
        static constexpr std::array<std::string_view, 1> formats{"json"};
        choice("f", *format, formats);
    }
    return {read_filters(request.query, snapshot, {"f"}, DefaultPeriod::all),
            parameters.find("scope").has_value()};
}

// In review counts as well: a record whose scope is open needs its place as much as one that is in.
std::vector<std::uint32_t> chosen(const data::Snapshot& snapshot, const Asked& asked) {
    auto incidents = select_all(snapshot, asked.parameters);
    if (asked.scoped) {
        const auto& decisions = scope_column(snapshot, asked.parameters.scope).decisions;
        std::erase_if(incidents, [&](std::uint32_t i) {
            return decisions[i].decision == data::Decision::out;
        });
    }
    return incidents;
}

std::string make_body(const data::Snapshot& snapshot, const Asked& asked) {
    const auto traps = data::traps_of(snapshot);
    const auto& period = asked.parameters.period;
    ordered_json document{
        {"revision", snapshot.revision.number},
        {"timeStamp", data::format_utc(snapshot.revision.published)},
        {"scope", asked.scoped ? ordered_json(asked.parameters.scope) : ordered_json()},
        {"datetime",
         period == data::Period{} ? ordered_json() : ordered_json(data::format_period(period))},
        {"selection",
         asked.scoped ? "records that the scope profile has in or in review" : "all records"}};
    document.update(to_json(data::make_quality_report(snapshot, *traps, chosen(snapshot, asked))));
    document["attribution"] = attribution(snapshot);
    return json_response(document).body;
}

} // namespace

Response get_quality(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto asked = read(request, *snapshot);
    const auto etag = revision_etag(context, *snapshot, "quality?" + asked.key());
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    const auto body =
        context.quality->get(std::to_string(snapshot->revision.number) + '?' + asked.key(), [&] {
            return std::make_shared<const std::string>(make_body(*snapshot, asked));
        });
    Response response;
    response.content_type = "application/json";
    response.shared_body = body;
    set_private_caching(response, etag);
    return response;
}

} // namespace hotspots::service
