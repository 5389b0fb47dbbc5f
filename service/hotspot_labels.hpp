// Names for hotspots that an officer finds on foot: the nearest street, and the ward.
#pragma once

#include "data/snapshot.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

// Labels the hotspots of one result, in the order of their rank.
class HotspotLabels {
public:
    // The snapshot outlives it.
    explicit HotspotLabels(const data::Snapshot& snapshot);

    // The names of the wards that the outline overlaps, those with most of its incidents first,
    // then by name. `incidents` are indexes into the snapshot.
    std::vector<std::string> wards_touched(const geo::MultiPolygon<geo::BngPoint>& outline,
                                           std::span<const std::uint32_t> incidents) const;

    // 'Granby Street, Castle': the street nearest to the peak within 400 m, else the nearest name
    // of any kind within a kilometre, and the ward that holds the peak or, where none does, the
    // first of `wards`. A label that was given before takes the next nearest name in, too ('Granby
    // Street / Halford Street, Castle'), and a number when names run out. O(places).
    std::string next(const geo::BngPoint& peak, std::span<const std::string> wards);

private:
    std::vector<std::string_view> names_near(const geo::BngPoint& peak) const;
    std::string unused(const std::vector<std::string_view>& names, const std::string& ward) const;

    const data::Snapshot& m_snapshot;
    std::vector<geo::Box<geo::BngPoint>> m_ward_bounds;
    std::set<std::string, std::less<>> m_used;
};

} // namespace hotspots::service
