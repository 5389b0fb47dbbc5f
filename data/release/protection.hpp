// Mends what the attack finds: hides further cells until every hidden one is safe.
#pragma once

#include "data/errors.hpp"
#include "data/release/attack.hpp"

#include <cstddef>
#include <vector>

namespace hotspots::data {

// A cell stays unsafe, whatever is hidden: no release is made.
class UnsafeRelease : public DataError {
public:
    using DataError::DataError;
};

struct Addition {
    std::size_t hidden = 0; // index of a cell
    std::size_t protects = 0;
    CountRange narrowed; // to which an intruder would have narrowed that one
};

// Makes every hidden cell of the system safe. Of what linear programming names as the reason why a
// cell is not, the least informative figure is hidden: wards before authorities before the whole,
// small counts before great ones, zeros last. Throws UnsafeRelease naming the cell.
std::vector<Addition> protect(TableSystem& system, const ReleaseProgress& progress);

} // namespace hotspots::data
