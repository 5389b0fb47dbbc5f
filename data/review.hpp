// A person's hand: which locations need one, and what follows from a decision.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "data/hand_decisions.hpp"
#include "data/incident_store.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

enum class ReviewReason {
    ambiguous,         // the text fits several places
    unmatched,         // nothing in it is known
    uncertain,         // matched, but more likely wrong than the rest: below review_score
    changed_since_set, // the source changed text or coordinates after a person had decided
};
std::string_view to_text(ReviewReason reason);

// Three answers in a hundred of this score are wrong (data/geocode/score.hpp). Below it lie names
// with two errors, and such as needed more than the text to be told apart.
inline constexpr double review_score = 0.97;

// Empty where nobody is needed: a good match, a given point, an area, a place elsewhere, or a
// decision that still fits. `latest`: of the record, null if there is none.
std::optional<ReviewReason> review_reason(const Incident& incident, const HandDecision* latest);

// The places that a person may choose from: those that the geocoder finds for the record, whatever
// people said of it or of its text; for a match, that one.
std::vector<Candidate> candidates_of(const Incident& incident, const Gazetteer& gazetteer);

struct ReviewRequest {
    std::int64_t incident = 0; // Incident::id
    HandAnswer answer = HandAnswer::point;
    Location location;   // of `point` and `candidate`: level, point, uncertainty_m, matched_text
    bool teaches = true; // for the same text, unless the record has coordinates of its own
    std::string note;
    std::string decided_by;
};

struct ReviewResult {
    Incident incident;             // as it is now
    std::int64_t also_changed = 0; // other records of the same text that moved with it
    Revision revision;
};

// Takes down the decision and relocates the record and those that share its text, as a new
// revision. `gazetteer`: of the store's present reference data, its aliases do not matter. Empty if
// there is no such incident. Throws StoreError.
std::optional<ReviewResult> decide(IncidentStore& store, const Gazetteer& gazetteer,
                                   const ReviewRequest& request);

} // namespace hotspots::data
