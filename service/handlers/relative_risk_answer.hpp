// The answer of /analysis/compare?as=ratio.
#pragma once

#include "service/comparison_request.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace hotspots::service {

struct AppContext;

inline constexpr std::string_view risk_tif_type = "image/tiff; application=geotiff";

// Contours and bands as GeoJSON or, for the content type risk_tif_type, the log ratio of each cell
// as a GeoTIFF. Throws as shared_density.
std::string relative_risk_answer(const AppContext& context, const data::Snapshot& snapshot,
                                 const ComparisonParameters& parameters,
                                 std::string_view content_type,
                                 const nlohmann::ordered_json& provenance,
                                 const std::function<void(double)>& progress);

} // namespace hotspots::service
