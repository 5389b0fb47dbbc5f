#include "geo/adaptive_density.hpp"

#include "geo/kernel_profile.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>

namespace hotspots::geo {

namespace {

constexpr int rows_per_job = 16;

// What is added for one place, in the units of the sum.
struct Source {
    BngPoint at;
    double reach_m = 0;
    double per_h2 = 0;
    double peak = 0; // weight times the kernel's peak, per km2
};

std::vector<Source> sources(std::span<const Place> places, std::span<const double> weights,
                            std::span<const double> bandwidths_m, Kernel kernel) {
    std::vector<Source> result;
    result.reserve(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!(weights[i] >= 0) || !std::isfinite(weights[i])) {
            throw std::invalid_argument("adaptive density: weight " + std::to_string(i) + " is " +
                                        std::to_string(weights[i]) +
                                        ", must be zero or more and finite");
        }
        const double h_m = bandwidths_m[i];
        result.push_back({places[i].at, kernel_reach_m(kernel, h_m), 1 / h_m / h_m,
                          weights[i] * kernel_peak_per_km2(kernel, h_m)});
    }
    return result;
}

// First cell whose centre is at or beyond the position; one more or less for rounding is no matter,
// as the kernel is zero there.
int cell_from(double position_m, double origin_m, double cell_m, int count) {
    const double index = std::floor((position_m - origin_m) / cell_m - 0.5);
    return static_cast<int>(std::clamp(index, 0.0, static_cast<double>(count)));
}

// The Gaussian as a product of what the column and the row give: few exponentials a place.
void add_gaussian(const Source& source, const GridSpec& grid, int row, int first, int last,
                  const double* along_row, double* values) {
    const BngPoint start = grid.centre({0, row});
    const double dy = start.northing_m - source.at.northing_m;
    const double factor = source.peak * std::exp(-dy * dy * source.per_h2 / 2);
    for (int column = first; column < last; ++column) {
        const double dx = start.easting_m + column * grid.cell_m - source.at.easting_m;
        const bool reached = (dx * dx + dy * dy) * source.per_h2 < 16;
        values[column] += reached ? factor * along_row[column - first] : 0;
    }
}

template <class Profile>
void add_source(const Source& source, const GridSpec& grid, int first_row, int last_row,
                std::vector<double>& along_row, double* values) {
    const auto& corner = grid.south_west;
    const double x = source.at.easting_m;
    const double y = source.at.northing_m;
    const int south = std::max(
        first_row, cell_from(y - source.reach_m, corner.northing_m, grid.cell_m, grid.rows));
    const int north = std::min(
        last_row, cell_from(y + source.reach_m, corner.northing_m, grid.cell_m, grid.rows) + 2);
    const int west = cell_from(x - source.reach_m, corner.easting_m, grid.cell_m, grid.columns);
    const int east =
        std::min(grid.columns,
                 cell_from(x + source.reach_m, corner.easting_m, grid.cell_m, grid.columns) + 2);
    if (south >= north || west >= east) {
        return;
    }
    if constexpr (Profile::kernel == Kernel::gaussian) {
        along_row.clear();
        for (int column = west; column < east; ++column) {
            const double dx = grid.centre({column, 0}).easting_m - x;
            along_row.push_back(std::exp(-dx * dx * source.per_h2 / 2));
        }
    }
    for (int row = south; row < north; ++row) {
        double* const cells = values + grid.offset({0, row});
        if constexpr (Profile::kernel == Kernel::gaussian) {
            add_gaussian(source, grid, row, west, east, along_row.data(), cells);
            continue;
        }
        const double dy = grid.centre({0, row}).northing_m - y;
        for (int column = west; column < east; ++column) {
            const double dx = grid.centre({column, row}).easting_m - x;
            cells[column] += source.peak * Profile::at((dx * dx + dy * dy) * source.per_h2);
        }
    }
}

} // namespace

double local_bandwidth_m(double bandwidth_m, double pilot_per_km2, double mean_per_km2) {
    const double factor =
        pilot_per_km2 > 0 ? std::sqrt(mean_per_km2 / pilot_per_km2) : widest_bandwidth;
    return bandwidth_m * std::clamp(factor, narrowest_bandwidth, widest_bandwidth);
}

double geometric_mean(std::span<const Place> places, std::span<const double> pilot_per_km2) {
    double logs = 0;
    double points = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        logs += places[i].count * std::log(pilot_per_km2[i]);
        points += places[i].count;
    }
    return points > 0 ? std::exp(logs / points) : 0;
}

std::vector<double> abramson_bandwidths_m(std::span<const Place> places,
                                          std::span<const double> pilot_per_km2,
                                          double bandwidth_m) {
    if (pilot_per_km2.size() != places.size()) {
        throw std::invalid_argument("adaptive density: " + std::to_string(pilot_per_km2.size()) +
                                    " pilot values for " + std::to_string(places.size()) +
                                    " places, must be one for each");
    }
    const double mean = geometric_mean(places, pilot_per_km2);
    std::vector<double> bandwidths;
    bandwidths.reserve(places.size());
    for (const double pilot : pilot_per_km2) {
        bandwidths.push_back(local_bandwidth_m(bandwidth_m, pilot, mean));
    }
    return bandwidths;
}

Raster adaptive_density(std::span<const Place> places, std::span<const double> weights,
                        std::span<const double> bandwidths_m, const GridSpec& grid, Kernel kernel,
                        int threads) {
    if (weights.size() != places.size() || bandwidths_m.size() != places.size()) {
        throw std::invalid_argument("adaptive density: " + std::to_string(weights.size()) +
                                    " weights and " + std::to_string(bandwidths_m.size()) +
                                    " bandwidths for " + std::to_string(places.size()) +
                                    " places, must be one for each");
    }
    const auto all = sources(places, weights, bandwidths_m, kernel);
    Raster raster{grid, std::vector<double>(grid.size())};
    const int most = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int jobs = (grid.rows + rows_per_job - 1) / rows_per_job;
    with_profile(kernel, [&](auto profile) {
        for_each_job(jobs, threads > 0 ? threads : most, [&](int job) {
            const int first = job * rows_per_job;
            const int last = std::min(first + rows_per_job, grid.rows);
            std::vector<double> along_row;
            for (const auto& source : all) {
                add_source<decltype(profile)>(source, grid, first, last, along_row,
                                              raster.values.data());
            }
        });
    });
    return raster;
}

} // namespace hotspots::geo
