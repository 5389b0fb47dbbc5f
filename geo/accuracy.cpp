// The measures of geo/evaluation.hpp.
#include "geo/evaluation.hpp"
#include "geo/rates.hpp"
#include "geo/require.hpp"

#include <algorithm>

namespace hotspots::geo {

namespace {

Estimate scaled(const Estimate& estimate, double factor) {
    return {estimate.value * factor, estimate.low * factor, estimate.high * factor};
}

Estimate share_of(std::int64_t part, std::int64_t whole) {
    const auto interval = share_interval(part, whole);
    return {static_cast<double>(part) / static_cast<double>(whole), interval.low, interval.high};
}

} // namespace

Accuracy accuracy_of(std::int64_t captured, std::int64_t points, double area_km2,
                     double study_area_km2) {
    constexpr double rounding = 1 + 1e-9;
    require("evaluation", study_area_km2 > 0, "the study area", study_area_km2, "above 0 (km2)");
    require("evaluation", area_km2 >= 0 && area_km2 <= study_area_km2 * rounding, "the area",
            area_km2, "from 0 to the study area's (km2)");
    require("evaluation", captured >= 0 && captured <= points, "the number captured",
            static_cast<double>(captured), "from 0 to the number of points");
    Accuracy result;
    result.captured = captured;
    result.points = points;
    result.area_share = std::min(area_km2 / study_area_km2, 1.0);
    if (points > 0) {
        result.hit_rate = share_of(captured, points);
    }
    if (points > 0 && result.area_share > 0) {
        result.pai = scaled(*result.hit_rate, 1 / result.area_share);
    }
    return result;
}

std::optional<Estimate> efficiency_index(std::int64_t captured, std::int64_t best,
                                         std::int64_t points) {
    require("evaluation", captured >= 0 && captured <= best && best <= points,
            "the number captured", static_cast<double>(captured),
            "from 0 to the best possible, and that at most all");
    if (best == 0) {
        return std::nullopt;
    }
    const double most = static_cast<double>(points) / static_cast<double>(best);
    auto estimate = scaled(share_of(captured, points), most);
    estimate.value = static_cast<double>(captured) / static_cast<double>(best);
    estimate.high = std::min(estimate.high, 1.0);
    return estimate;
}

std::optional<Estimate> recapture_rate_index(const Accuracy& next, const Accuracy& same) {
    if (next.points == 0 || same.captured == 0) {
        return std::nullopt;
    }
    const auto change =
        compare_rates(next.captured, same.captured, static_cast<double>(next.points),
                      static_cast<double>(same.points));
    return Estimate{*change.ratio, change.ratio_low, *change.ratio_high};
}

} // namespace hotspots::geo
