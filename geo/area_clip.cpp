#include "geo/area_clip.hpp"

#include "geo/geos_handles.hpp"

namespace hotspots::geo {

using namespace geos;

struct AreaClip::State {
    Context context; // own, so that it may move to another thread
    Geometry whole;
    Prepared prepared;
};

AreaClip::AreaClip(const MultiPolygon<BngPoint>& area) : m_state(std::make_unique<State>()) {
    State& state = *m_state;
    state.whole = to_geos(state.context, area);
    state.prepared = own<Prepared>(
        state.context, GEOSPrepare_r(state.context.get(), state.whole.get()), "preparing an area");
}

AreaClip::AreaClip(AreaClip&&) noexcept = default;
AreaClip& AreaClip::operator=(AreaClip&&) noexcept = default;
AreaClip::~AreaClip() = default;

MultiPolygon<BngPoint> AreaClip::clip(const Polygon<BngPoint>& polygon) const {
    const Context& context = m_state->context;
    const auto handle = context.get();
    const auto part = to_geos(context, polygon);
    const auto* const prepared = m_state->prepared.get();
    if (decided(context, GEOSPreparedCovers_r(handle, prepared, part.get()), "clipping")) {
        return {polygon};
    }
    MultiPolygon<BngPoint> clipped;
    if (decided(context, GEOSPreparedIntersects_r(handle, prepared, part.get()), "clipping")) {
        const auto common = own<Geometry>(
            context, GEOSIntersection_r(handle, part.get(), m_state->whole.get()), "clipping");
        append_polygons(context, common.get(), clipped);
    }
    return clipped;
}

} // namespace hotspots::geo
