// Locations that need a person: their list, one of them with what was decided on it, and a
// decision.
#include "data/review.hpp"

#include "data/known_places.hpp"
#include "data/snapshot.hpp"
#include "geo/crs.hpp"
#include "service/analysis.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/review_json.hpp"
#include "service/handlers/store_access.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace hotspots::service {

namespace {

using data::ReviewReason;
using nlohmann::ordered_json;

constexpr std::array<ReviewReason, 4> reasons{ReviewReason::ambiguous, ReviewReason::unmatched,
                                              ReviewReason::uncertain,
                                              ReviewReason::changed_since_set};

struct Pending {
    std::uint32_t row = 0;
    ReviewReason reason = ReviewReason::ambiguous;
    bool counts = false; // in scope, or perhaps: its place matters most
};

// In scope first, then in the order of ids.
std::vector<Pending> pending(const data::Snapshot& snapshot, const std::string& scope) {
    const auto& decisions = scope_column(snapshot, scope).decisions;
    std::vector<Pending> all;
    for (std::uint32_t row = 0; row < snapshot.incidents.size(); ++row) {
        const auto& incident = snapshot.incidents[row];
        const auto* latest = snapshot.decisions->latest(incident.record);
        if (const auto reason = data::review_reason(incident, latest)) {
            all.push_back({row, *reason, decisions[row].decision != data::Decision::out});
        }
    }
    std::stable_partition(all.begin(), all.end(), [](const Pending& p) { return p.counts; });
    return all;
}

// `ambiguous`, or empty for any.
std::optional<ReviewReason> wanted_reason(const Parameters& parameters) {
    const auto text = parameters.find("reason");
    if (!text) {
        return std::nullopt;
    }
    std::array<std::string_view, reasons.size()> words;
    std::transform(reasons.begin(), reasons.end(), words.begin(),
                   [](ReviewReason reason) { return data::to_text(reason); });
    return reasons[choice("reason", *text, words)];
}

std::string wanted_scope(const Parameters& parameters, const data::Snapshot& snapshot) {
    const auto text = parameters.find("scope");
    if (!text) {
        return snapshot.default_scope;
    }
    std::vector<std::string_view> names;
    for (const auto& profile : data::scope_profiles()) {
        names.push_back(profile.name());
    }
    return std::string(names[choice("scope", *text, names)]);
}

ordered_json page_links(std::size_t offset, std::size_t limit, std::size_t matched,
                        const Parameters& parameters) {
    const auto link = [&](const char* rel, std::size_t from) {
        auto href = "/review?limit=" + std::to_string(limit) + "&offset=" + std::to_string(from);
        for (const auto name : {"reason", "scope"}) {
            if (const auto value = parameters.find(name)) {
                href += "&" + std::string(name) + "=" + encode_query_value(*value);
            }
        }
        return ordered_json{{"rel", rel}, {"href", href}};
    };
    auto links = ordered_json::array({link("self", offset)});
    if (offset + limit < matched) {
        links.push_back(link("next", offset + limit));
    }
    if (offset > 0) {
        links.push_back(link("prev", offset - std::min(offset, limit)));
    }
    return links;
}

std::int64_t incident_id(const PathParts& parts) {
    const auto& text = parts.find("id")->second;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw not_found("there is no record " + service::quoted(text) +
                        "; /review lists those that need a "
                        "person, with their id");
    }
    return id;
}

const data::Incident& find_incident(const data::Snapshot& snapshot, std::int64_t id) {
    const auto found = std::lower_bound(
        snapshot.incidents.begin(), snapshot.incidents.end(), id,
        [](const data::Incident& incident, std::int64_t wanted) { return incident.id < wanted; });
    if (found == snapshot.incidents.end() || found->id != id) {
        throw not_found("there is no record " + std::to_string(id) + "; was its import undone?");
    }
    return *found;
}

Response private_json(const ordered_json& document) {
    auto response = json_response(document);
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

} // namespace

