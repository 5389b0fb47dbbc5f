// Points with properties, ordered so that those of any tile lie together: made once from a
// collection, then read for tile after tile by any number of threads. Between the points of a
// snapshot and mvt_points.hpp.
#pragma once

#include "geo/coordinates.hpp"
#include "tiles/tile.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

// A place in Web Mercator's square: 2^32 units across (9 mm at the equator), x from the west, y
// from the north. The tile that holds a point, and its unit within it, are leading bits.
struct WorldPoint {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    friend bool operator==(const WorldPoint&, const WorldPoint&) = default;
};

// Beyond the square: its nearest edge. Precondition: finite.
WorldPoint to_world(const geo::LonLat& point);

// The bits of x and y in turn (Morton's order): points of a square of 2^n units, aligned to its
// own size, are a run.
std::uint64_t morton(const WorldPoint& point);

// Immutable. A position is a point's place in Morton's order, below size().
class PointTable {
public:
    static constexpr std::uint32_t null = 0; // the code of a property that is not known

    std::size_t size() const { return m_places.size(); }
    const std::vector<std::string>& names() const { return m_names; }
    const WorldPoint& place(std::uint32_t position) const { return m_places[position]; }
    std::uint64_t order(std::uint32_t position) const { return m_order[position]; }
    std::uint64_t id(std::uint32_t position) const { return m_ids[position]; }
    // The number that whoever made the table gave the point.
    std::uint32_t row(std::uint32_t position) const { return m_rows[position]; }
    // A code for each name: equal values have equal codes.
    std::span<const std::uint32_t> codes(std::uint32_t position) const {
        return {m_codes.data() + position * m_names.size(), m_names.size()};
    }
    // How many codes there are, null among them.
    std::size_t code_count() const { return m_value_ends.size(); }
    // The value as a field `values` of a layer: tag, length and Value message. Precondition: not
    // null.
    std::string_view value_field(std::uint32_t code) const {
        const auto begin = m_value_ends[code - 1];
        return std::string_view(m_values).substr(begin, m_value_ends[code] - begin);
    }

    // The positions, ascending, of the points in the tile and `buffer` of its units around it.
    // Gives up once there are more than `most`: then has one more than that.
    std::vector<std::uint32_t>
    find(const TileId& tile, int buffer,
         std::size_t most = std::numeric_limits<std::uint32_t>::max()) const;

private:
    friend class PointTableBuilder;
    std::vector<std::string> m_names;
    std::vector<std::uint64_t> m_order; // ascending
    std::vector<WorldPoint> m_places;
    std::vector<std::uint64_t> m_ids;
    std::vector<std::uint32_t> m_rows;
    std::vector<std::uint32_t> m_codes; // names a point
    std::string m_values;
    std::vector<std::size_t> m_value_ends{0}; // by code
};

} // namespace hotspots::tiles
