#include "data/quality/stacked.hpp"

#include "data/quality/point_grid.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace hotspots::data {

namespace {

// Stacks that are compared with each other.
struct Peers {
    std::vector<std::uint32_t> stacks; // indexes
    std::vector<geo::BngPoint> points;
    std::vector<std::int64_t> counts;
};

std::map<std::pair<GeocodeLevel, float>, Peers> peers_of(const Stacks& stacks) {
    std::map<std::pair<GeocodeLevel, float>, Peers> all;
    for (std::uint32_t i = 0; i < stacks.all().size(); ++i) {
        const auto& stack = stacks.all()[i];
        if (has_free_point(stack) && stack.counted > 0) {
            auto& peers = all[{stack.level, stack.uncertainty_m}];
            peers.stacks.push_back(i);
            peers.points.push_back(stack.point);
            peers.counts.push_back(stack.counted);
        }
    }
    return all;
}

// What the neighbours explain; empty where there are too few of them.
std::optional<std::int64_t> explained_by_neighbours(const Peers& peers, const PointGrid& grid,
                                                    std::uint32_t self, const StackedRule& rule) {
    std::vector<std::int64_t> counts;
    for (const auto& near : grid.nearest(peers.points[self], rule.neighbours + 1, rule.reach_m)) {
        if (near.index != self) {
            counts.push_back(peers.counts[near.index]);
        }
    }
    if (counts.size() < std::max(rule.least_neighbours, rule.left_out + 1)) {
        return std::nullopt;
    }
    const auto at = counts.begin() + static_cast<std::ptrdiff_t>(rule.left_out);
    std::nth_element(counts.begin(), at, counts.end(), std::greater<>());
    return *at;
}

std::optional<Stacked> judge(const Peers& peers, const PointGrid& grid, std::uint32_t self,
                             const StackedRule& rule) {
    Stacked stacked{peers.stacks[self], peers.counts[self], 0, 0, 0};
    for (const auto& near : grid.within(peers.points[self], rule.around_m)) {
        if (near.index != self) {
            stacked.around += peers.counts[near.index];
            ++stacked.points_around;
        }
    }
    if (stacked.counted < stacked.around) {
        return std::nullopt;
    }
    const auto neighbour = explained_by_neighbours(peers, grid, self, rule);
    stacked.neighbour = neighbour.value_or(0);
    const bool beyond = neighbour && static_cast<double>(stacked.counted) >=
                                         rule.times * static_cast<double>(*neighbour);
    return beyond ? std::optional(stacked) : std::nullopt;
}

} // namespace

std::vector<Stacked> find_stacked(const Stacks& stacks, const StackedRule& rule) {
    std::vector<Stacked> found;
    for (const auto& [kind, peers] : peers_of(stacks)) {
        std::optional<PointGrid> grid; // made only where a point may be one
        for (std::uint32_t i = 0; i < peers.counts.size(); ++i) {
            if (peers.counts[i] < rule.least_records) {
                continue;
            }
            if (!grid) {
                grid.emplace(peers.points, rule.around_m);
            }
            if (const auto stacked = judge(peers, *grid, i, rule)) {
                found.push_back(*stacked);
            }
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Stacked& a, const Stacked& b) { return a.stack < b.stack; });
    return found;
}

} // namespace hotspots::data
