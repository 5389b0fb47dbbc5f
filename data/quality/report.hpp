// How good the record is: hit rates per import, source, authority and month, whether misses depend
// on anything, and which points stand for something else. A pure function of a snapshot.
#pragma once

#include "data/quality/association.hpp"
#include "data/quality/hit_rate.hpp"
#include "data/quality/traps.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

struct QualityGroup {
    std::string key;   // import id, source, authority code, "2025-03"; "not_named"
    std::string label; // for people
    LocationCounts counts;
};

struct Grouping {
    std::string_view name;            // "import", "source", "authority", "month"
    std::string_view rule;            // which group a record belongs to
    std::vector<QualityGroup> groups; // by key
    // Over groups that have a hit rate, and their records that it is taken of.
    std::int64_t groups_with_rate = 0;
    std::int64_t groups_below_gate = 0;
    std::int64_t records_with_rate = 0;
    std::int64_t records_below_gate = 0;
};

// Of the records that a hit rate is taken of: does being missed depend on this?
struct Dependence {
    std::string_view on; // "named_authority", "named_place", "source", "hour", "month"
    Association association;
};

struct TrapUse {
    Trap trap;
    std::int64_t chosen = 0; // of the report's records, on the point or given so; at least 1
};

struct QualityReport {
    LocationCounts all;
    std::vector<Grouping> groupings;
    std::vector<Dependence> dependences;
    std::vector<TrapUse> traps; // most chosen records first
};

// `incidents`: indexes into the snapshot, of the records that the report is about. Precondition:
// `traps` is of this snapshot. O(records), and a reading of each different text (some 10 us).
QualityReport make_quality_report(const Snapshot& snapshot, const TrapSet& traps,
                                  std::span<const std::uint32_t> incidents);

} // namespace hotspots::data