Response get_review(const AppContext& context, const Request& request, const PathParts&) {
    static constexpr std::array<std::string_view, 5> allowed{"reason", "scope", "limit", "offset",
                                                             "f"};
    constexpr std::int64_t most = 10'000;
    const Parameters parameters(request.query, allowed);
    const auto snapshot = take_snapshot(context, request);
    const auto number = [&](std::string_view name, std::int64_t least, std::int64_t otherwise,
                            std::int64_t limit) {
        const auto text = parameters.find(name);
        return static_cast<std::size_t>(text ? whole_number(name, *text, least, limit) : otherwise);
    };
    const auto limit = number("limit", 1, 100, most);
    const auto offset = number("offset", 0, 0, std::numeric_limits<std::int32_t>::max());
    const auto reason = wanted_reason(parameters);
    auto all = pending(*snapshot, wanted_scope(parameters, *snapshot));
    ordered_json by_reason;
    for (const auto one : reasons) {
        by_reason[std::string(data::to_text(one))] = std::count_if(
            all.begin(), all.end(), [&](const Pending& p) { return p.reason == one; });
    }
    std::erase_if(all, [&](const Pending& p) { return reason && p.reason != *reason; });
    auto items = ordered_json::array();
    for (auto at = offset; at < all.size() && items.size() < limit; ++at) {
        const auto& incident = snapshot->incidents[all[at].row];
        auto item = review_json(incident, *snapshot->gazetteer, all[at].reason);
        item["counts"] = all[at].counts;
        items.push_back(std::move(item));
    }
    const auto returned = items.size();
    auto response = private_json({{"numberMatched", all.size()},
                                  {"numberReturned", returned},
                                  {"timeStamp", data::format_utc(snapshot->revision.published)},
                                  {"by_reason", by_reason},
                                  {"items", std::move(items)},
                                  {"links", page_links(offset, limit, all.size(), parameters)}});
    response.rows = returned;
    return response;
}

Response get_review_item(const AppContext& context, const Request& request,
                         const PathParts& parts) {
    allow_json_only(request);
    const auto snapshot = take_snapshot(context, request);
    const auto& incident = find_incident(*snapshot, incident_id(parts));
    const auto& decisions = *snapshot->decisions;
    auto json = review_json(incident, *snapshot->gazetteer,
                            review_reason(incident, decisions.latest(incident.record)));
    json["history"] = history_json(decisions.history(incident.record));
    auto response = private_json(json);
    response.rows = 1;
    return response;
}

Response put_review(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_no_parameters(request);
    const auto snapshot = take_snapshot(context, request);
    const auto id = incident_id(parts);
    auto decision = read_decision(
        request.body, data::candidates_of(find_incident(*snapshot, id), *snapshot->gazetteer));
    decision.incident = id;
    decision.decided_by = request.caller.name;
    const auto store = open_to_write(context);
    // The gazetteer is the snapshot's as long as it is of the store's reference data.
    const bool is_present =
        store->last_change(data::Part::reference) == snapshot->reference_revision;
    const auto gazetteer =
        is_present
            ? snapshot->gazetteer
            : std::make_shared<const data::Gazetteer>(data::read_known_places(*store).gazetteer);
    const auto result = data::decide(*store, *gazetteer, decision);
    if (!result) {
        throw not_found("there is no record " + std::to_string(id) + " any more");
    }
    context.catch_up(result->revision);
    const data::HandDecisions decisions(store->reviews());
    auto json =
        review_json(result->incident, *gazetteer,
                    review_reason(result->incident, decisions.latest(result->incident.record)));
    json["history"] = history_json(decisions.history(result->incident.record));
    json["also_changed"] = result->also_changed;
    json["revision"] = result->revision.number;
    auto response = private_json(json);
    response.rows = 1 + static_cast<std::uint64_t>(std::max<std::int64_t>(0, result->also_changed));
    return response;
}

} // namespace hotspots::service
