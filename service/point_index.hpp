// Where the mapped incidents of a snapshot are, by cells of a grid: finds those in a box without a
// look at the others.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "service/bounding_box.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace hotspots::data {
struct Snapshot;
}

namespace hotspots::service {

struct AppContext;

class PointIndex {
public:
    // O(incidents).
    explicit PointIndex(const data::Snapshot& snapshot);

    // Indexes into the snapshot's incidents of those that the box holds, ascending. O(those found +
    // those in the cells along the box's edges + incidents / 64).
    std::vector<std::uint32_t> rows_in(const QueryBox& box) const;

private:
    struct Entry {
        geo::LonLat place;
        std::uint32_t row = 0;
    };
    struct Marks; // rows found so far

    std::size_t column_of(double lon_deg) const;
    std::size_t row_of(double lat_deg) const;
    geo::Box<geo::LonLat> cell_bounds(std::size_t column, std::size_t row) const;
    void mark(Marks& marks, const QueryBox& box, const QueryBox::Side& side) const;

    std::size_t m_incidents = 0;
    geo::Box<geo::LonLat> m_bounds;     // of all entries
    std::size_t m_side = 1;             // cells in each direction
    std::vector<Entry> m_entries;       // by cell, row after row
    std::vector<std::uint32_t> m_begin; // of each cell's entries; one more at the end
};

// The index of the snapshot's revision, made once.
std::shared_ptr<const PointIndex> shared_points(const AppContext& context,
                                                const data::Snapshot& snapshot);

} // namespace hotspots::service
