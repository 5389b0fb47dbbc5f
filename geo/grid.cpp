#include "geo/grid.hpp"

#include "geo/require.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace hotspots::geo {

namespace {

constexpr double max_cells = 1U << 28U;

// Indexes of the first and one past the last cell that cover [low_m, high_m]; at least one cell.
struct Range {
    double first = 0;
    double last = 0;
    double count() const { return last - first; }
};

Range cells_covering(double low_m, double high_m, double cell_m) {
    const double first = std::floor(low_m / cell_m);
    return {first, std::max(std::ceil(high_m / cell_m), first + 1)};
}

} // namespace

GridSpec grid_covering(const Box<BngPoint>& extent, double cell_m, double padding_m) {
    if (!(cell_m > 0) || !std::isfinite(cell_m)) {
        refuse("grid", "the cell", cell_m, "positive and finite (metres)");
    }
    if (!(padding_m >= 0) || !std::isfinite(padding_m)) {
        refuse("grid", "the padding", padding_m, "zero or more and finite (metres)");
    }
    if (extent.empty()) {
        throw std::invalid_argument("grid: the extent is empty, must hold at least one point");
    }
    const auto columns =
        cells_covering(extent.min.easting_m - padding_m, extent.max.easting_m + padding_m, cell_m);
    const auto rows = cells_covering(extent.min.northing_m - padding_m,
                                     extent.max.northing_m + padding_m, cell_m);
    const double cells = columns.count() * rows.count();
    if (!(cells <= max_cells)) { // also true of NaN, from an extent that is not finite
        refuse("grid", "the number of cells", cells,
               "at most 2^28: take a larger cell or a smaller extent");
    }
    return {{columns.first * cell_m, rows.first * cell_m},
            cell_m,
            static_cast<int>(columns.count()),
            static_cast<int>(rows.count())};
}

} // namespace hotspots::geo
