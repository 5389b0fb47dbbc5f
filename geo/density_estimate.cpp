#include "geo/density_estimate.hpp"

#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace hotspots::geo {

namespace {

constexpr double least_mass_beyond = 0.05;

Ring<BngPoint> rectangle(const GridSpec& grid, const CellRun& run) {
    const auto corner = [&](int column, int row) {
        return BngPoint{grid.south_west.easting_m + column * grid.cell_m,
                        grid.south_west.northing_m + row * grid.cell_m};
    };
    return {corner(run.first, run.row), corner(run.last, run.row), corner(run.last, run.row + 1),
            corner(run.first, run.row + 1), corner(run.first, run.row)};
}

// The cells whose centres are within `distance_m` of a point, as runs.
std::vector<CellRun> cells_within(std::span<const BngPoint> points, double distance_m,
                                  const GridSpec& grid) {
    const auto range = [&](double position_m, double origin_m, double half_m, int count) {
        const double first = std::ceil((position_m - half_m - origin_m) / grid.cell_m - 0.5);
        const double last = std::floor((position_m + half_m - origin_m) / grid.cell_m - 0.5) + 1;
        const double most = count;
        return std::pair(static_cast<int>(std::clamp(first, 0.0, most)),
                         static_cast<int>(std::clamp(last, 0.0, most)));
    };
    std::vector<CellRun> runs;
    for (const auto& point : points) {
        const auto rows =
            range(point.northing_m, grid.south_west.northing_m, distance_m, grid.rows);
        for (int row = rows.first; row < rows.second; ++row) {
            const double dy = grid.centre({0, row}).northing_m - point.northing_m;
            const double half_m = std::sqrt(std::max(0.0, distance_m * distance_m - dy * dy));
            const auto columns =
                range(point.easting_m, grid.south_west.easting_m, half_m, grid.columns);
            if (columns.first < columns.second) {
                runs.push_back({row, columns.first, columns.second});
            }
        }
    }
    std::ranges::sort(runs, {}, [](const CellRun& run) { return std::pair(run.row, run.first); });
    std::size_t kept = 0;
    for (const auto& run : runs) { // those that touch become one
        if (kept > 0 && runs[kept - 1].row == run.row && run.first <= runs[kept - 1].last) {
            runs[kept - 1].last = std::max(runs[kept - 1].last, run.last);
        } else {
            runs[kept++] = run;
        }
    }
    runs.resize(kept);
    return runs;
}

std::vector<BngPoint> within_reach(const KernelMass& area, std::span<const BngPoint> points,
                                   double reach_m) {
    std::vector<BngPoint> near;
    std::ranges::copy_if(points, std::back_inserter(near),
                         [&](const BngPoint& point) { return area.within(point, reach_m); });
    return near;
}

// The study area and the squares around the points.
MultiPolygon<BngPoint> with_squares(const MultiPolygon<BngPoint>& study_area,
                                    std::span<const BngPoint> near, double bandwidth_m) {
    if (near.empty()) {
        return study_area;
    }
    Box<BngPoint> box;
    std::ranges::for_each(near, [&](const BngPoint& point) { box.extend(point); });
    constexpr double most_squares_a_side = 8192; // of areas no kernel was made for
    const double width_m = box.max.easting_m - box.min.easting_m;
    const double height_m = box.max.northing_m - box.min.northing_m;
    const double side_m =
        std::max(bandwidth_m / 4, std::max(width_m, height_m) / most_squares_a_side);
    const auto grid = grid_covering(box, side_m, bandwidth_m);
    std::vector<MultiPolygon<BngPoint>> parts{study_area};
    for (const auto& run : cells_within(near, bandwidth_m, grid)) {
        parts.push_back({{rectangle(grid, run), {}}});
    }
    return unite<BngPoint>(parts);
}

// What all corrected densities begin with.
struct Complete {
    KernelMass mass;
    std::vector<Place> places; // in the window
};

Complete completed(std::span<const BngPoint> points, std::span<const BngPoint> outside,
                   const MultiPolygon<BngPoint>& study_area, const DensityRule& rule) {
    if (study_area.empty()) {
        throw std::invalid_argument("density: edge correction needs a study area, and it is empty");
    }
    const double reach_m = kernel_reach_m(rule.kernel, rule.bandwidth_m);
    const KernelMass area(study_area, reach_m);
    const auto near = within_reach(area, outside, reach_m);
    Complete result{
        near.empty() ? area : KernelMass(with_squares(study_area, near, rule.bandwidth_m), reach_m),
        {}};
    std::vector<BngPoint> all(points.begin(), points.end());
    all.insert(all.end(), near.begin(), near.end());
    result.places = collapse(all);
    std::erase_if(result.places, [&](const Place& place) { return !result.mass.holds(place.at); });
    return result;
}

// What each place counts under Diggle's correction, with its own bandwidth.
std::vector<double> diggle_weights(const Complete& complete, Kernel kernel,
                                   std::span<const double> bandwidths_m) {
    std::vector<double> weights;
    for (std::size_t i = 0; i < complete.places.size(); ++i) {
        stop_if_asked();
        const auto& place = complete.places[i];
        const double mass = complete.mass.at(place.at, kernel, bandwidths_m[i]);
        weights.push_back(mass > 0 ? place.count / mass : place.count);
    }
    return weights;
}

std::vector<double> counts_of(std::span<const Place> places) {
    std::vector<double> counts;
    std::ranges::transform(places, std::back_inserter(counts), &Place::count);
    return counts;
}

Raster fixed_density(std::span<const Place> places, std::span<const double> weights,
                     const GridSpec& grid, const DensityRule& rule, DensityRun run) {
    std::vector<BngPoint> points;
    std::ranges::transform(places, std::back_inserter(points), &Place::at);
    return density(points, weights, grid, rule.kernel, rule.bandwidth_m, run);
}

void divide(Raster& raster, std::span<const double> masses, const MultiPolygon<BngPoint>& area) {
    std::vector<std::uint8_t> inside(raster.values.size());
    for (const auto& run : cells_in(area, raster.grid)) {
        for (int column = run.first; column < run.last; ++column) {
            inside[raster.grid.offset({column, run.row})] = 1;
        }
    }
    for (std::size_t i = 0; i < raster.values.size(); ++i) {
        const double least = inside[i] != 0 ? 0 : least_mass_beyond;
        raster.values[i] = masses[i] > least ? raster.values[i] / masses[i] : 0;
    }
}

// The mass of the kernel that the pilot gives each cell's centre.
std::vector<double> adaptive_masses(const Complete& complete, const GridSpec& grid,
                                    std::span<const std::uint8_t> wanted, double mean_per_km2,
                                    const DensityRule& rule, DensityRun run) {
    const auto pilot = fixed_density(complete.places, counts_of(complete.places), grid, rule, run);
    const auto fixed =
        complete.mass.at_centres(grid, wanted, rule.kernel, rule.bandwidth_m, run.threads);
    std::vector<double> bandwidths(grid.size());
    for (std::size_t i = 0; i < bandwidths.size(); ++i) {
        const double per_km2 = fixed[i] > 0 ? pilot.values[i] / fixed[i] : 0;
        bandwidths[i] = local_bandwidth_m(rule.bandwidth_m, per_km2, mean_per_km2);
    }
    return complete.mass.at_centres(grid, wanted, rule.kernel, bandwidths, run.threads);
}

// The pilot at the places.
std::vector<double> pilot_of(std::span<const Place> places, const DensityRule& rule,
                             DensityRun run) {
    const PlaceSums sums(places, kernel_reach_m(rule.kernel, rule.bandwidth_m));
    return sums.at_places(rule.kernel, rule.bandwidth_m, true, run.threads);
}

Raster adaptive_corrected(const Complete& complete, const MultiPolygon<BngPoint>& study_area,
                          const GridSpec& grid, const DensityRule& rule, DensityRun run) {
    const auto& places = complete.places;
    auto pilot = pilot_of(places, rule, run);
    for (std::size_t i = 0; i < places.size(); ++i) {
        stop_if_asked();
        const double mass = complete.mass.at(places[i].at, rule.kernel, rule.bandwidth_m);
        pilot[i] /= mass > 0 ? mass : 1;
    }
    const auto bandwidths = abramson_bandwidths_m(places, pilot, rule.bandwidth_m);
    if (rule.edge == EdgeCorrection::diggle) {
        return adaptive_density(places, diggle_weights(complete, rule.kernel, bandwidths),
                                bandwidths, grid, rule.kernel, run.threads);
    }
    auto raster =
        adaptive_density(places, counts_of(places), bandwidths, grid, rule.kernel, run.threads);
    const auto wanted = cells_in_or_next_to(study_area, grid);
    divide(raster,
           adaptive_masses(complete, grid, wanted, geometric_mean(places, pilot), rule, run),
           study_area);
    return raster;
}

Raster fixed_corrected(const Complete& complete, const MultiPolygon<BngPoint>& study_area,
                       const GridSpec& grid, const DensityRule& rule, DensityRun run) {
    const auto& places = complete.places;
    if (rule.edge == EdgeCorrection::diggle) {
        const std::vector<double> bandwidths(places.size(), rule.bandwidth_m);
        return fixed_density(places, diggle_weights(complete, rule.kernel, bandwidths), grid, rule,
                             run);
    }
    auto raster = fixed_density(places, counts_of(places), grid, rule, run);
    const auto wanted = cells_in_or_next_to(study_area, grid);
    divide(raster,
           complete.mass.at_centres(grid, wanted, rule.kernel, rule.bandwidth_m, run.threads),
           study_area);
    return raster;
}

Raster adaptive_plain(std::span<const BngPoint> points, const GridSpec& grid,
                      const DensityRule& rule, DensityRun run) {
    const auto places = collapse(points);
    const auto bandwidths =
        abramson_bandwidths_m(places, pilot_of(places, rule, run), rule.bandwidth_m);
    return adaptive_density(places, counts_of(places), bandwidths, grid, rule.kernel, run.threads);
}

} // namespace

