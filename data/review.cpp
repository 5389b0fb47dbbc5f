#include "data/review.hpp"

#include "data/geocode/geocode.hpp"
#include "data/ingest/locate_incidents.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::data {

namespace {

template <class Value>
nlohmann::json value_or_null(const std::optional<Value>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json();
}

std::string answer_json(const Location& location) {
    nlohmann::ordered_json answer{{"status", to_text(location.status)}};
    answer["level"] = location.level ? nlohmann::json(to_text(*location.level)) : nlohmann::json();
    answer["easting"] = location.point ? nlohmann::json(location.point->easting_m) : nullptr;
    answer["northing"] = location.point ? nlohmann::json(location.point->northing_m) : nullptr;
    answer["uncertainty_m"] = value_or_null(location.uncertainty_m);
    answer["score"] = location.score;
    answer["matched_text"] = location.matched_text;
    answer["rule"] = location.rule;
    return answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool has_own_coordinates(const RawRecord& record) {
    return record.given_bng || record.given_lon_lat;
}

HandDecision decision_of(const ReviewRequest& request, const Incident& incident) {
    HandDecision decision;
    decision.source = incident.record.source;
    decision.incident_id = incident.record.incident_id;
    decision.location_text = incident.record.location_text;
    decision.location_hash = hash_of_location(incident.record);
    decision.answer = request.answer;
    if (request.answer == HandAnswer::point || request.answer == HandAnswer::candidate) {
        decision.location = request.location;
    }
    // What was decided for a point that the source gave says nothing of its text.
    decision.teaches = request.teaches && request.answer != HandAnswer::automatic &&
                       !has_own_coordinates(incident.record) &&
                       !alias_key(incident.record.location_text).empty();
    decision.note = request.note;
    decision.decided = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    decision.decided_by = request.decided_by;
    decision.answer_before = answer_json(incident.location);
    return decision;
}

// The texts whose alias the decision may change: its own, and that of the decision before it.
std::vector<std::string> touched_texts(const HandDecision& decision, const HandDecision* before) {
    std::vector<std::string> keys;
    if (decision.teaches) {
        keys.push_back(alias_key(decision.location_text));
    }
    if (before && before->teaches) {
        keys.push_back(alias_key(before->location_text));
    }
    return keys;
}

// Locates anew; returns whether the record came to lie elsewhere.
bool relocate(StoreTransaction& transaction, Locator& locator, Incident& incident) {
    const auto before = incident;
    locator.locate(std::span(&incident, 1));
    if (incident.location == before.location && incident.ward_code == before.ward_code) {
        return false;
    }
    transaction.relocate(incident.id, incident.location, incident.ward_code);
    return true;
}

} // namespace

std::string_view to_text(ReviewReason reason) {
    switch (reason) {
    case ReviewReason::ambiguous:
        return "ambiguous";
    case ReviewReason::unmatched:
        return "unmatched";
    case ReviewReason::uncertain:
        return "uncertain";
    case ReviewReason::changed_since_set:
        break;
    }
    return "changed_since_set";
}

std::optional<ReviewReason> review_reason(const Incident& incident, const HandDecision* latest) {
    if (latest && latest->answer != HandAnswer::automatic) {
        return latest->location_hash == hash_of_location(incident.record)
                   ? std::nullopt
                   : std::optional(ReviewReason::changed_since_set);
    }
    const auto& location = incident.location;
    if (location.rule == by_alias) {
        return std::nullopt;
    }
    switch (location.status) {
    case GeocodeStatus::ambiguous:
        return ReviewReason::ambiguous;
    case GeocodeStatus::unmatched:
        return ReviewReason::unmatched;
    case GeocodeStatus::matched:
        return location.score < review_score ? std::optional(ReviewReason::uncertain)
                                             : std::nullopt;
    case GeocodeStatus::area_only:
    case GeocodeStatus::outside:
        break;
    }
    return std::nullopt;
}

std::vector<Candidate> candidates_of(const Incident& incident, const Gazetteer& gazetteer) {
    const bool by_person =
        incident.location.rule == set_by_hand || incident.location.rule == by_alias;
    const auto location =
        by_person ? locate(gazetteer.with_aliases({}), incident.record) : incident.location;
    if (!location.candidates.empty() || location.status != GeocodeStatus::matched) {
        return location.candidates;
    }
    return {{location.matched_text, *location.level, *location.point,
             location.uncertainty_m.value_or(0)}};
}

std::optional<ReviewResult> decide(IncidentStore& store, const Gazetteer& gazetteer,
                                   const ReviewRequest& request) {
    const auto transaction = store.begin();
    auto incident = store.incident(request.incident);
    if (!incident) {
        return std::nullopt;
    }
    const HandDecisions before(store.reviews());
    const auto decision = decision_of(request, *incident);
    const auto keys = touched_texts(decision, before.find(incident->record));
    transaction->add_review(decision);
    const HandDecisions decisions(store.reviews());
    const auto taught = gazetteer.with_aliases(decisions.aliases());
    Locator locator(taught, decisions);
    relocate(*transaction, locator, *incident);
    ReviewResult result;
    if (!keys.empty()) {
        const auto same_text = store.incidents_with_text([&](std::string_view text) {
            return std::find(keys.begin(), keys.end(), alias_key(text)) != keys.end();
        });
        for (auto other : same_text) {
            if (other.id != incident->id && relocate(*transaction, locator, other)) {
                ++result.also_changed;
            }
        }
    }
    result.incident = std::move(*incident);
    result.revision = transaction->commit(true);
    return result;
}

} // namespace hotspots::data
