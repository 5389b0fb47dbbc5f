#include "service/handlers/json_values.hpp"

#include "geo/crs.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace hotspots::service {

using nlohmann::ordered_json;

namespace {

double in_steps_of(double value, double steps_per_unit) {
    return std::round(value * steps_per_unit) / steps_per_unit;
}

} // namespace

ordered_json text_or_null_json(std::string_view text) {
    return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json number_or_null_json(const std::optional<double>& number) {
    return number ? ordered_json(*number) : ordered_json();
}

void put_point(ordered_json& object, const std::optional<geo::LonLat>& degrees,
               const std::optional<geo::BngPoint>& metres) {
    const auto put = [&](const char* name, bool is_known, double value, double steps_per_unit) {
        object[name] = is_known ? ordered_json(in_steps_of(value, steps_per_unit)) : ordered_json();
    };
    const auto at = degrees.value_or(geo::LonLat{});
    put("longitude", degrees.has_value(), at.lon_deg, 1e7);
    put("latitude", degrees.has_value(), at.lat_deg, 1e7);
    const auto point = metres.value_or(geo::BngPoint{});
    put("easting", metres.has_value(), point.easting_m, 100);
    put("northing", metres.has_value(), point.northing_m, 100);
}

void put_point(ordered_json& object, const std::optional<geo::BngPoint>& metres) {
    put_point(object, metres ? geo::to_lon_lat(*metres) : std::nullopt, metres);
}

} // namespace hotspots::service
