#include "geo/density.hpp"

#include "geo/density_rows.hpp"
#include "geo/density_scatter.hpp"
#include "geo/huge_pages.hpp"
#include "geo/parallel.hpp"
#include "geo/simd.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace hotspots::geo {

namespace {

constexpr double gaussian_reach = 4; // in standard deviations
constexpr double m2_per_km2 = 1e6;

// Beyond these bounds, which no map comes near, squares and peaks would leave the doubles' range.
void require_bandwidth(double bandwidth_m) {
    constexpr double least_m = 1e-30;
    constexpr double most_m = 1e30;
    if (!(bandwidth_m >= least_m) || !(bandwidth_m <= most_m)) {
        std::ostringstream message;
        message << "density: the bandwidth is " << bandwidth_m
                << ", must be positive and finite (metres), from 1e-30 to 1e30";
        throw std::invalid_argument(message.str());
    }
}

void require_finite(std::span<const BngPoint> points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!std::isfinite(points[i].easting_m) || !std::isfinite(points[i].northing_m)) {
            throw std::invalid_argument("density: point " + std::to_string(i) +
                                        " is not finite, must have an easting and a northing");
        }
    }
}

void require_weights(std::span<const double> weights, std::size_t points) {
    if (weights.size() != points) {
        throw std::invalid_argument("density: " + std::to_string(weights.size()) + " weights for " +
                                    std::to_string(points) + " points, must be one for each");
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!(weights[i] >= 0) || !std::isfinite(weights[i])) {
            std::ostringstream message;
            message << "density: weight " << i << " is " << weights[i]
                    << ", must be zero or more and finite";
            throw std::invalid_argument(message.str());
        }
    }
}

// A thread costs about as much as some ten million kernels' values.
int threads_for(std::size_t points, const ScatterPlan& plan) {
    constexpr double values_per_thread = 2e7;
    const double rows = std::min(2 * plan.reach_cells + 1, plan.grid.rows);
    const double values = static_cast<double>(points) * plan.window_columns * rows;
    const double most = std::max(1U, std::thread::hardware_concurrency());
    return static_cast<int>(std::clamp(values / values_per_thread, 1.0, most));
}

// Where in a handful of points a place is: a table of twice their number, open addressing.
class PlaceSlots {
public:
    // The weight of the place; null where it is not there.
    double* find(SourcePoints& points, const BngPoint& place) const {
        for (std::size_t slot = start(place); m_slots[slot] != 0; slot = (slot + 1) % size) {
            const std::size_t i = m_slots[slot] - 1U;
            if (points.easting_m[i] == place.easting_m &&
                points.northing_m[i] == place.northing_m) {
                return &points.weight[i];
            }
        }
        return nullptr;
    }
    // Precondition: it is not there.
    void add(const BngPoint& place, std::size_t index) {
        std::size_t slot = start(place);
        while (m_slots[slot] != 0) {
            slot = (slot + 1) % size;
        }
        m_slots[slot] = static_cast<std::uint8_t>(index + 1);
    }

private:
    static constexpr std::size_t size = 2 * most_source_points;

    // Places that compare equal start alike: 0 and -0 are added to 0.
    static std::size_t start(const BngPoint& place) {
        const auto e = std::bit_cast<std::uint64_t>(place.easting_m + 0.0);
        const auto n = std::bit_cast<std::uint64_t>(place.northing_m + 0.0);
        return ((e ^ std::rotl(n, 32)) * 0x9e3779b97f4a7c15) >> 57U; // 7 bits
    }

    std::array<std::uint8_t, size> m_slots{};
};

// Adds cell after cell, each in the order of its points. Where a cell's first points show that
// places repeat, as in data whose points were moved to a list of places, equal places are collapsed
// into one of their common weight.
template <class Point>
class CellAdder {
public:
    CellAdder(const ScatterPlan& plan, int lanes, RowBand band, double* values)
        : m_plan(plan), m_scatter(scatter_function(plan.kernel, lanes)), m_band(band),
          m_values(values), m_tables(plan) {}

    void operator()(std::span<const Point> points, CellIndex cell) {
        m_points.cell = cell;
        if (places_repeat(points)) {
            add_collapsed(points);
        } else {
            add_each(points);
        }
    }

private:
    // Of fewer points nothing is to be gained.
    static constexpr std::size_t looked_at = 8;