std::vector<std::uint8_t> cells_in_or_next_to(const MultiPolygon<BngPoint>& area,
                                              const GridSpec& grid) {
    std::vector<std::uint8_t> marks(grid.size());
    for (const auto& run : cells_in(area, grid)) {
        for (int row = std::max(run.row - 1, 0); row < std::min(run.row + 2, grid.rows); ++row) {
            const auto begin = marks.begin() + static_cast<std::ptrdiff_t>(grid.offset({0, row}));
            std::fill(begin + std::max(run.first - 1, 0),
                      begin + std::min(run.last + 1, grid.columns), std::uint8_t{1});
        }
    }
    return marks;
}

MultiPolygon<BngPoint> complete_window(const MultiPolygon<BngPoint>& study_area,
                                       std::span<const BngPoint> outside, Kernel kernel,
                                       double bandwidth_m) {
    const double reach_m = kernel_reach_m(kernel, bandwidth_m);
    const auto near = within_reach(KernelMass(study_area, reach_m), outside, reach_m);
    return with_squares(study_area, near, bandwidth_m);
}

Raster estimate_density(std::span<const BngPoint> points, std::span<const BngPoint> outside,
                        const MultiPolygon<BngPoint>& study_area, const GridSpec& grid,
                        const DensityRule& rule, DensityRun run) {
    kernel_peak_per_km2(rule.kernel, rule.bandwidth_m); // refuses a bandwidth that cannot be
    if (rule.edge == EdgeCorrection::none) {
        return rule.adaptive ? adaptive_plain(points, grid, rule, run)
                             : density(points, grid, rule.kernel, rule.bandwidth_m, run);
    }
    const auto complete = completed(points, outside, study_area, rule);
    return rule.adaptive ? adaptive_corrected(complete, study_area, grid, rule, run)
                         : fixed_corrected(complete, study_area, grid, rule, run);
}

} // namespace hotspots::geo
