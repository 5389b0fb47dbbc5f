#include "geo/resampling.hpp"

#include "geo/random.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::geo {

BngPoint jittered(const BngPoint& point, double uncertainty_m, Random& random) {
    double x = 0;
    double y = 0;
    double square = 0;
    do { // a point of the unit disc: its squared radius is even in 0..1, whatever its direction
        x = 2 * random.unit() - 1;
        y = 2 * random.unit() - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    // The square is above 0.32 in 68 % of all draws: then the way is shorter than the uncertainty.
    const double factor = uncertainty_m * std::sqrt(std::log(square) / std::log(0.32) / square);
    return {point.easting_m + x * factor, point.northing_m + y * factor};
}

void draw_bootstrap(std::span<std::uint32_t> weights, Random& random) {
    std::ranges::fill(weights, 0U);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        ++weights[random.below(static_cast<std::uint32_t>(weights.size()))];
    }
}

} // namespace hotspots::geo
