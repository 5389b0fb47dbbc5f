#include "service/handlers/comparison_json.hpp"

#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/collection.hpp"
#include "tiles/geojson.hpp"

#include <nlohmann/json.hpp>

namespace hotspots::service {

using nlohmann::ordered_json;

ordered_json side_json(const AnalysisParameters& parameters, const DensityResult& density) {
    auto json = counts_json(density.selection);
    append_members(
        json,
        {{"incidents", density.points.size()},
         {"too_uncertain", density.too_uncertain},
         {"on_default_points", density.on_default_points},
         {"period", data::format_period(parameters.period)},
         {"source", parameters.source ? ordered_json(to_text(*parameters.source)) : ordered_json()},
         {"group", parameters.group ? ordered_json(to_text(*parameters.group)) : ordered_json()}});
    return json;
}

// The share of a side's incidents, or null where it has none.
ordered_json share_json(std::int64_t part, const DensityResult& density) {
    const auto whole = static_cast<double>(density.points.size());
    return whole > 0 ? ordered_json(rounded(static_cast<double>(part) / whole, 6)) : ordered_json();
}

void append_json_feature(std::string& out, const geo::MultiPolygon<geo::LonLat>& outline,
                         const ordered_json& properties) {
    out.append(out.ends_with('[') ? "\n" : ",\n").append("{\"type\":\"Feature\",\"geometry\":");
    tiles::append_geometry(out, &outline);
    out.append(",\"properties\":").append(properties.dump()).push_back('}');
}

std::string_view direction(bool higher) {
    return higher ? "higher" : "lower";
}

} // namespace hotspots::service
