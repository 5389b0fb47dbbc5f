// The card of one hotspot: GET /hotspots/{id}/why.
#include "service/app.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/stability_result.hpp"
#include "service/why_card.hpp"
#include "service/why_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

void check_format(const Request& request) {
    for (const auto& parameter : request.query) {
        if (parameter.name == "f") {
            static constexpr std::array<std::string_view, 1> formats{"json"};
            choice("f", parameter.value, formats);
        }
    }
}

// The rank that ends an id of this manifest: "3f2a-7" is the seventh. Empty if it is no such id.
std::optional<std::size_t> rank_of(std::string_view id, std::string_view manifest_id) {
    if (!id.starts_with(manifest_id) || id.size() <= manifest_id.size() + 1 ||
        id[manifest_id.size()] != '-' || id[manifest_id.size() + 1] == '0') {
        return std::nullopt;
    }
    const auto digits = id.substr(manifest_id.size() + 1);
    std::size_t rank = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), rank);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(rank)
                                                                        : std::nullopt;
}

Problem no_such_hotspot(std::string_view id, const data::Snapshot& snapshot,
                        const AnalysisParameters& parameters) {
    return not_found("there is no hotspot " + quoted(id) + " under these parameters at revision " +
                     std::to_string(snapshot.revision.number) +
                     ": the records or the parameters have changed since the list that gave the "
                     "id, or it is none of that list. Take the list and its ids anew from "
                     "/collections/hotspots/items?" +
                     parameters.canonical_query());
}

ordered_json stability_json(const std::string& base, const std::string& query,
                            std::optional<double> survival) {
    return {{"survival", survival ? ordered_json(rounded(*survival, 6)) : ordered_json()},
            {"href", base + "/analysis/stability?" + query}};
}

ordered_json links_json(const std::string& base, const std::string& id, const std::string& query) {
    const auto link = [](const char* rel, const char* type, const std::string& href) {
        return ordered_json{{"rel", rel}, {"type", type}, {"href", href}};
    };
    return ordered_json::array(
        {link("self", "application/json", base + "/hotspots/" + id + "/why?" + query),
         link("item", "application/geo+json",
              base + "/collections/hotspots/items/" + id + '?' + query),
         link("collection", "application/geo+json",
              base + "/collections/hotspots/items?" + query)});
}

} // namespace

Response get_why(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& id = parts.at("id");
    const auto snapshot = take_snapshot(context);
    const auto parameters = read_analysis(request.query, *snapshot, {"f"});
    check_format(request);
    const auto manifest = make_manifest(*snapshot, parameters, context.version);
    const auto rank = rank_of(id, manifest.id);
    if (!rank) {
        throw no_such_hotspot(id, *snapshot, parameters);
    }
    const auto base = base_url(context, request);
    const auto query = parameters.canonical_query();
    const auto survival = known_survival(context, *snapshot, parameters, *rank - 1);
    // The survival comes once somebody has asked for it: the card is then another.
    const auto etag = revision_etag(context, *snapshot,
                                    base + "/hotspots/" + id + "/why?" + query +
                                        (survival ? "&survival=" + number_text(*survival) : ""));
    auto result = shared_hotspots(context, *snapshot, parameters);
    if (*rank > result->hotspots.size()) {
        throw no_such_hotspot(id, *snapshot, parameters);
    }
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    ordered_json json{{"id", id}};
    const auto card = make_why_card(context, *snapshot, parameters, std::move(result), *rank - 1);
    append_members(json, to_json(card, parameters));
    json["stability"] = stability_json(base, query, survival);
    auto counted = counts_json(card.result->selection);
    counted["too_uncertain"] = card.result->too_uncertain;
    json["counted"] = std::move(counted);
    append_members(json, provenance_json(context, *snapshot, manifest));
    json["links"] = links_json(base, id, query);
    auto response = json_response(json);
    set_private_caching(response, etag);
    return response;
}

} // namespace hotspots::service
