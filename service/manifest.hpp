// What makes a result reproducible byte for byte: its parameters, the revision of the data, the
// program's version, the scope profile's version and the coordinate operation.
#pragma once

#include "service/analysis.hpp"

#include <cstdint>
#include <string>

namespace hotspots::service {

struct Manifest {
    std::string id;         // digest of all that follows
    std::string parameters; // canonical query
    std::int64_t revision = 0;
    std::int64_t release = 0; // of figures of a release: its number
    std::string version;
    std::string scope;
    int scope_version = 0;
    std::string crs_operation; // e.g. "OSTN15"
};

// `more` are parameters of the result's own, as a query; appended to the canonical one.
Manifest make_manifest(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                       const std::string& version, const std::string& more = {});

// As a JSON object.
void append_manifest(std::string& out, const Manifest& manifest);

} // namespace hotspots::service
