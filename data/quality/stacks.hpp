// The distinct points of a snapshot's mapped records, with how many records lie on each: what
// suspicious points are looked for among.
#pragma once

#include "data/snapshot.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::data {

// Mapped records of one level whose points round to the same metre.
struct Stack {
    geo::BngPoint point; // of its first record
    GeocodeLevel level = GeocodeLevel::given;
    float uncertainty_m = 0;                  // of its first record
    std::span<const std::uint32_t> incidents; // indexes into the snapshot, ascending
    // Of them, those that the snapshot's default scope does not put out: shoplifting at a shop is
    // no sign of a default point for violence.
    std::int64_t counted = 0;

    std::int64_t records() const { return static_cast<std::int64_t>(incidents.size()); }
};

// Fewer records at a point are no stack.
inline constexpr std::int64_t least_stack = 5;

class Stacks {
public:
    // O(n log n), n records. Keeps no reference to the snapshot.
    explicit Stacks(const Snapshot& snapshot);
    Stacks(const Stacks&) = delete;
    Stacks& operator=(const Stacks&) = delete;

    // By level, then easting and northing.
    const std::vector<Stack>& all() const { return m_stacks; }

private:
    std::vector<std::uint32_t> m_order; // indexes of incidents, stack after stack
    std::vector<Stack> m_stacks;        // point into m_order
};

// True where nothing but coordinates says where the point is: it could have been anywhere, so that
// records on one and the same need a reason. A text that names a street has the street's one point.
bool has_free_point(const Stack& stack);

// The same for a point that came with the record or its text, exactly: not one of the publisher's
// list, of which some lie near the middle of something by chance.
bool has_written_point(const Stack& stack);

} // namespace hotspots::data
