// Points that hold records for another reason than that it happened there: a hospital, a custody
// suite, the middle of a ward, 0,0. Found once a snapshot; they make hotspots that are none.
#pragma once

#include "data/record.hpp"
#include "geo/coordinates.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

struct Snapshot;

enum class TrapKind {
    null_coordinates, // values that stand for 'not known': 0, equal values, nines, whole kilometres
    institution,      // hospital, police, prison, court, ambulance station: where it was reported
    area_centroid,    // the middle of a ward, an authority, a postcode sector or district
    shared_postcode,  // a point that more than five postcodes share
    stacked,          // far more than its neighbours explain
};
std::string_view to_text(TrapKind kind);

struct Trap {
    TrapKind kind = TrapKind::stacked;
    // Either may be empty where the values given have no place in that reference system.
    std::optional<geo::BngPoint> point;
    std::optional<geo::LonLat> lon_lat;
    // How the records were placed; empty for null coordinates, which place nothing.
    std::optional<GeocodeLevel> level;
    std::int64_t records = 0; // on the point, or given so
    std::string name;   // what explains it, or is nearest: "Castle", "Euston Street"; or empty
    std::string reason; // in plain words
};

struct TrapSet {
    std::vector<Trap> traps; // most records first
    // Of each incident: the trap that its point lies on (-1 if none or not mapped), and the trap
    // that its given coordinates are (-1 if they are none).
    std::vector<std::int32_t> at;
    std::vector<std::int32_t> given;

    bool on_default_point(std::size_t incident) const { return at[incident] >= 0; }
};

// Each point is flagged once, with the first kind above that fits. Rules: data/quality/README.md.
// O(n log n), n records; about 30 ms for 110,000.
TrapSet find_traps(const Snapshot& snapshot);

// Those that the snapshot was loaded with, or found now where it was made without them.
std::shared_ptr<const TrapSet> traps_of(const Snapshot& snapshot);

// How many of the incidents (indexes into the snapshot) lie on a flagged point.
std::int64_t count_on_default_points(const TrapSet& traps,
                                     std::span<const std::uint32_t> incidents);

} // namespace hotspots::data
