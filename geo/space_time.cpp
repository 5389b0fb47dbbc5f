#include "geo/space_time.hpp"

#include "geo/false_discovery.hpp"
#include "geo/local_statistics.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace hotspots::geo {

namespace {

struct SlicedField {
    const CellLattice& lattice;
    std::span<const std::uint8_t> in_area;
    const Neighbourhood& neighbourhood;

    // What the cell and its neighbours in the study area hold.
    std::uint32_t around(std::span<const std::uint32_t> counts, std::size_t offset) const {
        const auto cell = lattice.cell(offset);
        // A lattice's first row is even.
        const auto& runs = neighbourhood.of_row[cell.row % 2 == 0 ? 0 : 1];
        std::uint32_t sum = 0;
        for (const auto& run : runs) {
            const int row = cell.row + run.row;
            const int first = std::max(cell.column + run.first, 0);
            const int last = std::min(cell.column + run.last, lattice.columns - 1);
            for (int column = first; row >= 0 && row < lattice.rows && column <= last; ++column) {
                const auto i = lattice.offset({column, row});
                sum += in_area[i] != 0 ? counts[i] : 0;
            }
        }
        return sum;
    }
};

// The points of each slice, one slice after the other.
std::vector<std::vector<BngPoint>> by_slice(std::span<const BngPoint> points,
                                            std::span<const std::uint16_t> slice,
                                            std::uint16_t slices) {
    if (points.size() != slice.size()) {
        throw std::invalid_argument("space-time: " + std::to_string(slice.size()) +
                                    " slices are given, must be one a point");
    }
    std::vector<std::vector<BngPoint>> sliced(slices);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (slice[i] >= slices) {
            throw std::invalid_argument("space-time: a point's slice is " +
                                        std::to_string(slice[i]) + ", must be below " +
                                        std::to_string(slices));
        }
        sliced[slice[i]].push_back(points[i]);
    }
    return sliced;
}

// Offsets of the cells that are hot, ascending.
std::vector<std::uint32_t> hot_cells(const SlicedField& field,
                                     std::span<const std::uint32_t> counts,
                                     const SpaceTimeRule& rule) {
    const auto z = gi_star(field.lattice, field.in_area, counts, field.neighbourhood);
    std::vector<double> p;
    std::vector<std::uint32_t> offsets;
    for (std::uint32_t i = 0; i < z.size(); ++i) {
        if (field.in_area[i] != 0) {
            p.push_back(upper_tail_p(z[i]));
            offsets.push_back(i);
        }
    }
    const auto found = discoveries(p, rule.false_discovery_rate);
    std::vector<std::uint32_t> hot;
    for (std::size_t k = 0; k < offsets.size(); ++k) {
        if (found[k] != 0 && field.around(counts, offsets[k]) >= rule.least_points) {
            hot.push_back(offsets[k]);
        }
    }
    return hot;
}

std::vector<SpaceTimeCell> cells_of(const std::vector<std::vector<std::uint32_t>>& hot) {
    std::vector<std::uint32_t> offsets;
    for (const auto& slice : hot) {
        offsets.insert(offsets.end(), slice.begin(), slice.end());
    }
    std::ranges::sort(offsets);
    offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
    std::vector<SpaceTimeCell> cells(offsets.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].offset = offsets[i];
        for (const auto& slice : hot) {
            cells[i].hot.push_back(std::ranges::binary_search(slice, offsets[i]) ? 1 : 0);
        }
    }
    return cells;
}

void judge(std::vector<SpaceTimeCell>& cells, double rate) {
    std::vector<double> p;
    for (auto& cell : cells) {
        stop_if_asked();
        const std::vector<double> series(cell.around.begin(), cell.around.end());
        cell.trend = mann_kendall(series);
        p.push_back(cell.trend.p);
    }
    const auto significant = discoveries(p, rate);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].trend_significant = significant[i] != 0;
        cells[i].pattern =
            pattern_of(cells[i].hot, cells[i].trend_significant && cells[i].trend.s < 0);
    }
}

} // namespace

SpaceTimePattern pattern_of(std::span<const std::uint8_t> hot, bool falls) {
    const auto slices = hot.size();
    const auto newest = (slices + 3) / 4;
    const auto times = static_cast<std::size_t>(std::ranges::count(hot, 1));
    const bool before = std::ranges::count(hot.first(slices - newest), 1) > 0;
    if (times < 2) {
        return SpaceTimePattern::none;
    }
    if (!before) {
        return SpaceTimePattern::newly_hot;
    }
    if (falls && 4 * times >= slices) {
        return SpaceTimePattern::fading;
    }
    return 4 * times >= 3 * slices ? SpaceTimePattern::persistent : SpaceTimePattern::sporadic;
}

SpaceTime space_time(const CellLattice& lattice, std::span<const std::uint8_t> in_area,
                     std::span<const BngPoint> points, std::span<const std::uint16_t> slice,
                     std::uint16_t slices, const Neighbourhood& neighbourhood,
                     const SpaceTimeRule& rule) {
    const SlicedField field{lattice, in_area, neighbourhood};
    const auto sliced = by_slice(points, slice, slices);
    SpaceTime result;
    std::vector<std::vector<std::uint32_t>> hot;
    for (const auto& part : sliced) {
        const auto counted = count_in_cells(lattice, in_area, part);
        hot.push_back(hot_cells(field, counted.counts, rule));
        result.hot_cells.push_back(static_cast<std::uint32_t>(hot.back().size()));
        result.in_slice.push_back(static_cast<std::uint32_t>(part.size() - counted.beyond));
        result.beyond += counted.beyond;
    }
    result.cells = cells_of(hot);
    for (const auto& part : sliced) {
        const auto counts = count_in_cells(lattice, in_area, part).counts;
        for (auto& cell : result.cells) {
            stop_if_asked();
            cell.counts.push_back(counts[cell.offset]);
            cell.around.push_back(field.around(counts, cell.offset));
        }
    }
    judge(result.cells, rule.false_discovery_rate);
    return result;
}

} // namespace hotspots::geo
