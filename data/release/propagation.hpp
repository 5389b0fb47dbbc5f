// Bound propagation: what each row of a system, by itself, says of each of its variables, again and
// again until nothing changes. Cheap, and exact for what is zero; linear programming does the rest.
#pragma once

#include "data/release/table_system.hpp"

#include <vector>

namespace hotspots::data {

// A range for each variable, which holds its truth.
std::vector<CountRange> propagate(const TableSystem& system);

// What the ranges of its variables leave for a sum.
CountRange range_of(const Terms& terms, const std::vector<CountRange>& ranges);

} // namespace hotspots::data
