// Where a result comes from, as files carry it: whose data it is, what it was made of and what was
// left out.
#pragma once

#include "data/export/document.hpp"
#include "service/manifest.hpp"
#include "tiles/feature.hpp"

#include <string>
#include <vector>

namespace hotspots::service {

struct AppContext;

struct Provenance {
    std::vector<tiles::Property>
        members; // timeStamp, demo, marking, attribution, then the result's
    Manifest manifest;
};

// `members`: of the result as a whole, such as FeatureSet::members.
Provenance provenance_of(const AppContext& context, const data::Snapshot& snapshot,
                         const AnalysisParameters& parameters,
                         const std::vector<tiles::Property>& members);

// A JSON object and a line end: the members, and `manifest`.
std::string to_json(const Provenance& provenance);

// The same as texts by name: the manifest as JSON, unknown values left out.
data::NamedTexts to_texts(const Provenance& provenance);

} // namespace hotspots::service
