// Which named streets incidents are on, and how that is known. Streets are what the literature on
// crime concentration counts by (Weisburd 2015, Criminology 53(2)); cells are not.
#pragma once

#include "data/geocode/named_streets.hpp"
#include "data/snapshot.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::data {

struct StreetCount {
    std::uint32_t street = 0; // number in NamedStreets
    std::int64_t incidents = 0;
    std::int64_t by_name = 0; // of those: named in the record; the others by distance
};

struct StreetCounts {
    std::vector<StreetCount> streets; // that hold any: most first, then by label, then by number
    std::int64_t on_streets = 0;
    std::int64_t by_name = 0;       // of those
    std::int64_t several_named = 0; // of those: at a junction, say; counted on the first named
    std::int64_t on_no_street = 0;
    std::int64_t too_uncertain = 0; // of those: name no street, and are known to no better than
                                    // nearest_street_reach_m
};

// Each incident is on one street or on none: on the first that what the geocoder matched, or else
// the record's own text, names and that has a street of that name within named_street_reach_m; else
// on the nearest within nearest_street_reach_m, where the point is certain enough for that.
// `incidents`: indexes into the snapshot of mapped incidents. Reads each different text once.
StreetCounts count_on_streets(const NamedStreets& streets, const Snapshot& snapshot,
                              std::span<const std::uint32_t> incidents);

} // namespace hotspots::data
