#include "geo/density_scatter.hpp"
#include "geo/simd.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace hotspots::geo {

namespace {

// Counts for each point those that come before it along a slanted axis, all against all: for so few
// the fastest way to sort, and it moves nothing.
template <int lanes>
HOTSPOTS_INLINE bool rank(const ScatterPlan& plan, SourcePoints& points) {
    using V = typename VectorOf<lanes>::type;
    using Mask = decltype(V{} < V{});
    if (points.count <= 1) {
        points.place[0] = 0;
        return true;
    }
    constexpr double slant = 0.6180339887498949; // no two points of a lattice are level
    const double e0 = plan.eastings[static_cast<std::size_t>(points.cell.column)];
    const double n0 = plan.northings[static_cast<std::size_t>(points.cell.row)];
    double along[most_source_points];
    const std::size_t filled = (points.count + 2 * lanes - 1) / (2 * lanes) * (2 * lanes);
    for (std::size_t i = 0; i < points.count; ++i) {
        along[i] = (points.easting_m[i] - e0) + slant * (points.northing_m[i] - n0);
    }
    for (std::size_t i = points.count; i < filled; ++i) {
        along[i] = 0;
    }
    std::uint64_t taken = 0;
    for (std::size_t first = 0; first < points.count; first += 2 * lanes) {
        V own[2];
        std::memcpy(&own, along + first, sizeof own);
        Mask before[2] = {};
        for (std::size_t i = 0; i < points.count; ++i) {
            before[0] += V{} + along[i] < own[0]; // true is -1
            before[1] += V{} + along[i] < own[1];
        }
        std::int64_t places[std::size_t{2 * lanes}];
        std::memcpy(&places, &before, sizeof before);
        for (std::size_t i = first; i < std::min(first + 2 * lanes, points.count); ++i) {
            points.place[i] = static_cast<std::uint64_t>(-places[i - first]);
            taken |= std::uint64_t{1} << points.place[i];
        }
    }
    return std::popcount(taken) == static_cast<int>(points.count);
}

bool rank2(const ScatterPlan& plan, SourcePoints& points) {
    return rank<2>(plan, points);
}
HOTSPOTS_TARGET("avx2")
bool rank4(const ScatterPlan& plan, SourcePoints& points) {
    return rank<4>(plan, points);
}
HOTSPOTS_TARGET("avx512f")
bool rank8(const ScatterPlan& plan, SourcePoints& points) {
    return rank<8>(plan, points);
}

} // namespace

Rank rank_function(int lanes) {
    return lanes >= 8 ? rank8 : lanes >= 4 ? rank4 : rank2;
}

} // namespace hotspots::geo
