// Commands of a feature's geometry: MVT 2.1, 4.3.
#include "geo/geos.hpp"
#include "tiles/mvt_check.hpp"
#include "tiles/tile_shape.hpp"
#include "tiles/wire_reader.hpp"

#include <algorithm>

namespace hotspots::tiles {

namespace {

constexpr std::uint32_t move_to = 1;
constexpr std::uint32_t line_to = 2;
constexpr std::uint32_t close_path = 7;

constexpr std::uint32_t point_geometry = 1;
constexpr std::uint32_t line_geometry = 2;

[[noreturn]] void refuse(const std::string& why) {
    throw WireFault("a geometry: " + why);
}

class CommandReader {
public:
    CommandReader(const std::vector<std::uint32_t>& codes, MvtStrictness strictness)
        : m_codes(codes), m_own(strictness == MvtStrictness::own) {}

    bool done() const { return m_at == m_codes.size(); }

    // The count of the command, which must be `wanted`.
    std::uint32_t command(std::uint32_t wanted) {
        if (done()) {
            refuse("it ends where command " + std::to_string(wanted) + " must be");
        }
        const std::uint32_t command = m_codes[m_at] & 7U;
        const std::uint32_t count = m_codes[m_at] >> 3U;
        ++m_at;
        if (command != wanted) {
            refuse("command " + std::to_string(command) + " where " + std::to_string(wanted) +
                   " must be");
        }
        if (count == 0) {
            refuse("command " + std::to_string(command) + " no times");
        }
        return count;
    }

    // The points of a command with this count.
    std::vector<TilePoint> points(std::uint32_t count) {
        if (count > (m_codes.size() - m_at) / 2) {
            refuse("it ends before a command's " + std::to_string(count) + " points");
        }
        std::vector<TilePoint> points(count);
        for (auto& point : points) {
            m_cursor =
                point = {moved(m_cursor.x, m_codes[m_at]), moved(m_cursor.y, m_codes[m_at + 1])};
            m_at += 2;
            if (m_own && !is_drawn(point)) {
                refuse("a point beyond the tile's buffer, at " + std::to_string(point.x) + ", " +
                       std::to_string(point.y));
            }
        }
        return points;
    }

private:
    // Sums beyond 32 bits wrap, as decoders in use do.
    static std::int32_t moved(std::int32_t from, std::uint32_t zigzag) {
        const std::uint32_t step = zigzag >> 1U ^ (0U - (zigzag & 1U));
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(from) + step);
    }
    static bool is_drawn(const TilePoint& point) {
        const auto within = [](std::int32_t value) {
            return value >= -tile_buffer && value <= tile_extent + tile_buffer;
        };
        return within(point.x) && within(point.y);
    }

    const std::vector<std::uint32_t>& m_codes;
    bool m_own;
    std::size_t m_at = 0;
    TilePoint m_cursor;
};

// The points of a path after a single MoveTo, none of which stays where it is.
TileRing read_path(CommandReader& reader, std::uint32_t least) {
    if (reader.command(move_to) != 1) {
        refuse("a path that begins at more than one point");
    }
    auto path = reader.points(1);
    const auto count = reader.command(line_to);
    if (count < least) {
        refuse("a path of " + std::to_string(count) + " lines, where at least " +
               std::to_string(least) + " must be");
    }
    for (const auto& point : reader.points(count)) {
        if (point == path.back()) {
            refuse("a line of no length");
        }
        path.push_back(point);
    }
    return path;
}

geo::Ring<geo::MercatorPoint> planar_ring(const TileRing& ring) {
    geo::Ring<geo::MercatorPoint> planar;
    for (const auto& point : ring) {
        planar.push_back({static_cast<double>(point.x), static_cast<double>(point.y)});
    }
    planar.push_back(planar.front());
    return planar;
}

// Twice the surveyor's area. Exact for all but absurd coordinates, which have no 64-bit one.
long double signed_area(const TileRing& ring) {
    long double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        sum += static_cast<long double>(a.x) * b.y - static_cast<long double>(b.x) * a.y;
    }
    return sum;
}

void check_polygon(CommandReader& reader, bool own) {
    geo::MultiPolygon<geo::MercatorPoint> polygons;
    while (!reader.done()) {
        const auto ring = read_path(reader, 2);
        if (reader.command(close_path) != 1) {
            refuse("a ring that is closed more than once");
        }
        const auto area = signed_area(ring);
        if (area == 0) {
            refuse("a ring without area");
        }
        if (area > 0) {
            polygons.push_back({planar_ring(ring), {}});
        } else if (polygons.empty()) {
            refuse("a hole before any outline");
        } else {
            polygons.back().holes.push_back(planar_ring(ring));
        }
        if (own && ring.front() == ring.back()) {
            refuse("a ring that repeats its first point");
        }
    }
    if (own && !geo::is_valid(polygons)) {
        refuse("polygons that touch or cross themselves or each other");
    }
}

} // namespace

void check_mvt_geometry(std::uint32_t type, const std::vector<std::uint32_t>& codes,
                        MvtStrictness strictness) {
    CommandReader reader(codes, strictness);
    if (reader.done()) {
        refuse("it is empty");
    }
    if (type == point_geometry) {
        reader.points(reader.command(move_to));
        if (!reader.done()) {
            refuse("a point that goes on after its command");
        }
    } else if (type == line_geometry) {
        while (!reader.done()) {
            read_path(reader, 1);
        }
    } else {
        check_polygon(reader, strictness == MvtStrictness::own);
    }
}

} // namespace hotspots::tiles
