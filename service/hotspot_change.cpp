#include "service/hotspot_change.hpp"

#include "data/quality/coverage.hpp"
#include "geo/crs.hpp"
#include "geo/point_in_region.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <vector>

namespace hotspots::service {

namespace {

using Incidents = std::vector<std::uint32_t>; // indexes into the snapshot, ascending

Incidents certain(const data::Snapshot& snapshot, const Selection& selection, double bandwidth_m) {
    Incidents chosen;
    std::copy_if(selection.incidents.begin(), selection.incidents.end(), std::back_inserter(chosen),
                 [&](std::uint32_t i) {
                     return static_cast<double>(snapshot.columns.uncertainty_m[i]) <= bandwidth_m;
                 });
    return chosen;
}

Incidents in_outline(const data::Snapshot& snapshot, const Incidents& incidents,
                     const DrawnHotspot& hotspot) {
    std::vector<geo::BngPoint> points;
    points.reserve(incidents.size());
    for (const auto i : incidents) {
        points.push_back(snapshot.columns.point[i]);
    }
    const geo::PointsByNorthing sorted(points);
    Incidents inside;
    for (const auto& polygon : geo::to_bng(hotspot.outline)) {
        for (const auto point : sorted.in(polygon)) {
            inside.push_back(incidents[point]);
        }
    }
    std::sort(inside.begin(), inside.end());
    return inside;
}

CountedChange compare(Incidents now, const Incidents& before, const data::PeriodBefore& periods) {
    std::sort(now.begin(), now.end());
    Incidents both;
    std::set_intersection(now.begin(), now.end(), before.begin(), before.end(),
                          std::back_inserter(both));
    const auto in_either = static_cast<std::int64_t>(both.size());
    const auto alone = [in_either](const Incidents& incidents) {
        return static_cast<std::int64_t>(incidents.size()) - in_either;
    };
    return {geo::compare_rates(alone(now), alone(before), periods.days_now, periods.days),
            in_either};
}

// The London day of an instant: "2025-03-14".
std::string day_text(data::Instant instant) {
    const auto text =
        data::format_period({data::london_midnight(data::london_time(instant).day), std::nullopt});
    return text.substr(0, text.find('/'));
}

std::string month_text(std::chrono::year_month month) {
    return day_text(data::london_midnight(month / std::chrono::day(1))).substr(0, 7);
}

std::string what_lacks(const data::Coverage& coverage, const data::Period& before) {
    const std::string source(data::to_text(coverage.source));
    if (coverage.begins_late && coverage.first_record) {
        return "the period before, " + data::format_period(before) +
               ", begins before the first record of " + source + " (" +
               day_text(*coverage.first_record) + ")";
    }
    return "there is no record of " + source + " in " + std::to_string(coverage.missing.size()) +
           " of the " + std::to_string(coverage.months) + " months of both periods, first in " +
           month_text(coverage.missing.front());
}

// Why the record does not carry a comparison; empty where it does.
std::string lack_of_record(const data::Snapshot& snapshot, const data::Period& now,
                           const data::Period& before,
                           std::initializer_list<const Incidents*> counted) {
    std::array<bool, 3> used{};
    for (const auto* incidents : counted) {
        for (const auto i : *incidents) {
            used.at(static_cast<std::size_t>(snapshot.incidents[i].record.source)) = true;
        }
    }
    for (const auto& coverage : data::coverage_of(snapshot, *before.begin, *now.end)) {
        if (used.at(static_cast<std::size_t>(coverage.source)) && !coverage.complete()) {
            return what_lacks(coverage, before) +
                   ": choose a later or shorter datetime, or a source that covers both";
        }
    }
    return {};
}

} // namespace

HotspotChange change_of(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                        const HotspotResult& result, const DrawnHotspot& hotspot) {
    HotspotChange change;
    change.before = data::period_before(parameters.period);
    if (!change.before) {
        change.reason = "the period " + data::format_period(parameters.period) +
                        " is open or too long: give both its ends in datetime";
        return change;
    }
    auto then = parameters;
    then.period = change.before->period;
    const auto all_now = certain(snapshot, result.selection, parameters.bandwidth_m);
    const auto all_then = certain(snapshot, select(snapshot, then), parameters.bandwidth_m);
    change.reason = lack_of_record(snapshot, parameters.period, then.period, {&all_now, &all_then});
    if (change.reason.empty()) {
        change.here =
            compare(hotspot.incidents, in_outline(snapshot, all_then, hotspot), *change.before);
        change.area = compare(all_now, all_then, *change.before);
    }
    return change;
}

} // namespace hotspots::service
