// The card of one hotspot: GET /hotspots/{id}/why.
#include "service/app.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
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

// Whether the survival is to be in the card; checks `f` too.
bool wants_survival(const Request& request) {
    bool wanted = true;
    for (const auto& [name, value] : request.query) {
        if (name == "f") {
            static constexpr std::array<std::string_view, 1> formats{"json"};
            choice("f", value, formats);
        } else if (name == "survival") {
            static constexpr std::array<std::string_view, 2> choices{"yes", "no"};
            wanted = choice("survival", value, choices) == 0;
        }
    }
    return wanted;
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

// Null where the card is to be without.
ordered_json survival_json(const geo::HotspotSurvival* survival) {
    ordered_json json{{"survival", nullptr}, {"survived", nullptr}, {"runs", nullptr}};
    if (survival) {
        const auto overall = survival->overall();
        json = {{"survival", rounded(overall.share(), 6)},
                {"survived", overall.survived},
                {"runs", overall.runs}};
    }
    return json;
}

ordered_json links_json(const std::string& base, const std::string& id, const std::string& query,
                        const std::string& own) {
    const auto self = base + "/hotspots/" + id + "/why?" + query + (own.empty() ? "" : "&" + own);
    const auto link = [](const char* rel, const char* type, const std::string& href) {
        return ordered_json{{"rel", rel}, {"type", type}, {"href", href}};
    };
    return ordered_json::array({link("self", "application/json", self),
                                link("item", "application/geo+json",
                                     base + "/collections/hotspots/items/" + id + '?' + query),
                                link("collection", "application/geo+json",
                                     base + "/collections/hotspots/items?" + query)});
}

// What a card is of.
struct CardRequest {
    std::string id;
    std::string base; // of links
    std::string own;  // its parameters besides those of the analysis, as a query
    AnalysisParameters parameters;
    std::size_t index = 0; // rank - 1
};

ordered_json card_json(const AppContext& context, const data::Snapshot& snapshot,
                       const CardRequest& asked, std::shared_ptr<const HotspotResult> result,
                       const StabilityResult* stability) {
    const auto query = asked.parameters.canonical_query();
    ordered_json json{{"id", asked.id}};
    const auto card =
        make_why_card(context, snapshot, asked.parameters, std::move(result), asked.index);
    append_members(json, to_json(card, asked.parameters));
    json["stability"] = survival_json(stability ? &stability->survival.at(asked.index) : nullptr);
    json["stability"]["href"] = asked.base + "/analysis/stability?" + query;
    auto counted = counts_json(card.result->selection);
    counted["too_uncertain"] = card.result->too_uncertain;
    json["counted"] = std::move(counted);
    append_members(json, provenance_json(context, snapshot,
                                         make_manifest(snapshot, asked.parameters, context.version,
                                                       asked.own)));
    json["links"] = links_json(asked.base, asked.id, query, asked.own);
    return json;
}

Response at_once(const ordered_json& card, const std::string& etag) {
    auto response = json_response(card);
    set_private_caching(response, etag);
    return response;
}

} // namespace

Response get_why(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto snapshot = take_snapshot(context, request);
    CardRequest asked{parts.at("id"), base_url(context, request), {}, {}, 0};
    asked.parameters = read_analysis(request.query, *snapshot, {"survival", "f"});
    const bool survival = wants_survival(request);
    asked.own = survival ? "" : "survival=no";
    const auto rank =
        rank_of(asked.id, make_manifest(*snapshot, asked.parameters, context.version).id);
    auto result = rank ? shared_hotspots(context, *snapshot, asked.parameters) : nullptr;
    if (!result || *rank > result->hotspots.size()) {
        throw no_such_hotspot(asked.id, *snapshot, asked.parameters);
    }
    asked.index = *rank - 1;
    const auto etag = revision_etag(context, *snapshot,
                                    asked.base + "/hotspots/" + asked.id + "/why?" +
                                        asked.parameters.canonical_query() + '&' + asked.own);
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    StabilityParameters usual;
    usual.analysis = asked.parameters;
    const auto known = survival ? known_stability(context, *snapshot, usual) : nullptr;
    if (known || !survival) {
        return at_once(card_json(context, *snapshot, asked, std::move(result), known.get()), etag);
    }
    BackgroundWork work;
    work.title = "Why here, and whether it is real";
    work.etag = etag;
    work.compute = [own_context = context_of_work(context), snapshot, asked, usual,
                    result = std::move(result)](const BackgroundJobs::Progress& progress) {
        const auto stability = shared_stability(own_context, *snapshot, usual, progress);
        return json_response(card_json(own_context, *snapshot, asked, result, stability.get()))
            .body;
    };
    return answer_in_background(context, request, std::move(work));
}

} // namespace hotspots::service
