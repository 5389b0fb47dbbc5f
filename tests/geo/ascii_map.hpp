// Maps as text: the first line is the northernmost row, each character a cell. '.' is 0, a digit
// itself.
#pragma once

#include "geo/geos.hpp"
#include "geo/grid.hpp"

#include <string>
#include <vector>

namespace hotspots::tests {

using Map = std::vector<std::string>;

inline geo::GridSpec grid_of(const Map& map, double cell_m) {
    return {{0, 0}, cell_m, static_cast<int>(map.front().size()), static_cast<int>(map.size())};
}

inline char at(const Map& map, geo::CellIndex cell) {
    return map[map.size() - 1 - static_cast<std::size_t>(cell.row)]
              [static_cast<std::size_t>(cell.column)];
}

template <class Use>
void for_each_cell(const geo::GridSpec& grid, Use use) {
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            use(geo::CellIndex{column, row});
        }
    }
}

inline geo::Raster raster_of(const Map& map, double cell_m) {
    geo::Raster raster{grid_of(map, cell_m), {}};
    for_each_cell(raster.grid, [&](geo::CellIndex cell) {
        const char c = at(map, cell);
        raster.values.push_back(c == '.' ? 0 : c - '0');
    });
    return raster;
}

// As many points at each cell's centre as its digit says.
inline std::vector<geo::BngPoint> points_of(const Map& map, double cell_m) {
    const auto grid = grid_of(map, cell_m);
    std::vector<geo::BngPoint> points;
    for_each_cell(grid, [&](geo::CellIndex cell) {
        const char c = at(map, cell);
        points.insert(points.end(), c == '.' ? 0U : static_cast<std::size_t>(c - '0'),
                      grid.centre(cell));
    });
    return points;
}

// The grid with a letter where a cell's centre lies in a polygon: 'a' for the first, and so on.
inline Map drawn(const geo::MultiPolygon<geo::BngPoint>& polygons, const geo::GridSpec& grid) {
    std::vector<geo::MultiPolygon<geo::BngPoint>> areas;
    for (const auto& polygon : polygons) {
        areas.push_back({polygon});
    }
    const geo::AreaIndex index(areas);
    Map map(static_cast<std::size_t>(grid.rows),
            std::string(static_cast<std::size_t>(grid.columns), '.'));
    for_each_cell(grid, [&](geo::CellIndex cell) {
        if (const auto area = index.find(grid.centre(cell))) {
            map[map.size() - 1 - static_cast<std::size_t>(cell.row)]
               [static_cast<std::size_t>(cell.column)] = static_cast<char>('a' + *area);
        }
    });
    return map;
}

// A list of one area: std::vector{area} would be a copy of the area's polygons.
inline std::vector<geo::MultiPolygon<geo::BngPoint>>
just(const geo::MultiPolygon<geo::BngPoint>& area) {
    return std::vector<geo::MultiPolygon<geo::BngPoint>>(1, area);
}

inline geo::Polygon<geo::BngPoint> rectangle(double west, double south, double east, double north) {
    return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}};
}

} // namespace hotspots::tests
