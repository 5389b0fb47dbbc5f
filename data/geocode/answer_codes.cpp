#include "data/geocode/answer_codes.hpp"

#include "data/geocode/answer.hpp"
#include "data/geocode/score.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace hotspots::data {
namespace {

using AnyPoint = std::variant<geo::BngPoint, geo::LonLat>;

std::optional<geo::BngPoint> bng_of(const AnyPoint& point) {
    if (const auto* bng = std::get_if<geo::BngPoint>(&point)) {
        return *bng;
    }
    return geo::to_bng(std::get<geo::LonLat>(point));
}

std::vector<geo::BngPoint> points_inside(const Gazetteer& gazetteer,
                                         const std::vector<AnyPoint>& points) {
    std::vector<geo::BngPoint> inside;
    for (const auto& point : points) {
        const auto bng = bng_of(point);
        if (bng && in_study_area(gazetteer, *bng)) {
            inside.push_back(*bng);
        }
    }
    return inside;
}

std::string rule_of(CoordinateForm form) {
    switch (form) {
    case CoordinateForm::grid_reference:
        return "grid_reference";
    case CoordinateForm::easting_northing:
        return "easting_northing";
    case CoordinateForm::longitude_latitude:
        return "longitude_latitude";
    }
    return "";
}

bool area_holds(const Gazetteer& gazetteer, const Reading& rest, const geo::BngPoint& point) {
    const auto& index = gazetteer.index();
    const auto ward = gazetteer.ward_at(point);
    const auto number = ward ? std::optional(static_cast<WardNumber>(*ward)) : std::nullopt;
    return names_area(index, rest) &&
           std::all_of(rest.areas.begin(), rest.areas.end(), [&](const AreaHit& hit) {
               return std::any_of(hit.senses->begin(), hit.senses->end(), [&](std::uint32_t id) {
                   const Area& area = index.areas.area(id);
                   return area.kind == AreaKind::county || area.holds(point, number);
               });
           });
}

Location guessed(const Gazetteer& gazetteer, const CoordinateReading& reading, const Reading& rest,
                 const std::vector<geo::BngPoint>& inside, const std::string& written) {
    const std::string rule = rule_of(reading.form) + "_truncated";
    if (inside.size() == 1 && area_holds(gazetteer, rest, inside.front())) {
        return placed(GeocodeLevel::grid_ref, inside.front(), reading.uncertainty_m, score_of(rule),
                      written, rule);
    }
    Location location =
        not_placed(inside.empty() ? GeocodeStatus::unmatched : GeocodeStatus::ambiguous, rule);
    for (const auto& point : inside) {
        location.candidates.push_back(
            {"with the missing figures", GeocodeLevel::grid_ref, point, reading.uncertainty_m});
    }
    return location;
}

} // namespace

bool in_study_area(const Gazetteer& gazetteer, const geo::BngPoint& point) {
    return !gazetteer.has_wards() || gazetteer.ward_at(point).has_value();
}

Location answer_coordinates(const Gazetteer& gazetteer, const LocationText& text,
                            const Reading& rest) {
    const CoordinateReading& reading = *text.coordinates;
    if (reading.points.empty()) {
        return not_placed(GeocodeStatus::unmatched, "zero_coordinates");
    }
    const auto inside = points_inside(gazetteer, reading.points);
    if (reading.truncated) {
        return guessed(gazetteer, reading, rest, inside, text.written_coordinates);
    }
    const std::string rule = rule_of(reading.form);
    if (!inside.empty()) {
        return placed(GeocodeLevel::grid_ref, inside.front(), reading.uncertainty_m, score_of(rule),
                      text.written_coordinates, rule);
    }
    if (reading.swapped && gazetteer.has_wards()) {
        const auto swapped = points_inside(gazetteer, {*reading.swapped});
        if (!swapped.empty()) {
            return placed(GeocodeLevel::grid_ref, swapped.front(), reading.uncertainty_m,
                          score_of(rule + "_swapped"), text.written_coordinates, rule + "_swapped");
        }
    }
    return not_placed(GeocodeStatus::outside, rule + "_outside");
}

Location answer_postcode(const Gazetteer& gazetteer, const LocationText& text) {
    constexpr double least_m = 50; // DOMAIN: 50 to 100 m in town
    constexpr double lone_m = 500; // no other postcode near: the country
    const auto& postcodes = gazetteer.index().postcodes;
    const std::string& code = text.postcode->code;
    const PostcodePoint* known = postcodes.find(code);
    if (!known) {
        const std::string district = code.substr(0, code.find(' '));
        const bool elsewhere = !postcodes.empty() && !postcodes.knows(district);
        const bool near_by = postcodes.knows(district);
        return not_placed(elsewhere ? GeocodeStatus::outside
                          : near_by ? GeocodeStatus::area_only
                                    : GeocodeStatus::unmatched,
                          elsewhere ? "postcode_outside" : "postcode_unknown");
    }
    if (!in_study_area(gazetteer, known->point)) {
        return not_placed(GeocodeStatus::outside, "postcode_outside");
    }
    if (known->sharing > most_sharing_postcodes) {
        Location location = not_placed(GeocodeStatus::area_only, "postcode_shared_point");
        location.matched_text = code;
        return location;
    }
    const double spacing =
        known->spacing_m > 0 ? std::max<double>(least_m, known->spacing_m) : lone_m;
    const double uncertainty = known->sharing > 2 ? std::max(100.0, spacing) : spacing;
    const std::string rule = text.postcode->repaired ? "postcode_repaired" : "postcode";
    return placed(GeocodeLevel::postcode, known->point, uncertainty, score_of(rule), code, rule);
}

} // namespace hotspots::data
