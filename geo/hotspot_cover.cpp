#include "geo/hotspot_cover.hpp"

#include <algorithm>

namespace hotspots::geo {

namespace {

constexpr int parts = 4; // of a cell's side

GridSpec finer(const GridSpec& grid) {
    return {grid.south_west, grid.cell_m / parts, grid.columns * parts, grid.rows * parts};
}

std::uint64_t count_cells(std::span<const CellRun> runs) {
    std::uint64_t cells = 0;
    for (const auto& run : runs) {
        cells += static_cast<std::uint64_t>(run.last - run.first);
    }
    return cells;
}

// Both ordered by row, then column, without overlaps.
std::uint64_t count_common(std::span<const CellRun> a, std::span<const CellRun> b) {
    std::uint64_t cells = 0;
    auto x = a.begin();
    auto y = b.begin();
    while (x != a.end() && y != b.end()) {
        if (x->row != y->row) {
            ++(x->row < y->row ? x : y);
            continue;
        }
        const int first = std::max(x->first, y->first);
        const int last = std::min(x->last, y->last);
        cells += static_cast<std::uint64_t>(std::max(0, last - first));
        ++(x->last < y->last ? x : y);
    }
    return cells;
}

} // namespace

HotspotCover::HotspotCover(std::span<const Hotspot> hotspots, const GridSpec& grid)
    : m_fine(finer(grid)) {
    for (const auto& hotspot : hotspots) {
        Target target{bounds(hotspot.outline), cells_in(hotspot.outline, m_fine), 0,
                      hotspot.peak_at};
        target.cells = std::max<std::uint64_t>(count_cells(target.runs), 1);
        m_targets.push_back(std::move(target));
    }
}

bool HotspotCover::may_touch(const Polygon<BngPoint>& polygon) const {
    const auto box = bounds(MultiPolygon<BngPoint>{polygon});
    return std::ranges::any_of(m_targets,
                               [&](const Target& target) { return target.box.intersects(box); });
}

void HotspotCover::add(const Polygon<BngPoint>& polygon, Counts& covered) const {
    const MultiPolygon<BngPoint> whole{polygon};
    const auto box = bounds(whole);
    const auto runs = cells_in(whole, m_fine);
    for (std::size_t i = 0; i < m_targets.size(); ++i) {
        const Target& target = m_targets[i];
        if (!target.box.intersects(box)) {
            continue;
        }
        covered[i] += target.runs.empty() ? (contains(polygon, target.peak_at) ? 1U : 0U)
                                          : count_common(target.runs, runs);
    }
}

bool HotspotCover::half(std::size_t hotspot, const Counts& covered) const {
    return 2 * covered[hotspot] >= m_targets[hotspot].cells;
}

} // namespace hotspots::geo