    static bool places_repeat(std::span<const Point> points) {
        if (points.size() < looked_at) {
            return false;
        }
        for (std::size_t i = 1; i < looked_at; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (place_of(points[i]) == place_of(points[j])) {
                    return true;
                }
            }
        }
        return false;
    }

    void append(const Point& point) {
        m_points.easting_m[m_points.count] = place_of(point).easting_m;
        m_points.northing_m[m_points.count] = place_of(point).northing_m;
        m_points.weight[m_points.count] = weight_of(point);
        ++m_points.count;
    }

    void add_each(std::span<const Point> points) {
        while (!points.empty()) {
            const auto part = points.first(std::min(points.size(), m_tables.most_points));
            std::ranges::for_each(part, [&](const Point& point) { append(point); });
            flush();
            points = points.subspan(part.size());
        }
    }

    // As many different places at a time as are added at once.
    void add_collapsed(std::span<const Point> points) {
        PlaceSlots slots;
        for (const auto& point : points) {
            if (auto* const weight = slots.find(m_points, place_of(point))) {
                *weight += weight_of(point);
                continue;
            }
            if (m_points.count == m_tables.most_points) {
                flush();
                slots = {};
            }
            slots.add(place_of(point), m_points.count);
            append(point);
        }
        flush();
    }

    void flush() {
        m_scatter(m_plan, m_points, m_band, m_tables, m_values);
        m_points.count = 0;
    }

    const ScatterPlan& m_plan;
    Scatter m_scatter;
    RowBand m_band;
    double* m_values;
    ScatterTables m_tables;
    SourcePoints m_points;
};

// Every thread owns a band of rows and reads the points of the rows that reach into it.
template <class Point>
void scatter_rows(const PointRows<Point>& rows, const CellFinder& finder, const ScatterPlan& plan,
                  int lanes, int threads, double* values) {
    const int bands = threads == 1 ? 1 : 4 * threads; // so that none waits long for another
    const auto bounds = rows.split(bands);
    for_each_job(bands, threads, [&](int job) {
        const auto i = static_cast<std::size_t>(job);
        const RowBand band{bounds[i], bounds[i + 1]};
        if (band.first == band.last) {
            return;
        }
        const int first = std::max(band.first - plan.reach_cells, 0);
        const int last = std::min(band.last + plan.reach_cells, plan.grid.rows);
        ColumnSorter<Point> sorter(finder, rows.longest(first, last));
        CellAdder<Point> add(plan, lanes, band, values);
        for (int row = first; row < last; ++row) {
            stop_if_asked();
            sorter.for_each_column(rows.row(row), [&](std::span<const Point> points, int column) {
                add(points, {column, row});
            });
        }
    });
}

// The plan's rows may be longer than the grid's, to a whole number of registers.
Raster cut(std::vector<double> values, const ScatterPlan& plan) {
    const auto columns = static_cast<std::size_t>(plan.grid.columns);
    if (plan.stride != columns) {
        for (std::size_t row = 0; row < static_cast<std::size_t>(plan.grid.rows); ++row) {
            std::copy_n(values.data() + row * plan.stride, columns, values.data() + row * columns);
        }
        values.resize(plan.grid.size());
    }
    return {plan.grid, std::move(values)};
}

template <class Point, class Get>
Raster sum_up(std::size_t count, const Get& point, const GridSpec& grid, Kernel kernel,
              double bandwidth_m, DensityRun run) {
    if (grid.size() == 0) {
        return {grid, {}};
    }
    const ScatterPlan plan = plan_scatter(grid, kernel, bandwidth_m);
    const int lanes = run.lanes > 0 ? run.lanes : widest_lanes();
    const int threads = run.threads > 0 ? run.threads : threads_for(count, plan);
    const CellFinder finder(grid, kernel_reach_m(kernel, bandwidth_m));
    const PointRows<Point> rows(count, point, finder, threads);
    auto values = large_zeros(plan.stride * static_cast<std::size_t>(grid.rows));
    scatter_rows(rows, finder, plan, lanes, threads, values.data());
    return cut(std::move(values), plan);
}

} // namespace

double kernel_reach_m(Kernel kernel, double bandwidth_m) {
    return kernel == Kernel::gaussian ? gaussian_reach * bandwidth_m : bandwidth_m;
}

double kernel_peak_per_km2(Kernel kernel, double bandwidth_m) {
    require_bandwidth(bandwidth_m);
    const double circle_km2 = std::numbers::pi * bandwidth_m * bandwidth_m / m2_per_km2;
    switch (kernel) {
    case Kernel::quartic:
    case Kernel::triangular:
        return 3 / circle_km2;
    case Kernel::epanechnikov:
        return 2 / circle_km2;
    case Kernel::uniform:
        return 1 / circle_km2;
    case Kernel::gaussian: // what the truncation cuts off is given back, so that the mass is 1
        return 1 / (2 * circle_km2 * -std::expm1(-gaussian_reach * gaussian_reach / 2));
    }
    throw std::invalid_argument("density: unknown kernel");
}

Raster density(std::span<const BngPoint> points, const GridSpec& grid, Kernel kernel,
               double bandwidth_m, DensityRun run) {
    require_bandwidth(bandwidth_m);
    require_finite(points);
    const auto point = [&](std::size_t i) { return points[i]; };
    return sum_up<BngPoint>(points.size(), point, grid, kernel, bandwidth_m, run);
}

Raster density(std::span<const BngPoint> points, std::span<const double> weights,
               const GridSpec& grid, Kernel kernel, double bandwidth_m, DensityRun run) {
    require_bandwidth(bandwidth_m);
    require_finite(points);
    require_weights(weights, points.size());
    const auto point = [&](std::size_t i) { return WeightedPoint{points[i], weights[i]}; };
    return sum_up<WeightedPoint>(points.size(), point, grid, kernel, bandwidth_m, run);
}

} // namespace hotspots::geo
