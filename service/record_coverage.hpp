// Where the record does not reach: a month that was never imported is not one without incidents.
#pragma once

#include "data/moment.hpp"
#include "data/record.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotspots::data {
struct Snapshot;
}

namespace hotspots::service {

// London months of [begin, end) that hold no record of the source, or, without one, of any source
// that has records at all, though there should be some (data/quality/coverage.hpp). Ascending.
std::vector<std::chrono::year_month> months_without_record(const data::Snapshot& snapshot,
                                                           std::optional<data::Source> source,
                                                           data::Instant begin, data::Instant end);

// What of a closed period the record lacks, for people; empty where it covers the period.
std::string what_lacks(const data::Snapshot& snapshot, std::optional<data::Source> source,
                       const data::Period& period);

} // namespace hotspots::service
