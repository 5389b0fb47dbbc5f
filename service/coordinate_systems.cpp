#include "service/coordinate_systems.hpp"

#include "geo/crs.hpp"
#include "service/parameters.hpp"
#include "tiles/tile.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

namespace hotspots::service {

namespace {

using filter::Crs;

// In the order of the enum.
constexpr std::array<std::string_view, 4> system_uris{
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326",
    "http://www.opengis.net/def/crs/EPSG/0/27700", "http://www.opengis.net/def/crs/EPSG/0/3857"};

static_assert(static_cast<int>(Crs::crs84) == 0 && static_cast<int>(Crs::epsg_4326) == 1 &&
              static_cast<int>(Crs::epsg_27700) == 2 && static_cast<int>(Crs::epsg_3857) == 3);

constexpr int degree_decimals = 7;
constexpr int metre_decimals = 2;

double rounded_to(double value, double steps) {
    return std::round(value * steps) / steps;
}

std::array<double, 2> latitude_first(const geo::LonLat& place) {
    return {place.lat_deg, place.lon_deg};
}

std::array<double, 2> in_national_grid(const geo::LonLat& place) {
    const auto point = geo::to_bng(place);
    if (!point) {
        throw std::domain_error("longitude " + number_text(place.lon_deg) + ", latitude " +
                                number_text(place.lat_deg) +
                                " is outside the area of British National Grid");
    }
    return {point->easting_m, point->northing_m};
}

std::array<double, 2> in_web_mercator(const geo::LonLat& place) {
    const auto point = tiles::to_mercator(place);
    return {point.x_m, point.y_m};
}

} // namespace

std::span<const std::string_view> crs_uris() {
    return system_uris;
}

std::string_view uri_of(Crs crs) {
    return system_uris.at(static_cast<std::size_t>(crs));
}

Crs read_crs(std::string_view parameter, std::string_view text) {
    return static_cast<Crs>(choice(parameter, text, system_uris));
}

bool is_in_metres(Crs crs) {
    return crs == Crs::epsg_27700 || crs == Crs::epsg_3857;
}

int decimals_of(Crs crs) {
    return is_in_metres(crs) ? metre_decimals : degree_decimals;
}

std::optional<PlanarPoint> as_served(const geo::LonLat& place, Crs crs) {
    constexpr double metre_steps = 1e2;
    if (crs == Crs::epsg_27700) {
        const auto point = geo::to_bng(place);
        return point ? std::optional(PlanarPoint{rounded_to(point->easting_m, metre_steps),
                                                 rounded_to(point->northing_m, metre_steps)})
                     : std::nullopt;
    }
    if (crs == Crs::epsg_3857) {
        const auto point = tiles::to_mercator(place);
        return PlanarPoint{rounded_to(point.x_m, metre_steps), rounded_to(point.y_m, metre_steps)};
    }
    return PlanarPoint{rounded_to(place.lon_deg, tiles::coordinate_steps_per_deg),
                       rounded_to(place.lat_deg, tiles::coordinate_steps_per_deg)};
}

tiles::PositionStyle position_style(Crs crs) {
    switch (crs) {
    case Crs::epsg_4326:
        return {latitude_first, degree_decimals};
    case Crs::epsg_27700:
        return {in_national_grid, metre_decimals};
    case Crs::epsg_3857:
        return {in_web_mercator, metre_decimals};
    case Crs::crs84:
        break;
    }
    return {};
}

} // namespace hotspots::service
