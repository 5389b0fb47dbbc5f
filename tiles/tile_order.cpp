#include "tiles/tile_order.hpp"

#include <utility>

namespace hotspots::tiles {

namespace {

struct CurvePoint {
    std::uint64_t x;
    std::uint64_t y;
};

// Turns a quadrant of the given side so that the curve runs through it as through the whole.
void turn(CurvePoint& at, std::uint64_t side, bool east, bool south) {
    if (south) {
        return;
    }
    if (east) {
        at = {side - 1 - at.x, side - 1 - at.y};
    }
    std::swap(at.x, at.y);
}

std::uint64_t tiles_below(int zoom) { // (4^zoom - 1) / 3
    return ((std::uint64_t{1} << (2 * zoom)) - 1) / 3;
}

} // namespace

std::uint64_t tile_order(const TileId& tile) {
    CurvePoint at{tile.x, tile.y};
    std::uint64_t along = 0;
    for (std::uint64_t side = (std::uint64_t{1} << tile.zoom) / 2; side > 0; side /= 2) {
        const bool east = (at.x & side) != 0;
        const bool south = (at.y & side) != 0;
        const std::uint64_t quarter = east ? (south ? 2 : 3) : (south ? 1 : 0);
        along += side * side * quarter;
        at = {at.x & (side - 1), at.y & (side - 1)};
        turn(at, side, east, south);
    }
    return tiles_below(tile.zoom) + along;
}

std::optional<TileId> tile_of_order(std::uint64_t order) {
    int zoom = 0;
    while (zoom <= max_zoom && order >= tiles_below(zoom + 1)) {
        ++zoom;
    }
    if (zoom > max_zoom) {
        return std::nullopt;
    }
    std::uint64_t along = order - tiles_below(zoom);
    CurvePoint at{0, 0};
    for (std::uint64_t side = 1; side < std::uint64_t{1} << zoom; side *= 2, along /= 4) {
        const std::uint64_t quarter = along % 4;
        const bool east = quarter >= 2;
        const bool south = quarter == 1 || quarter == 2;
        turn(at, side, east, south);
        at = {at.x + (east ? side : 0), at.y + (south ? side : 0)};
    }
    return TileId{zoom, static_cast<std::uint32_t>(at.x), static_cast<std::uint32_t>(at.y)};
}

} // namespace hotspots::tiles
