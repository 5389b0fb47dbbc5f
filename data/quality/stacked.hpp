// Points that hold far more records than their neighbours explain. A comparison of counts at one
// level with counts of the same level near by, without a distribution: crime counts have none that
// holds everywhere.
#pragma once

#include "data/quality/stacks.hpp"

#include <cstdint>
#include <vector>

namespace hotspots::data {

struct StackedRule {
    std::int64_t least_records = 30;  // below, chance makes such points
    double around_m = 300;            // the point holds at least as many as all others so near …
    std::size_t neighbours = 12;      // … and, among its nearest neighbours (distinct points),
    double reach_m = 3000;            // none further than this
    std::size_t least_neighbours = 5; // (fewer tell nothing),
    std::size_t left_out = 2;         // the two greatest left out, which may be traps themselves,
    double times = 5;                 // so many times what the greatest of the rest holds.
};

struct Stacked {
    std::uint32_t stack = 0; // index
    std::int64_t counted = 0;
    std::int64_t around = 0;        // records of the other points within around_m
    std::int64_t points_around = 0; // and how many points those are
    std::int64_t neighbour = 0;     // the greatest of the rest
};

// Only points that could have been anywhere (has_free_point) are judged, each against others of the
// same level and uncertainty, and only records that count are counted (Stack::counted). By index.
//
// A busy street with its busiest point in the middle is not flagged, for what is around the point
// holds more together; nor is a town centre, nor a lone village. A custody suite, a prison, a
// hospital's ward block is: all about it is quiet.
std::vector<Stacked> find_stacked(const Stacks& stacks, const StackedRule& rule = {});

} // namespace hotspots::data
