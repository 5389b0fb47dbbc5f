// Single properties of incidents, read straight from the snapshot: a filter looks at every record,
// and making each a feature would cost ten times as much.
#pragma once

#include "data/snapshot.hpp"
#include "service/filter/value.hpp"

#include <string_view>

namespace hotspots::service {

// A property of the collection `incidents`, or `geometry`; its values are those of the feature.
// Refers to the snapshot and the scope column, which outlive it. Throws std::logic_error for
// another name.
filter::Column incident_column(const data::Snapshot& snapshot, const data::ScopeColumn& scope,
                               std::string_view name);

// How exactly a time is known: month, day or exact.
std::string_view precision_word(data::TimePrecision precision);

} // namespace hotspots::service
