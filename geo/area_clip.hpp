// Cuts polygons at the boundary of one area, which is prepared once: for many sets of polygons,
// where clip_each (geo/geos.hpp) would prepare it each time.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <memory>

namespace hotspots::geo {

// May move to another thread, but serves one at a time: GEOS builds its trees on the first
// question.
class AreaClip {
public:
    // Throws GeometryError as the functions of geo/geos.hpp do. Precondition: valid polygons.
    explicit AreaClip(const MultiPolygon<BngPoint>& area);
    AreaClip(AreaClip&&) noexcept;
    AreaClip& operator=(AreaClip&&) noexcept;
    ~AreaClip();

    // What clip_each gives for the polygon: empty where nothing of it is in the area, and as it is
    // where all is.
    MultiPolygon<BngPoint> clip(const Polygon<BngPoint>& polygon) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hotspots::geo
