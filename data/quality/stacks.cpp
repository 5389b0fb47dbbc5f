#include "data/quality/stacks.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hotspots::data {

namespace {

// Level, easting and northing in metres: the National Grid's fit into 20 and 21 bits.
std::uint64_t key_of(const geo::BngPoint& point, GeocodeLevel level) {
    const auto metres = [](double value) {
        return static_cast<std::uint64_t>(std::llround(std::clamp(value, 0.0, 2'000'000.0)));
    };
    return (static_cast<std::uint64_t>(level) << 42) | (metres(point.easting_m) << 21) |
           metres(point.northing_m);
}

using Keyed = std::pair<std::uint64_t, std::uint32_t>;

std::vector<Keyed> keys_of_mapped(const Snapshot& snapshot) {
    std::vector<Keyed> keys;
    keys.reserve(snapshot.incidents.size());
    for (std::uint32_t i = 0; i < snapshot.incidents.size(); ++i) {
        if (snapshot.columns.mapped[i] != 0) {
            const auto level = snapshot.incidents[i].location.level;
            keys.emplace_back(
                key_of(snapshot.columns.point[i], level.value_or(GeocodeLevel::given)), i);
        }
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

// The decisions that say what counts; null where the snapshot has none.
const ScopeColumn* default_decisions(const Snapshot& snapshot) {
    const auto found =
        std::find_if(snapshot.scopes.begin(), snapshot.scopes.end(), [&](const auto& column) {
            return column.profile->name() == snapshot.default_scope;
        });
    return found == snapshot.scopes.end() ? nullptr : &*found;
}

} // namespace

Stacks::Stacks(const Snapshot& snapshot) {
    const auto keys = keys_of_mapped(snapshot);
    const auto* decisions = default_decisions(snapshot);
    m_order.reserve(keys.size());
    for (const auto& [key, incident] : keys) {
        m_order.push_back(incident);
    }
    for (std::size_t first = 0; first < keys.size();) {
        auto last = first;
        std::int64_t counted = 0;
        for (; last < keys.size() && keys[last].first == keys[first].first; ++last) {
            counted +=
                !decisions || decisions->decisions[keys[last].second].decision != Decision::out;
        }
        const auto incident = m_order[first];
        const auto level = static_cast<GeocodeLevel>(keys[first].first >> 42);
        m_stacks.push_back({snapshot.columns.point[incident], level,
                            snapshot.columns.uncertainty_m[incident],
                            std::span(m_order).subspan(first, last - first), counted});
        first = last;
    }
}

bool has_free_point(const Stack& stack) {
    return has_written_point(stack) || stack.level == GeocodeLevel::snapped;
}

bool has_written_point(const Stack& stack) {
    return stack.level == GeocodeLevel::given || stack.level == GeocodeLevel::grid_ref;
}

} // namespace hotspots::data
