#include "geo/label_maps.hpp"

#include "geo/kernel_profile.hpp"
#include "geo/simd.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace hotspots::geo {

namespace {

struct Lanes {
    using type [[gnu::vector_size(label_lanes * sizeof(double))]] = double;
};

// A map's row in work: a register of sums for each cell that is looked at.
template <class Profile>
HOTSPOTS_INLINE void add_row(const LabelledRow& row, const LabelledPlaces& places,
                             const GridSpec& grid, double bandwidth_m, const double* excess,
                             double* sums) {
    using V = Lanes::type;
    const double reach_m = kernel_reach_m(Profile::kernel, bandwidth_m);
    const double scale = 1 / (bandwidth_m * bandwidth_m);
    const double northing_m = grid.centre({0, row.row}).northing_m;
    for (std::size_t place = row.first_place; place < row.last_place; ++place) {
        const auto& at = places.places[place].at;
        const double dy = at.northing_m - northing_m;
        const double left = reach_m * reach_m - dy * dy;
        if (!(left > 0)) {
            continue;
        }
        const auto range = columns_within(grid, at.easting_m, std::sqrt(left));
        V own;
        std::memcpy(&own, excess + place * label_lanes, sizeof(V));
        for (int column = range.first; column <= range.last; ++column) {
            const auto slot = row.slot[static_cast<std::size_t>(column)];
            if (slot < 0) {
                continue;
            }
            const double dx =
                grid.south_west.easting_m + (column + 0.5) * grid.cell_m - at.easting_m;
            const double kernel = Profile::at((dx * dx + dy * dy) * scale);
            double* const at_cell = sums + static_cast<std::size_t>(slot) * label_lanes;
            V sum;
            std::memcpy(&sum, at_cell, sizeof(V));
            sum += own * kernel;
            std::memcpy(at_cell, &sum, sizeof(V));
        }
    }
}

template <class Profile>
HOTSPOTS_INLINE void largest_of(const std::vector<LabelledRow>& rows, const LabelledPlaces& places,
                                const GridSpec& grid, double bandwidth_m, const double* excess,
                                double* sums, double* largest) {
    for (const auto& row : rows) {
        const auto cells = row.columns.size();
        std::fill(sums, sums + cells * label_lanes, 0.0);
        add_row<Profile>(row, places, grid, bandwidth_m, excess, sums);
        for (std::size_t cell = 0; cell < cells; ++cell) {
            for (std::size_t lane = 0; lane < label_lanes; ++lane) {
                const double z =
                    std::abs(sums[cell * label_lanes + lane]) * row.inverse_deviation[cell];
                largest[lane] = largest[lane] < z ? z : largest[lane];
            }
        }
    }
}

using Largest = void (*)(const std::vector<LabelledRow>&, const LabelledPlaces&, const GridSpec&,
                         double, const double*, double*, double*);

template <class Profile>
void largest2(const std::vector<LabelledRow>& rows, const LabelledPlaces& places,
              const GridSpec& grid, double bandwidth_m, const double* excess, double* sums,
              double* largest) {
    largest_of<Profile>(rows, places, grid, bandwidth_m, excess, sums, largest);
}

template <class Profile>
HOTSPOTS_TARGET("avx2")
void largest4(const std::vector<LabelledRow>& rows, const LabelledPlaces& places,
              const GridSpec& grid, double bandwidth_m, const double* excess, double* sums,
              double* largest) {
    largest_of<Profile>(rows, places, grid, bandwidth_m, excess, sums, largest);
}

template <class Profile>
HOTSPOTS_TARGET("avx512f")
void largest8(const std::vector<LabelledRow>& rows, const LabelledPlaces& places,
              const GridSpec& grid, double bandwidth_m, const double* excess, double* sums,
              double* largest) {
    largest_of<Profile>(rows, places, grid, bandwidth_m, excess, sums, largest);
}

template <class Profile>
Largest largest_of_width(int lanes) {
    return lanes >= 8 ? largest8<Profile> : lanes >= 4 ? largest4<Profile> : largest2<Profile>;
}

bool south_west_first(const BngPoint& a, const BngPoint& b) {
    return a.northing_m != b.northing_m ? a.northing_m < b.northing_m : a.easting_m < b.easting_m;
}

} // namespace

ColumnRange columns_within(const GridSpec& grid, double easting_m, double half_m) {
    const double first =
        std::ceil((easting_m - half_m - grid.south_west.easting_m) / grid.cell_m - 0.5);
    const double last =
        std::floor((easting_m + half_m - grid.south_west.easting_m) / grid.cell_m - 0.5);
    if (!(first < grid.columns) || !(last >= 0)) {
        return {};
    }
    return {static_cast<int>(std::max(first, 0.0)),
            static_cast<int>(std::min(last, static_cast<double>(grid.columns - 1)))};
}

LabelledPlaces labelled_places(std::span<const BngPoint> a, std::span<const BngPoint> b) {
    std::vector<BngPoint> points(a.begin(), a.end());
    points.insert(points.end(), b.begin(), b.end());
    if (points.size() > std::numeric_limits<std::uint32_t>::max() ||
        !std::ranges::all_of(points, [](const BngPoint& p) {
            return std::isfinite(p.easting_m) && std::isfinite(p.northing_m);
        })) {
        throw std::invalid_argument("density difference: points must be finite and below 2^32");
    }
    LabelledPlaces result;
    result.a = a.size();
    result.all = points.size();
    auto sorted = points;
    std::ranges::sort(sorted, south_west_first);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    for (const auto& at : sorted) {
        result.places.push_back({at, 0, 0});
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto at = std::ranges::lower_bound(sorted, points[i], south_west_first);
        const auto place = static_cast<std::size_t>(at - sorted.begin());
        ++result.places[place].events;
        result.places[place].of_a += i < a.size() ? 1U : 0U;
    }
    return result;
}

std::array<double, label_lanes> largest_deviations(const std::vector<LabelledRow>& rows,
                                                   const LabelledPlaces& places,
                                                   const GridSpec& grid, Kernel kernel,
                                                   double bandwidth_m,
                                                   std::span<const double> excess) {
    std::size_t widest = 0;
    for (const auto& row : rows) {
        widest = std::max(widest, row.columns.size());
    }
    std::vector<double> sums(widest * label_lanes);
    std::array<double, label_lanes> largest{};
    with_profile(kernel, [&](auto profile) {
        largest_of_width<decltype(profile)>(widest_lanes())(
            rows, places, grid, bandwidth_m, excess.data(), sums.data(), largest.data());
    });
    return largest;
}

} // namespace hotspots::geo
