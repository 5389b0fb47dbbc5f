// A comparison of two selections: their densities of one bandwidth, the difference on one scale,
// where it is more than chance, and places that are hot in health records alone.
#pragma once

#include "geo/density_difference.hpp"
#include "geo/isobands.hpp"
#include "service/comparison_request.hpp"
#include "service/density_result.hpp"
#include "service/hotspot_result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

// A place where one side is denser than chance explains.
struct DifferenceRegion {
    bool higher = false; // in the first selection
    geo::MultiPolygon<geo::BngPoint> outline;
    double area_km2 = 0;
    double largest_z = 0; // with its sign
    geo::BngPoint peak_at;
    std::int64_t incidents = 0;      // of the first selection, in it
    std::int64_t with_incidents = 0; // of the other
    std::vector<std::string> wards;
    std::string label;
};

// A band of the difference: of its size, above 0, where the first selection is denser (`higher`) or
// the other.
struct DifferenceBand {
    bool higher = false;
    geo::Isoband band;
};

// A hotspot of ed or ambulance records that no hotspot of police records overlaps.
struct HealthHotspot {
    std::size_t rank = 0; // among the hotspots of its selection, from 1
    const DrawnHotspot* hotspot = nullptr;
    std::int64_t police_incidents = 0; // in its outline
    double police_peak_per_km2 = 0;    // highest police density of a cell in its outline
};

struct HealthOnly {
    data::Source source = data::Source::ed; // of the health records
    double police_level_per_km2 = 0;        // above which a place is a hotspot of police records
    std::shared_ptr<const HotspotResult> hotspots; // of the health records; keeps those below
    std::vector<HealthHotspot> only;
};

struct ComparisonResult {
    std::shared_ptr<const DensityResult> a;
    std::shared_ptr<const DensityResult> b;
    std::int64_t in_both = 0; // incidents of both selections: in both densities, not in the test
    geo::DensityDifference test;
    std::vector<double> levels; // of the bands, ascending; in incidents, or % of them, per km2
    std::vector<DifferenceBand> bands;
    std::vector<DifferenceRegion> regions; // higher ones first, then by the size of z
    std::int64_t not_drawn = 0;            // regions that hold fewer than least_in_region incidents
    std::optional<HealthOnly> health;      // where police is compared with ed or ambulance
};

inline constexpr double comparison_error_rate = 0.05;
// Of both selections together; as of hotspots.
inline constexpr std::int64_t least_in_region = 5;

// `context` gives the shared densities and hotspots. `progress` is told shares of 1; what it throws
// is let through. Throws as shared_density.
ComparisonResult compare(const AppContext& context, const data::Snapshot& snapshot,
                         const ComparisonParameters& parameters,
                         const std::function<void(double)>& progress);

} // namespace hotspots::service
