#include "geo/density.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::geo {

namespace {

constexpr double gaussian_reach = 4; // in standard deviations
constexpr double m2_per_km2 = 1e6;

// The kernels as functions of u = d^2/h^2, 1 at u = 0. Written without branches, so that the loop
// over a row becomes vector instructions; each is exactly 0 beyond its reach.
struct Quartic {
    double operator()(double u) const {
        const double t = std::max(0.0, 1 - u);
        return t * t;
    }
};
struct Epanechnikov {
    double operator()(double u) const { return std::max(0.0, 1 - u); }
};
struct Triangular {
    double operator()(double u) const { return std::max(0.0, 1 - std::sqrt(u)); }
};
struct Uniform {
    double operator()(double u) const { return u < 1 ? 1.0 : 0.0; }
};
struct Gaussian {
    double operator()(double u) const {
        return u < gaussian_reach * gaussian_reach ? std::exp(-u / 2) : 0.0;
    }
};

void require_bandwidth(double bandwidth_m) {
    if (!(bandwidth_m > 0) || !std::isfinite(bandwidth_m)) {
        std::ostringstream message;
        message << "density: the bandwidth is " << bandwidth_m
                << ", must be positive and finite (metres)";
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

// The cells first..last-1 of an axis whose centres lie within `reach` of `position`, both in cells
// from the first centre. A margin above rounding lets in cells just beyond: the kernel gives them
// 0.
struct Span {
    int first = 0;
    int last = 0;
};

Span cells_within(double position, double reach, int count) {
    constexpr double margin = 1e-6;
    const double low = std::clamp<double>(position - reach - margin, 0, count);
    const double high = std::clamp<double>(position + reach + margin + 1, 0, count);
    const int first = static_cast<int>(low);
    return {first + (first < low ? 1 : 0), static_cast<int>(high)};
}

// Coordinates of the cell centres along one axis, exactly as GridSpec::centre gives them.
std::vector<double> centres(double origin_m, double cell_m, int count) {
    std::vector<double> result(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        result[static_cast<std::size_t>(i)] = origin_m + (i + 0.5) * cell_m;
    }
    return result;
}

// From the south, so that one point's rows are still in the cache for the next; this order also
// makes the sums independent of the order of the input.
std::vector<BngPoint> sorted(std::span<const BngPoint> points) {
    std::vector<BngPoint> result(points.begin(), points.end());
    std::ranges::sort(result, {}, [](const BngPoint& point) {
        return std::pair(point.northing_m, point.easting_m);
    });
    return result;
}

// Adds each point to the cells of its circle, row by row. Offsets are taken from the cell's centre
// before they are squared: eastings of 4e5 m squared would leave few digits.
template <class Weight>
void scatter(std::span<const BngPoint> points, double bandwidth_m, double reach_m, double peak,
             Weight weight, Raster& raster) {
    const GridSpec& grid = raster.grid;
    const auto eastings = centres(grid.south_west.easting_m, grid.cell_m, grid.columns);
    const auto northings = centres(grid.south_west.northing_m, grid.cell_m, grid.rows);
    const double reach2 = reach_m * reach_m;
    const double per_h2 = 1 / (bandwidth_m * bandwidth_m);
    const double per_cell = 1 / grid.cell_m;
    for (const auto& point : sorted(points)) {
        const double x = (point.easting_m - grid.south_west.easting_m) * per_cell - 0.5;
        const double y = (point.northing_m - grid.south_west.northing_m) * per_cell - 0.5;
        const Span rows = cells_within(y, reach_m * per_cell, grid.rows);
        for (int row = rows.first; row < rows.last; ++row) {
            const double dy = northings[static_cast<std::size_t>(row)] - point.northing_m;
            const double dy2 = dy * dy;
            const double half = std::sqrt(std::max(0.0, reach2 - dy2)) * per_cell;
            const Span columns = cells_within(x, half, grid.columns);
            double* const values = raster.values.data() + grid.offset({0, row});
            const double* const centre = eastings.data();
            for (int column = columns.first; column < columns.last; ++column) {
                const double dx = centre[column] - point.easting_m;
                values[column] += peak * weight((dx * dx + dy2) * per_h2);
            }
        }
    }
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
               double bandwidth_m) {
    require_bandwidth(bandwidth_m);
    require_finite(points);
    Raster raster{grid, std::vector<double>(grid.size(), 0.0)};
    const double reach_m = kernel_reach_m(kernel, bandwidth_m);
    const double peak = kernel_peak_per_km2(kernel, bandwidth_m);
    const auto add = [&](auto weight) {
        scatter(points, bandwidth_m, reach_m, peak, weight, raster);
    };
    switch (kernel) {
    case Kernel::quartic:
        add(Quartic{});
        break;
    case Kernel::epanechnikov:
        add(Epanechnikov{});
        break;
    case Kernel::triangular:
        add(Triangular{});
        break;
    case Kernel::uniform:
        add(Uniform{});
        break;
    case Kernel::gaussian:
        add(Gaussian{});
        break;
    }
    return raster;
}

} // namespace hotspots::geo
