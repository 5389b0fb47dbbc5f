// Any request target: parsing it and reading its analysis parameters and bbox either gives values
// in their bounds, whose canonical form reads back to the same, or a Problem that names a
// parameter.
#include "data/snapshot.hpp"
#include "service/analysis.hpp"
#include "service/bounding_box.hpp"
#include "service/problem.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots;

namespace {

data::Snapshot make_snapshot() {
    data::Snapshot snapshot;
    for (const auto& profile : data::scope_profiles()) {
        snapshot.scopes.push_back({&profile, {}});
    }
    snapshot.default_scope = "vrn-2021";
    return snapshot;
}

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void read(const std::vector<service::QueryParameter>& query, const data::Snapshot& snapshot) {
    try {
        const auto parameters = service::read_analysis(query, snapshot, {"bbox"});
        demand(parameters.bandwidth_m >= service::least_bandwidth_m &&
               parameters.bandwidth_m <= service::most_bandwidth_m);
        const auto again = service::parse_target("/?" + parameters.canonical_query());
        demand(again.has_value());
        demand(service::read_analysis(again->second, snapshot, {}) == parameters);
        for (const auto& parameter : query) {
            if (parameter.name == "bbox") {
                const auto box = service::parse_bbox(parameter.value);
                demand(service::parse_bbox(box.text()).text() == box.text());
            }
        }
    } catch (const service::Problem& problem) {
        demand(problem.status() == 400);
        demand(!service::to_response(problem).body.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const data::Snapshot snapshot = make_snapshot();
    // A char is a byte to anyone who reads bytes as text.
    const std::string_view target(reinterpret_cast<const char*>(data), size);
    if (const auto parsed = service::parse_target(target)) {
        read(parsed->second, snapshot);
    }
    return 0;
}
