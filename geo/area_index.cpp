#include "geo/geos.hpp"
#include "geo/geos_handles.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::geo {

using namespace geos;

struct AreaIndex::State {
    Context context; // own, so that the index may move to another thread
    std::vector<Geometry> geometries;
    std::vector<Prepared> prepared;
    std::vector<std::size_t> positions; // what the tree's items point to
    Tree tree;
};

AreaIndex::AreaIndex(std::span<const MultiPolygon<BngPoint>> areas)
    : m_state(std::make_unique<State>()) {
    State& state = *m_state;
    const auto handle = state.context.get();
    state.tree = own<Tree>(state.context, GEOSSTRtree_create_r(handle, 10), "indexing areas");
    state.positions.resize(areas.size());
    for (std::size_t i = 0; i < areas.size(); ++i) {
        state.positions[i] = i;
        const auto& geometry = state.geometries.emplace_back(to_geos(state.context, areas[i]));
        state.prepared.push_back(own<Prepared>(state.context, GEOSPrepare_r(handle, geometry.get()),
                                               "preparing an area"));
        if (GEOSisEmpty_r(handle, geometry.get()) == 0) {
            GEOSSTRtree_insert_r(handle, state.tree.get(), geometry.get(), &state.positions[i]);
        }
    }
}

AreaIndex::AreaIndex(AreaIndex&&) noexcept = default;
AreaIndex& AreaIndex::operator=(AreaIndex&&) noexcept = default;
AreaIndex::~AreaIndex() = default;

std::optional<std::size_t> AreaIndex::find(const BngPoint& point) const {
    const Context& context = m_state->context;
    if (!std::isfinite(point.easting_m) || !std::isfinite(point.northing_m)) {
        return std::nullopt;
    }
    const auto place = to_geos(context, point);
    std::vector<std::size_t> candidates;
    const auto add = [](void* item, void* target) {
        static_cast<std::vector<std::size_t>*>(target)->push_back(
            *static_cast<const std::size_t*>(item));
    };
    GEOSSTRtree_query_r(context.get(), m_state->tree.get(), place.get(), add, &candidates);
    std::ranges::sort(candidates);
    for (const auto i : candidates) {
        const char answer =
            GEOSPreparedIntersects_r(context.get(), m_state->prepared[i].get(), place.get());
        if (decided(context, answer, "finding an area")) {
            return i;
        }
    }
    return std::nullopt;
}

} // namespace hotspots::geo
