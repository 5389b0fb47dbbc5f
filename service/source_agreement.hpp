// What each source says of a hotspot by itself. Sources are never added up as if their records were
// different events: about 90 % of ambulance and 95 % of emergency department records of violence
// have no match at the police, and which ones do is not known.
#pragma once

#include "service/analysis.hpp"
#include "service/hotspot_result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct SourceView {
    data::Source source = data::Source::police;
    std::int64_t incidents = 0; // in the hotspot
    std::int64_t all = 0;       // in the study area; both mapped and certain
    // Times the source's own mean density over the study area: 1 where the place is as any other to
    // this source.
    double location_quotient = 0;
    // Among the hotspots of the list by this source's records alone; equal ones share the better
    // rank. Empty where it has none here.
    std::optional<std::size_t> rank;
    std::size_t own_hotspots = 0; // that the source alone makes, under the same parameters
    double covered = 0;           // share of this hotspot's area that lies in those
    bool peak_covered = false;    // and whether its peak does

    // The rule by which a hotspot survives: at least half of it.
    bool hot_alone() const { return covered >= 0.5; }
};

struct SourceAgreement {
    std::vector<SourceView> sources; // that have a record in the study area, in the order of Source
    std::string sentence;            // for people
};

// `rank`: index of the hotspot in the result. Computes the hotspots of each source, shared like
// all others, where there are several.
SourceAgreement agreement_on(const AppContext& context, const data::Snapshot& snapshot,
                             const AnalysisParameters& parameters, const HotspotResult& result,
                             std::size_t rank);

} // namespace hotspots::service
