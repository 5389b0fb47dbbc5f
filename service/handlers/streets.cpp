// How incidents concentrate on named streets: GET /analysis/streets.
#include "service/app.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/parameters.hpp"
#include "service/street_result.hpp"
#include "service/why_json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_streets = 20;

constexpr std::string_view comparison =
    "Elsewhere half of crime is in 4.5 % of street segments (cities range from 3.2 to 5.7 %), a "
    "quarter in 1.25 %. A named street is several segments, so it is alike, not the same; squares "
    "and hexagons are not comparable with either. by_chance: so many streets would hold the share "
    "if each incident were as likely on any named street; fewer streets than incidents hold much "
    "by chance alone (Bernasco & Steenbeek 2017).";

double per_cent(std::size_t part, std::size_t whole) {
    return whole > 0 ? rounded(100 * static_cast<double>(part) / static_cast<double>(whole), 2) : 0;
}

ordered_json capture_json(const StreetResult& result) {
    auto steps = ordered_json::array();
    for (const auto& step : result.capture) {
        steps.push_back(
            {{"share", step.share},
             {"streets", step.holding.members},
             {"incidents", step.holding.events},
             {"per_cent_of_streets_with_incidents",
              per_cent(step.holding.members, result.counts.streets.size())},
             {"per_cent_of_all_streets", per_cent(step.holding.members, result.streets->size())},
             {"by_chance", rounded(step.by_chance, 1)}});
    }
    return steps;
}

ordered_json sentence(const StreetResult& result) {
    for (const auto& step : result.capture) {
        if (step.share == 0.5) {
            const auto streets = step.holding.members;
            return "Half of the incidents on named streets are on " + std::to_string(streets) +
                   " of the " + std::to_string(result.counts.streets.size()) +
                   " named streets that hold any, " +
                   number_text(per_cent(streets, result.streets->size())) + " % of all " +
                   std::to_string(result.streets->size()) + "; by chance it would be " +
                   std::to_string(std::lround(step.by_chance)) + ".";
        }
    }
    return nullptr;
}

ordered_json document(const StreetResult& result, const AnalysisParameters& parameters) {
    const auto& counts = result.counts;
    auto json = counts_json(result.selection);
    append_members(json, {{"period", data::format_period(parameters.period)},
                          {"incidents", result.selection.incidents.size()},
                          {"on_streets", counts.on_streets},
                          {"by_name", counts.by_name},
                          {"by_distance", counts.on_streets - counts.by_name},
                          {"several_named", counts.several_named},
                          {"on_no_street", counts.on_no_street},
                          {"too_uncertain", counts.too_uncertain},
                          {"named_streets", result.streets->size()},
                          {"named_streets_with_lines", result.streets->with_lines()},
                          {"streets_with_incidents", counts.streets.size()},
                          {"capture", capture_json(result)},
                          {"sentence", sentence(result)},
                          {"top", top_streets_json(*result.streets, counts, most_streets)},
                          {"rule", street_rule()},
                          {"comparison", comparison}});
    return json;
}

} // namespace

Response get_streets(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_filters(request.query, *snapshot, {"f"});
    for (const auto& parameter : request.query) {
        if (parameter.name == "f") {
            static constexpr std::array<std::string_view, 1> formats{"json"};
            choice("f", parameter.value, formats);
        }
    }
    const auto etag =
        revision_etag(context, *snapshot, "/analysis/streets?" + parameters.canonical_query());
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    auto json = document(find_streets(context, *snapshot, parameters), parameters);
    append_members(json, provenance_json(context, *snapshot,
                                         make_manifest(*snapshot, parameters, context.version)));
    auto response = json_response(json);
    set_private_caching(response, etag);
    return response;
}

} // namespace hotspots::service
