// Values of JSON documents that handlers share: what is unknown is null, never missing.
#pragma once

#include "geo/coordinates.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace hotspots::service {

// Null for an empty text.
nlohmann::ordered_json text_or_null_json(std::string_view text);
nlohmann::ordered_json number_or_null_json(const std::optional<double>& number);

// Members longitude and latitude to 1e-7 degrees, easting and northing to the centimetre: what the
// command line writes.
void put_point(nlohmann::ordered_json& object, const std::optional<geo::LonLat>& degrees,
               const std::optional<geo::BngPoint>& metres);
void put_point(nlohmann::ordered_json& object, const std::optional<geo::BngPoint>& metres);

} // namespace hotspots::service
