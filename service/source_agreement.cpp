#include "service/source_agreement.hpp"

#include "geo/crs.hpp"
#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hotspots::service {

namespace {

constexpr std::array<data::Source, 3> sources{data::Source::police, data::Source::ed,
                                              data::Source::ambulance};

std::int64_t count(const data::Snapshot& snapshot, const std::vector<std::uint32_t>& incidents,
                   data::Source source) {
    return std::count_if(incidents.begin(), incidents.end(), [&](std::uint32_t i) {
        return snapshot.incidents[i].record.source == source;
    });
}

std::int64_t count_certain(const data::Snapshot& snapshot, const Selection& selection,
                           data::Source source, double bandwidth_m) {
    return std::count_if(
        selection.incidents.begin(), selection.incidents.end(), [&](std::uint32_t i) {
            return snapshot.incidents[i].record.source == source &&
                   static_cast<double>(snapshot.columns.uncertainty_m[i]) <= bandwidth_m;
        });
}

std::size_t rank_by(const data::Snapshot& snapshot, const HotspotResult& result,
                    data::Source source, std::int64_t here) {
    return 1 + static_cast<std::size_t>(std::count_if(
                   result.hotspots.begin(), result.hotspots.end(), [&](const auto& other) {
                       return count(snapshot, other.incidents, source) > here;
                   }));
}

void compare(SourceView& view, const DrawnHotspot& hotspot, const HotspotResult& own) {
    const auto outline = geo::make_valid(geo::to_bng(hotspot.outline));
    double covered_km2 = 0;
    for (const auto& other : own.hotspots) {
        if (other.bounds.intersects(hotspot.bounds)) {
            const auto there = geo::make_valid(geo::to_bng(other.outline));
            covered_km2 += geo::area_km2(geo::intersection(outline, there));
            view.peak_covered =
                view.peak_covered || std::any_of(there.begin(), there.end(), [&](const auto& p) {
                    return geo::contains(p, hotspot.peak_at);
                });
        }
    }
    view.own_hotspots = own.hotspots.size();
    view.covered = std::clamp(covered_km2 / geo::area_km2(outline), 0.0, 1.0);
}

std::string per_cent(double share) {
    return std::to_string(std::lround(100 * share)) + " %";
}

std::string name_of(data::Source source) {
    return std::string(data::to_text(source));
}

std::string finding(const SourceView& view) {
    const auto source = name_of(view.source);
    if (view.own_hotspots == 0) {
        return source + " has too few records for any hotspot of its own";
    }
    if (view.hot_alone()) {
        return "by " + source + " alone it is a hotspot too (" + per_cent(view.covered) +
               " of its area)";
    }
    if (view.peak_covered) {
        return "by " + source + " alone its middle is a hotspot (" + per_cent(view.covered) +
               " of its area)";
    }
    return "by " + source + " alone it is none (" + per_cent(view.covered) + " of its area)";
}

std::string sentence_of(const std::vector<SourceView>& views) {
    if (views.size() == 1) {
        return "All records are of one source, " + name_of(views.front().source) +
               ": no other has any under these parameters.";
    }
    std::string sentence;
    for (const auto& view : views) {
        sentence += (sentence.empty() ? "" : "; ") + finding(view);
    }
    sentence.front() = static_cast<char>(sentence.front() >= 'a' && sentence.front() <= 'z'
                                             ? sentence.front() - 'a' + 'A'
                                             : sentence.front());
    return sentence +
           ". One event may be in several sources, and nobody knows which are: the count "
           "is of records, not of events.";
}

} // namespace

SourceAgreement agreement_on(const AppContext& context, const data::Snapshot& snapshot,
                             const AnalysisParameters& parameters, const HotspotResult& result,
                             std::size_t rank) {
    const auto& hotspot = result.hotspots.at(rank);
    SourceAgreement agreement;
    for (const auto source : sources) {
        SourceView view;
        view.source = source;
        view.incidents = count(snapshot, hotspot.incidents, source);
        view.all = count_certain(snapshot, result.selection, source, parameters.bandwidth_m);
        if (view.all == 0) {
            continue;
        }
        view.location_quotient = static_cast<double>(view.incidents) / hotspot.area_km2 /
                                 (static_cast<double>(view.all) / snapshot.study_area_km2);
        if (view.incidents > 0) {
            view.rank = rank_by(snapshot, result, source, view.incidents);
        }
        agreement.sources.push_back(view);
    }
    for (auto& view : agreement.sources) {
        auto alone = parameters;
        alone.source = view.source;
        // Of a single source the list is its own.
        compare(view, hotspot,
                agreement.sources.size() == 1 ? result
                                              : *shared_hotspots(context, snapshot, alone));
    }
    agreement.sentence = sentence_of(agreement.sources);
    return agreement;
}

} // namespace hotspots::service
