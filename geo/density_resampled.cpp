#include "geo/density_resampled.hpp"

#include "geo/density_rows.hpp"
#include "geo/simd.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>

namespace hotspots::geo {

namespace {

constexpr auto no_place = std::numeric_limits<std::uint32_t>::max();

const GridSpec& with_cells(const GridSpec& grid) {
    if (grid.size() == 0) {
        throw std::invalid_argument("density: the grid has no cells, must have at least one");
    }
    return grid;
}

// A point with its cell, and where it came from.
struct Located {
    CellIndex cell;
    BngPoint at;
    std::uint32_t point = 0;

    auto key() const { return std::tuple(cell.row, cell.column, at.easting_m, at.northing_m); }
};

std::vector<Located> locate(std::span<const BngPoint> points, const CellFinder& finder) {
    std::vector<Located> located;
    located.reserve(points.size());
    for (std::uint32_t i = 0; i < points.size(); ++i) {
        const BngPoint& point = points[i];
        if (!std::isfinite(point.easting_m) || !std::isfinite(point.northing_m)) {
            throw std::invalid_argument("density: point " + std::to_string(i) +
                                        " is not finite, must have an easting and a northing");
        }
        if (finder.near(point)) {
            located.push_back({{finder.column(point), finder.row(point)}, point, i});
        }
    }
    std::ranges::sort(located, {}, &Located::key);
    return located;
}

} // namespace

ResampledDensity::ResampledDensity(std::span<const BngPoint> points, const GridSpec& grid,
                                   Kernel kernel, double bandwidth_m)
    : m_plan(plan_scatter(with_cells(grid), kernel, bandwidth_m)),
      m_scatter(scatter_function(kernel, widest_lanes())), m_place_of(points.size(), no_place) {
    sort(points, grid);
    find_reached();
}

void ResampledDensity::sort(std::span<const BngPoint> points, const GridSpec& grid) {
    const CellFinder finder(grid, m_plan.reach / m_plan.unit); // exact: a power of two
    for (const auto& located : locate(points, finder)) {
        const bool same_cell = !m_cells.empty() && m_cells.back().cell == located.cell;
        if (!same_cell) {
            m_cells.push_back({located.cell, m_places.size(), m_places.size()});
        }
        if (!same_cell || m_places.back() != located.at) {
            m_places.push_back(located.at);
            m_cells.back().last = m_places.size();
        }
        m_place_of[located.point] = static_cast<std::uint32_t>(m_places.size() - 1);
    }
}

// The scatter writes whole registers, but beyond the half columns it adds exactly nothing.
void ResampledDensity::find_reached() {
    const GridSpec& grid = m_plan.grid;
    std::vector<std::uint8_t> row_reached(static_cast<std::size_t>(grid.columns));
    auto first_near = m_cells.begin();
    for (int row = 0; row < grid.rows; ++row) {
        std::ranges::fill(row_reached, std::uint8_t{0});
        while (first_near != m_cells.end() && first_near->cell.row < row - m_plan.reach_cells) {
            ++first_near;
        }
        for (auto own = first_near;
             own != m_cells.end() && own->cell.row <= row + m_plan.reach_cells; ++own) {
            const int half =
                m_plan.half_columns[static_cast<std::size_t>(std::abs(own->cell.row - row))];
            const int west = std::max(own->cell.column - half, 0);
            const int east = std::min(own->cell.column + half + 1, grid.columns);
            std::fill(row_reached.begin() + west, row_reached.begin() + east, std::uint8_t{1});
        }
        const std::size_t start = static_cast<std::size_t>(row) * m_plan.stride;
        for (auto at = row_reached.begin(); at != row_reached.end();) {
            const auto begin = std::find(at, row_reached.end(), std::uint8_t{1});
            at = std::find(begin, row_reached.end(), std::uint8_t{0});
            if (begin != at) {
                m_reached.push_back({start + static_cast<std::size_t>(begin - row_reached.begin()),
                                     static_cast<std::size_t>(at - begin)});
            }
        }
    }
}

ResampledDensity::Room::Room(const ResampledDensity& density)
    : m_tables(density.m_plan),
      m_weights(density.m_places.size()), m_raster{
                                              density.m_plan.grid,
                                              std::vector<double>(density.m_plan.grid.size())} {
    const auto& plan = density.m_plan;
    if (plan.stride != static_cast<std::size_t>(plan.grid.columns)) {
        m_values.resize(plan.stride * static_cast<std::size_t>(plan.grid.rows));
    }
}

void ResampledDensity::add_cell(const CellPlaces& own, double* values, Room& room) const {
    SourcePoints& source = room.m_source;
    const RowBand all{0, m_plan.grid.rows};
    source.cell = own.cell;
    source.count = 0;
    for (std::size_t place = own.first; place < own.last; ++place) {
        if (room.m_weights[place] == 0) {
            continue;
        }
        if (source.count == room.m_tables.most_points) {
            m_scatter(m_plan, source, all, room.m_tables, values);
            source.count = 0;
        }
        source.easting_m[source.count] = m_places[place].easting_m;
        source.northing_m[source.count] = m_places[place].northing_m;
        source.weight[source.count] = room.m_weights[place];
        ++source.count;
    }
    if (source.count > 0) {
        m_scatter(m_plan, source, all, room.m_tables, values);
    }
}

const Raster& ResampledDensity::compute(std::span<const std::uint32_t> weights, Room& room) const {
    std::ranges::fill(room.m_weights, 0.0);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (m_place_of[i] != no_place) {
            room.m_weights[m_place_of[i]] += weights[i];
        }
    }
    const bool copies = !room.m_values.empty();
    double* const values = copies ? room.m_values.data() : room.m_raster.values.data();
    for (const auto& span : m_reached) {
        std::fill_n(values + span.first, span.count, 0.0);
    }
    for (const auto& own : m_cells) {
        add_cell(own, values, room);
    }
    if (copies) {
        const auto columns = static_cast<std::size_t>(m_plan.grid.columns);
        for (std::size_t row = 0; row < static_cast<std::size_t>(m_plan.grid.rows); ++row) {
            std::copy_n(values + row * m_plan.stride, columns,
                        room.m_raster.values.data() + row * columns);
        }
    }
    return room.m_raster;
}

} // namespace hotspots::geo
