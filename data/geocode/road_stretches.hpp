// A road known by its number is too long to be one place: it is kept as short stretches, so that
// "A606, Empingham" is what of it lies there. Used when the name index is built.
#pragma once

#include "data/reference/reference.hpp"

#include <vector>

namespace hotspots::data {

// The road's lines cut into pieces of at most 500 m, each with its own middle as `point` and
// without a ward; the road itself where it has no lines. O(vertices).
std::vector<NamedPlace> stretches_of(const NamedPlace& road);

} // namespace hotspots::data
