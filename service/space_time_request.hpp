// Space-time patterns of cells: parameters -> incidents by slice of time -> geo/space_time.
#pragma once

#include "geo/space_time.hpp"
#include "service/analysis.hpp"
#include "service/time_slices.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

inline constexpr std::size_t least_slices = 8; // below it the trend test means nothing
inline constexpr std::size_t most_slices = 520;

struct SpaceTimeParameters {
    AnalysisParameters cells; // filters, cell, shape
    SliceLength length = SliceLength::month;
    std::int64_t limit = 100; // cells of a page
    std::int64_t offset = 0;  // cells before it

    std::string own_query() const; // its own parameters but those of the page, as a query
};

// Filters, `cell`, `shape`, `slices`, `limit`, `offset` and `f`. Throws Problem.
SpaceTimeParameters read_space_time(const std::vector<QueryParameter>& query,
                                    const data::Snapshot& snapshot);

// What is told apart by time, ready to be computed.
struct SpaceTimeEvents {
    Selection selection;
    std::vector<TimeSlice> slices;
    std::vector<std::string>
        without_record; // labels of the slices that it does not cover: left out
    geo::CellLattice lattice;
    std::vector<geo::BngPoint> points;
    std::vector<std::uint16_t> slice;   // of each point
    std::int64_t time_too_coarse = 0;   // mapped, but may belong to several slices: left out
    std::int64_t in_no_slice = 0;       // mapped, in the part of the period that no slice fills
    std::int64_t on_default_points = 0; // of those taken; see HotspotResult
};

// Throws Problem 409 where no wards are loaded, fewer than least_slices slices are covered by the
// record, or incidents are selected but none is known to a slice; 400 for a period of fewer than
// least_slices or more than most_slices whole slices, and for too many cells.
SpaceTimeEvents space_time_events(const data::Snapshot& snapshot,
                                  const SpaceTimeParameters& parameters);

// new, persistent, fading, sporadic, none
std::string_view to_text(geo::SpaceTimePattern pattern);

} // namespace hotspots::service
