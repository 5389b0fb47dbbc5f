// Whether the record reaches over a span of time at all: a month that was never imported is not a
// month in which nothing happened.
#pragma once

#include "data/record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace hotspots::data {

struct Snapshot;

// So many records expected and none found is no luck: e^-10 is 1 in 22,000.
inline constexpr double expected_of_a_gap = 10;

// Of one source, of records of every scope and of any place.
struct Coverage {
    Source source = Source::police;
    std::optional<Instant> first_record; // of all times; empty where there is none
    std::int64_t months = 0;             // London months that the span touches
    // Of those: without a record, though those that have any have at least expected_of_a_gap on
    // average.
    std::vector<std::chrono::year_month> missing;
    // The record begins so long after the span does that expected_of_a_gap records should have come
    // before.
    bool begins_late = false;

    bool complete() const { return missing.empty() && !begins_late; }
};

// Coverage of the span [begin, end) by each source that has a record in the snapshot, in the order
// of Source. Empty where the span holds nothing. O(records x log(months)).
std::vector<Coverage> coverage_of(const Snapshot& snapshot, Instant begin, Instant end);

} // namespace hotspots::data
