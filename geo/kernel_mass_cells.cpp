// The kernel's mass inside a window at the centres of cells (declared in geo/kernel_mass.hpp).
#include "geo/kernel_mass.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

namespace hotspots::geo {

std::vector<std::uint8_t> KernelMass::near_boundary(const GridSpec& grid, double reach_m) const {
    std::vector<std::uint8_t> marks(grid.size());
    const auto index = [&](double position_m, double origin_m, int count) {
        const double cells = std::floor((position_m - origin_m) / grid.cell_m);
        return static_cast<int>(std::clamp(cells, 0.0, static_cast<double>(count)));
    };
    const double wide_m = reach_m + grid.cell_m;
    for (const auto& piece : m_pieces) {
        const auto [west_m, east_m] = std::minmax(piece.from.easting_m, piece.to.easting_m);
        const auto [south_m, north_m] = std::minmax(piece.from.northing_m, piece.to.northing_m);
        const int first = index(west_m - wide_m, grid.south_west.easting_m, grid.columns);
        const int last = index(east_m + wide_m, grid.south_west.easting_m, grid.columns);
        const int top = index(north_m + wide_m, grid.south_west.northing_m, grid.rows);
        for (int row = index(south_m - wide_m, grid.south_west.northing_m, grid.rows); row < top;
             ++row) {
            const auto begin = marks.begin() + static_cast<std::ptrdiff_t>(grid.offset({0, row}));
            std::fill(begin + first, begin + last, std::uint8_t{1});
        }
    }
    return marks;
}

template <class Bandwidth>
std::vector<double> KernelMass::masses(const GridSpec& grid, std::span<const std::uint8_t> wanted,
                                       Kernel kernel, double widest_m, const Bandwidth& bandwidth_m,
                                       int threads) const {
    if (wanted.size() != grid.size()) {
        throw std::invalid_argument("kernel mass: " + std::to_string(wanted.size()) +
                                    " marks, must be one for each of the grid's " +
                                    std::to_string(grid.size()) + " cells");
    }
    const auto near = near_boundary(grid, kernel_reach_m(kernel, widest_m));
    std::vector<double> masses(grid.size());
    const int most = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    for_each_job(grid.rows, threads > 0 ? threads : most, [&](int row) {
        std::optional<double> far; // 1 or 0, the same all along a run of cells away from it
        for (int column = 0; column < grid.columns; ++column) {
            const std::size_t cell = grid.offset({column, row});
            if (near[cell] != 0) {
                far.reset();
            }
            if (wanted[cell] == 0) {
                continue;
            }
            const BngPoint centre = grid.centre({column, row});
            if (near[cell] != 0) {
                masses[cell] = at(centre, kernel, bandwidth_m(cell));
                continue;
            }
            far = far ? far : inside(centre) ? 1 : 0;
            masses[cell] = *far;
        }
    });
    return masses;
}

std::vector<double> KernelMass::at_centres(const GridSpec& grid,
                                           std::span<const std::uint8_t> wanted, Kernel kernel,
                                           double bandwidth_m, int threads) const {
    return masses(
        grid, wanted, kernel, bandwidth_m, [&](std::size_t) { return bandwidth_m; }, threads);
}

std::vector<double> KernelMass::at_centres(const GridSpec& grid,
                                           std::span<const std::uint8_t> wanted, Kernel kernel,
                                           std::span<const double> bandwidths_m,
                                           int threads) const {
    if (bandwidths_m.size() != grid.size()) {
        throw std::invalid_argument("kernel mass: " + std::to_string(bandwidths_m.size()) +
                                    " bandwidths, must be one for each of the grid's " +
                                    std::to_string(grid.size()) + " cells");
    }
    const double widest_m = bandwidths_m.empty() ? 0 : *std::ranges::max_element(bandwidths_m);
    return masses(
        grid, wanted, kernel, widest_m, [&](std::size_t cell) { return bandwidths_m[cell]; },
        threads);
}

} // namespace hotspots::geo
