// The counts that a release is made of, down to the parts that tables add up. Never published; kept
// beside the release, so that the next one can tell what an intruder could learn from both.
//
// What adds up, exactly. A record counts if it is in scope and its point lies in a ward, and in
// each period that holds all of its time. So an authority is the sum of its wards, and the whole of
// all wards. A quarter is the sum of its months and of the records of which only the quarter is
// known; 12 months are the sum of four quarters and of the records that lie across the end of one.
// All is the sum of under 25 and the rest (older, or of unknown age); of the three groups and the
// records without one; of knife and the rest.
#pragma once

#include "data/release/lattice.hpp"
#include "data/snapshot.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::data {

// Records of one kind and one run of whole quarters (by ward) or months (in the whole): the least
// that holds their time.
struct AtomKey {
    enum class Family : std::uint8_t { ward_age, age, group, knife };
    static constexpr int parts(Family family) { return family == Family::group ? 4 : 2; }

    Family family = Family::ward_age;
    std::string ward; // empty but for ward_age
    int first_month = 0;
    int last_month = 0;
    // Ages: 0 under 25, 1 the rest. Groups: in their order, then 3 none. Knife: 0 yes, 1 the rest.
    int part = 0;
    auto operator<=>(const AtomKey&) const = default;
};

struct CountedWard {
    std::string code;
    std::string authority; // code; empty where there is none
};

struct ReleaseCounts {
    ReleaseSpan span;
    std::vector<CountedWard> wards;        // by code
    std::map<AtomKey, std::int64_t> atoms; // those that are not zero
};

// Of records whose time touches the span.
struct LeftOutCounts {
    std::int64_t unmapped = 0;
    std::int64_t outside = 0;
    std::int64_t review = 0;
    std::int64_t without_ward = 0;
    std::int64_t time_too_coarse = 0;
    std::int64_t without_quarter = 0;
    std::int64_t without_month = 0;
    std::int64_t age_unknown = 0;
};

struct CountedRecords {
    ReleaseCounts counts;
    LeftOutCounts left_out;
};

// The quarters that the profile's records cover without a gap, at most those of `most_years` years'
// ends. A quarter is covered if a record begins in it; the newest only if one begins in its last
// week or later, the oldest only if one begins in its first month. Records later than `not_after`
// are mistakes. Empty if fewer than four quarters are covered.
std::optional<ReleaseSpan> covered_span(const Snapshot& snapshot, const ScopeColumn& scope,
                                        std::optional<Instant> not_after, int most_years);

CountedRecords count_records(const Snapshot& snapshot, const ScopeColumn& scope,
                             const ReleaseSpan& span);

} // namespace hotspots::data
