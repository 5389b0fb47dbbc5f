#include "service/handlers/published_areas.hpp"

#include "service/problem.hpp"

namespace hotspots::service {

namespace {

// Of the filters, those that no release has.
std::string_view unreleased_filter(const AnalysisParameters& parameters) {
    return parameters.group    ? "group"
           : parameters.weapon ? "weapon"
           : parameters.source ? "source"
           : parameters.hours  ? "hours"
           : parameters.days   ? "days"
                               : "";
}

} // namespace

void check_published(const AnalysisParameters& parameters, const data::Snapshot&, bool) {
    if (const auto name = unreleased_filter(parameters); !name.empty()) {
        throw Problem(403, "Not allowed",
                      std::string(name) +
                          " needs the role inspector; without it figures are those of the latest "
                          "release, which has all ages together and under-25",
                      std::string(name));
    }
}

PublishedCount published_count(const data::Snapshot&, std::string_view, const AnalysisParameters&) {
    return std::nullopt;
}

} // namespace hotspots::service
