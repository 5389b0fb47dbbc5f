// Parts that the answers of /analysis/compare have in common.
#pragma once

#include "geo/geometry.hpp"
#include "service/density_result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace hotspots::service {

// One of the two selections: what it is, what is counted and what was left out.
nlohmann::ordered_json side_json(const AnalysisParameters& parameters,
                                 const DensityResult& density);

// The share of a side's incidents, or null where it has none.
nlohmann::ordered_json share_json(std::int64_t part, const DensityResult& density);

// Appends a feature to a list of features that was begun.
void append_json_feature(std::string& out, const geo::MultiPolygon<geo::LonLat>& outline,
                         const nlohmann::ordered_json& properties);

std::string_view direction(bool higher);

} // namespace hotspots::service
