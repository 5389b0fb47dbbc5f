#include "geo/isobands.hpp"

#include "geo/contour_rings.hpp"
#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace hotspots::geo {

namespace {

void check_levels(std::span<const double> levels) {
    if (levels.empty() || levels.size() > most_contour_levels) {
        throw std::invalid_argument("isobands: there are " + std::to_string(levels.size()) +
                                    " levels, must be 1 to " + std::to_string(most_contour_levels));
    }
    double before = 0;
    for (const double level : levels) {
        if (!(level > before) || !std::isfinite(level)) {
            std::ostringstream message;
            message << "isobands: a level is " << level << " after " << before
                    << ", must be finite, above it and above 0";
            throw std::invalid_argument(message.str());
        }
        before = level;
    }
}

// What is above a level: its rings, and the same rings the other way round.
MultiPolygon<BngPoint> between(std::vector<ContourRing> lower,
                               const std::vector<ContourRing>& upper) {
    std::ranges::transform(upper, std::back_inserter(lower), reversed);
    return polygons_within(std::move(lower));
}

double six_figures(double value) {
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value,
                                       std::chars_format::scientific, 5);
    std::from_chars(text.data(), written.ptr, value);
    return value;
}

// step x 10^power, as the double that is written so: 0.2, not 2 x 0.1.
double decimal(int step, int power) {
    const auto text = std::to_string(step) + 'e' + std::to_string(power);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

std::vector<Isoband> isobands(const Raster& raster, std::span<const double> levels_per_km2) {
    check_levels(levels_per_km2);
    std::vector<Isoband> bands;
    auto lower = contour_rings(raster, levels_per_km2, 0);
    for (std::size_t i = 0; i < levels_per_km2.size(); ++i) {
        Isoband band{levels_per_km2[i], std::nullopt, {}};
        std::vector<ContourRing> upper;
        if (i + 1 < levels_per_km2.size()) {
            band.to_per_km2 = levels_per_km2[i + 1];
            upper = contour_rings(raster, levels_per_km2, i + 1);
        }
        band.outline = between(std::move(lower), upper);
        lower = std::move(upper);
        bands.push_back(std::move(band));
    }
    return bands;
}

std::vector<Isoband> isobands_in(const MultiPolygon<BngPoint>& study_area, const Raster& raster,
                                 std::span<const double> levels_per_km2) {
    auto bands = isobands(raster, levels_per_km2);
    for (auto& band : bands) {
        stop_if_asked();
        band.outline = clip(band.outline, study_area);
    }
    return bands;
}

std::vector<double> values_above_zero(const Raster& raster,
                                      const MultiPolygon<BngPoint>& study_area) {
    std::vector<double> values;
    for (const auto& run : cells_in(study_area, raster.grid)) {
        const double* const row = raster.values.data() + raster.grid.offset({0, run.row});
        std::copy_if(row + run.first, row + run.last, std::back_inserter(values),
                     [](double value) { return value > 0; });
    }
    std::ranges::sort(values);
    return values;
}

std::vector<double> quantile_levels(std::span<const double> ascending_values,
                                    std::span<const double> shares) {
    std::vector<double> levels;
    if (ascending_values.empty()) {
        return levels;
    }
    const auto count = static_cast<double>(ascending_values.size());
    for (const double share : shares) {
        // The smallest rank of at least that share; a rank that the product misses by rounding
        // alone is the rank meant: 0.7 x 10 is 7, though in doubles 0.07 x 100 is more.
        const double rank = std::ceil(share * count * (1 - 1e-12));
        const double level = six_figures(
            ascending_values[static_cast<std::size_t>(std::clamp(rank, 1.0, count)) - 1]);
        if (levels.empty() || level > levels.back()) {
            levels.push_back(level);
        }
    }
    return levels;
}

std::vector<double> round_levels(double peak_per_km2, int count) {
    std::vector<double> levels;
    if (!(peak_per_km2 > 0)) {
        return levels;
    }
    constexpr std::array steps{5, 2, 1};
    const int top = static_cast<int>(std::floor(std::log10(peak_per_km2))) + 1;
    for (int power = top; static_cast<int>(levels.size()) < count && power > -300; --power) {
        for (const int step : steps) {
            const double level = decimal(step, power);
            if (level < peak_per_km2 && static_cast<int>(levels.size()) < count) {
                levels.push_back(level);
            }
        }
    }
    std::ranges::reverse(levels);
    return levels;
}

} // namespace hotspots::geo
