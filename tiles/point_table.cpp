#include "tiles/point_table.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::tiles {

namespace {

constexpr int world_bits = 32;
constexpr std::uint32_t few_points = 48; // looked at one by one sooner than split

std::uint32_t world_unit(double share) {
    constexpr double units = 4294967296.0;
    return static_cast<std::uint32_t>(std::clamp(std::floor(share * units), 0.0, units - 1));
}

// 0b101 -> 0b10001: a gap after each bit.
std::uint64_t spread(std::uint32_t value) {
    std::uint64_t bits = value;
    bits = (bits | bits << 16U) & 0x0000ffff0000ffff;
    bits = (bits | bits << 8U) & 0x00ff00ff00ff00ff;
    bits = (bits | bits << 4U) & 0x0f0f0f0f0f0f0f0f;
    bits = (bits | bits << 2U) & 0x3333333333333333;
    return (bits | bits << 1U) & 0x5555555555555555;
}

// Half-open, in world units; may reach beyond the world.
struct WorldBox {
    std::int64_t west;
    std::int64_t north;
    std::int64_t east;
    std::int64_t south;

    bool holds(const WorldPoint& point) const {
        return point.x >= west && point.x < east && point.y >= north && point.y < south;
    }
    bool holds(const WorldBox& other) const {
        return other.west >= west && other.east <= east && other.north >= north &&
               other.south <= south;
    }
    bool meets(const WorldBox& other) const {
        return other.west < east && west < other.east && other.north < south && north < other.south;
    }
};

WorldBox box_of(const TileId& tile, int buffer) {
    const std::int64_t size = std::int64_t{1} << (world_bits - tile.zoom);
    const std::int64_t margin = size * buffer / tile_extent;
    const std::int64_t west = tile.x * size;
    const std::int64_t north = tile.y * size;
    return {west - margin, north - margin, west + size + margin, north + size + margin};
}

// A run of points that share the leading bits of their order: those of a square of the quadtree.
struct Square {
    std::uint32_t begin;
    std::uint32_t end;
    int depth;           // the square is 2^(32 - depth) units wide
    std::uint64_t order; // of its north-west corner
    std::int64_t x;
    std::int64_t y;

    std::int64_t size() const { return std::int64_t{1} << (world_bits - depth); }
    WorldBox box() const { return {x, y, x + size(), y + size()}; }
};

class Search {
public:
    Search(std::span<const std::uint64_t> order, std::span<const WorldPoint> places,
           const WorldBox& wanted, std::size_t most, std::vector<std::uint32_t>& found)
        : m_order(order), m_places(places), m_wanted(wanted), m_most(most), m_found(found) {}

    void visit(const Square& square) {
        if (square.begin == square.end || is_full() || !m_wanted.meets(square.box())) {
            return;
        }
        if (m_wanted.holds(square.box())) {
            for (auto i = square.begin; i < square.end && !is_full(); ++i) {
                m_found.push_back(i);
            }
        } else if (square.end - square.begin <= few_points || square.depth == world_bits) {
            look_at_each(square);
        } else {
            split(square);
        }
    }

private:
    bool is_full() const { return m_found.size() > m_most; }

    void look_at_each(const Square& square) {
        for (auto i = square.begin; i < square.end && !is_full(); ++i) {
            if (m_wanted.holds(m_places[i])) {
                m_found.push_back(i);
            }
        }
    }

    void split(const Square& square) {
        const std::int64_t half = square.size() / 2;
        const int bits_below = 2 * (world_bits - square.depth - 1);
        auto begin = square.begin;
        for (std::uint64_t quarter = 0; quarter < 4; ++quarter) {
            const std::uint64_t order = square.order | quarter << bits_below;
            const std::uint64_t last = order | ((std::uint64_t{1} << bits_below) - 1);
            const auto found =
                std::upper_bound(m_order.begin() + begin, m_order.begin() + square.end, last);
            const auto end = static_cast<std::uint32_t>(found - m_order.begin());
            visit({begin, end, square.depth + 1, order, square.x + ((quarter & 1U) != 0 ? half : 0),
                   square.y + ((quarter & 2U) != 0 ? half : 0)});
            begin = end;
        }
    }

    std::span<const std::uint64_t> m_order;
    std::span<const WorldPoint> m_places;
    WorldBox m_wanted;
    std::size_t m_most;
    std::vector<std::uint32_t>& m_found;
};

} // namespace

WorldPoint to_world(const geo::LonLat& point) {
    const auto world = mercator_bounds({0, 0, 0});
    const auto at = to_mercator(point);
    const double width_m = world.max.x_m - world.min.x_m;
    return {world_unit((at.x_m - world.min.x_m) / width_m),
            world_unit((world.max.y_m - at.y_m) / width_m)};
}

std::uint64_t morton(const WorldPoint& point) {
    return spread(point.x) | spread(point.y) << 1U;
}

std::vector<std::uint32_t> PointTable::find(const TileId& tile, int buffer,
                                            std::size_t most) const {
    std::vector<std::uint32_t> found;
    Search(m_order, m_places, box_of(tile, buffer), most, found)
        .visit({0, static_cast<std::uint32_t>(size()), 0, 0, 0, 0});
    return found;
}

} // namespace hotspots::tiles
