#include "service/comparison_result.hpp"

#include "geo/contour.hpp"
#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "service/app.hpp"
#include "service/compared_regions.hpp"
#include "service/hotspot_labels.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <tuple>

namespace hotspots::service {

namespace {

using Outline = geo::MultiPolygon<geo::BngPoint>;

constexpr int level_count = 4;

geo::DensityDifference test_of(const ComparisonResult& result,
                               const ComparisonParameters& parameters,
                               const std::vector<geo::BngPoint>& a,
                               const std::vector<geo::BngPoint>& b,
                               const std::function<void(double)>& progress) {
    geo::DifferenceRule rule;
    rule.kernel = parameters.a.kernel;
    rule.bandwidth_m = parameters.a.bandwidth_m;
    if (!parameters.shares) {
        const double ratio = parameters.length_ratio();
        rule.share_a = ratio / (1 + ratio);
    }
    rule.error_rate = comparison_error_rate;
    rule.permutations = parameters.permutations;
    rule.seed = static_cast<std::uint64_t>(parameters.seed);
    rule.progress = [&](int done) {
        progress(0.1 + 0.8 * static_cast<double>(done) / parameters.permutations);
    };
    return geo::density_difference(a, b, result.a->raster.grid, rule);
}

// What a density is multiplied by, so that both sides are on one scale.
double scale_of(const DensityResult& density, bool shares, double length_ratio) {
    if (!shares) {
        return length_ratio;
    }
    return density.points.empty() ? 0 : 100 / static_cast<double>(density.points.size());
}

// The difference where one side is larger, else 0.
geo::Raster excess(const geo::Raster& one, double one_scale, const geo::Raster& other,
                   double other_scale) {
    geo::Raster result{one.grid, std::vector<double>(one.values.size())};
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        result.values[i] = std::max(one.values[i] * one_scale - other.values[i] * other_scale, 0.0);
    }
    return result;
}

void add_bands(ComparisonResult& result, const data::Snapshot& snapshot,
               const ComparisonParameters& parameters) {
    const double a_scale = scale_of(*result.a, parameters.shares, 1);
    const double b_scale = scale_of(*result.b, parameters.shares, parameters.length_ratio());
    const auto higher = excess(result.a->raster, a_scale, result.b->raster, b_scale);
    const auto lower = excess(result.b->raster, b_scale, result.a->raster, a_scale);
    double peak = 0;
    for (const auto& run : geo::cells_in(snapshot.study_area, higher.grid)) {
        for (int column = run.first; column < run.last; ++column) {
            const auto i = higher.grid.offset({column, run.row});
            peak = std::max({peak, higher.values[i], lower.values[i]});
        }
    }
    result.levels = geo::round_levels(peak, level_count);
    if (result.levels.empty()) {
        return;
    }
    for (const bool is_higher : {true, false}) {
        for (auto& band :
             geo::isobands_in(snapshot.study_area, is_higher ? higher : lower, result.levels)) {
            if (!band.outline.empty()) {
                result.bands.push_back({is_higher, std::move(band)});
            }
        }
    }
}

DifferenceRegion measure(geo::Polygon<geo::BngPoint> polygon, bool higher,
                         const ComparisonResult& result) {
    DifferenceRegion region;
    region.higher = higher;
    region.outline.push_back(std::move(polygon));
    region.area_km2 = geo::area_km2(region.outline);
    const double sign = higher ? 1 : -1;
    const auto peak = peak_in(region.outline, result.test.z, sign);
    region.largest_z = sign * (peak ? peak->value : result.test.critical_z.value_or(0));
    region.peak_at = peak ? peak->at : geo::point_on_surface(region.outline);
    return region;
}

// The regions where the sign of z is as said and its size above the critical one.
std::vector<DifferenceRegion> regions_of(const ComparisonResult& result,
                                         const data::Snapshot& snapshot, bool higher) {
    auto signed_z = result.test.z;
    if (!higher) {
        std::ranges::transform(signed_z.values, signed_z.values.begin(), std::negate{});
    }
    const auto outlines = geo::region_above(signed_z, *result.test.critical_z);
    std::vector<DifferenceRegion> regions;
    for (auto& parts : geo::clip_each(outlines, snapshot.study_area)) {
        for (auto& polygon : parts) {
            regions.push_back(measure(std::move(polygon), higher, result));
        }
    }
    std::ranges::stable_sort(regions, {}, [](const DifferenceRegion& region) {
        const auto box = geo::bounds(region.outline);
        return std::tuple(-std::abs(region.largest_z), box.min.northing_m, box.min.easting_m);
    });
    return regions;
}

void add_regions(ComparisonResult& result, const data::Snapshot& snapshot) {
    if (!(result.test.critical_z.value_or(0) > 0)) {
        return;
    }
    const geo::PointsByNorthing a(result.a->points);
    const geo::PointsByNorthing b(result.b->points);
    HotspotLabels labels(snapshot);
    for (const bool higher : {true, false}) {
        for (auto& region : regions_of(result, snapshot, higher)) {
            const auto of_a = a.in(region.outline.front());
            region.incidents = static_cast<std::int64_t>(of_a.size());
            region.with_incidents = static_cast<std::int64_t>(b.in(region.outline.front()).size());
            if (region.incidents + region.with_incidents < least_in_region) {
                ++result.not_drawn;
                continue;
            }
            std::vector<std::uint32_t> incidents;
            std::ranges::transform(of_a, std::back_inserter(incidents),
                                   [&](std::uint32_t i) { return result.a->incident[i]; });
            region.wards = labels.wards_touched(region.outline, incidents);
            region.label = labels.next(region.peak_at, region.wards);
            result.regions.push_back(std::move(region));
        }
    }
}

bool overlap(const Outline& a, const Outline& b) {
    return geo::bounds(a).intersects(geo::bounds(b)) && !geo::intersection(a, b).empty();
}

// Places hot in `health` that are not hot in `police`.
HealthOnly health_only(const AppContext& context, const data::Snapshot& snapshot,
                       const AnalysisParameters& health, const AnalysisParameters& police,
                       const DensityResult& police_density) {
    HealthOnly found;
    found.source = *health.source;
    found.hotspots = shared_hotspots(context, snapshot, health);
    const auto of_police = shared_hotspots(context, snapshot, police);
    found.police_level_per_km2 = of_police->level_per_km2;
    const geo::PointsByNorthing points(police_density.points);
    for (std::size_t i = 0; i < found.hotspots->hotspots.size(); ++i) {
        const auto& hotspot = found.hotspots->hotspots[i];
        const bool reached =
            std::ranges::any_of(of_police->hotspots, [&](const DrawnHotspot& other) {
                return overlap(hotspot.outline_bng, other.outline_bng);
            });
        if (reached) {
            continue;
        }
        HealthHotspot only{i + 1, &hotspot, 0, 0};
        for (const auto& polygon : hotspot.outline_bng) {
            only.police_incidents += static_cast<std::int64_t>(points.in(polygon).size());
        }
        const auto peak = peak_in(hotspot.outline_bng, police_density.raster, 1);
        only.police_peak_per_km2 = peak ? peak->value : 0;
        found.only.push_back(only);
    }
    return found;
}

void add_health(ComparisonResult& result, const AppContext& context, const data::Snapshot& snapshot,
                const ComparisonParameters& parameters) {
    const auto& [a, b] = std::tie(parameters.a, parameters.b);
    if (a.source == data::Source::police && b.source != a.source && b.source) {
        result.health = health_only(context, snapshot, b, a, *result.a);
    } else if (b.source == data::Source::police && a.source != b.source && a.source) {
        result.health = health_only(context, snapshot, a, b, *result.b);
    }
}

} // namespace

ComparisonResult compare(const AppContext& context, const data::Snapshot& snapshot,
                         const ComparisonParameters& parameters,
                         const std::function<void(double)>& progress) {
    ComparisonResult result;
    result.a = shared_density(context, snapshot, parameters.a);
    result.b = shared_density(context, snapshot, parameters.b);
    const auto a = only_in(*result.a, *result.b);
    const auto b = only_in(*result.b, *result.a);
    result.in_both = static_cast<std::int64_t>(result.a->points.size() - a.size());
    progress(0.1);
    result.test = test_of(result, parameters, a, b, progress);
    add_regions(result, snapshot);
    add_bands(result, snapshot, parameters);
    add_health(result, context, snapshot, parameters);
    return result;
}

} // namespace hotspots::service
