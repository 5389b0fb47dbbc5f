// What an intruder knows of releases that were made, read back from their published bytes.
#pragma once

#include "data/release/counts.hpp"
#include "data/release/create_release.hpp"
#include "data/release/document.hpp"
#include "data/release/table_system.hpp"

#include <utility>
#include <vector>

namespace hotspots::tests {

inline data::TableSystem known_of(const std::vector<data::CountedRelease>& releases) {
    data::SystemBuilder builder(releases.back().release.rule);
    for (const auto& entry : releases) {
        const auto published = data::read_release(entry.release.document);
        builder.add(published.number, entry.counts, data::cells_of(published), published.rule);
        builder.add_report(published.report.left_out, published.rule);
    }
    return builder.take();
}

// The lattice with every cell hidden or rounded by itself, and with ward quarters beside it: what a
// release must not be.
inline data::TableSystem careless_system(const data::Snapshot& snapshot,
                                         const data::ScopeColumn& scope) {
    const auto span = data::covered_span(snapshot, scope, std::nullopt, 8).value();
    const auto counts = data::count_records(snapshot, scope, span).counts;
    const auto periods = data::periods_of(span);
    std::vector<data::ReleasedArea> areas;
    std::vector<std::pair<data::CellKey, data::Figure>> cells;
    for (const auto& ward : counts.wards) {
        areas.push_back({data::AreaLevel::ward, ward.code, ward.code, ward.authority});
        for (const auto& quarter : periods.quarters) {
            cells.push_back({{data::AreaLevel::ward, ward.code, quarter}, {}});
        }
    }
    const data::DisclosureRule rule;
    for (const auto& key : data::lattice_cells(areas, periods, rule.categories)) {
        cells.push_back({key, {}});
    }
    for (auto& [key, figure] : cells) {
        figure = {std::nullopt, data::Hiding::added};
    }
    data::SystemBuilder all(rule);
    all.add(1, counts, cells, rule);
    const auto known = all.take();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].second = data::figure_of(known.cells[i].truth, rule);
    }
    data::SystemBuilder builder(rule);
    builder.add(1, counts, cells, rule);
    return builder.take();
}

} // namespace hotspots::tests
