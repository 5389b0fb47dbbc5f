#include "data/geocode/geocode.hpp"

#include "data/geocode/coordinate_text.hpp"
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/index.hpp"
#include "data/geocode/postcode_text.hpp"
#include "data/geocode/text.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace hotspots::data {
namespace {

Location nothing(GeocodeStatus status, std::string rule) {
    Location location;
    location.status = status;
    location.rule = std::move(rule);
    return location;
}

bool inside(const Gazetteer& gazetteer, const geo::BngPoint& point) {
    return !gazetteer.has_wards() || gazetteer.ward_at(point).has_value();
}

Location placed(GeocodeLevel level, const geo::BngPoint& point, double uncertainty_m, double score,
                std::string rule) {
    Location location;
    location.status = GeocodeStatus::matched;
    location.level = level;
    location.point = point;
    location.lon_lat = geo::to_lon_lat(point);
    location.uncertainty_m = uncertainty_m;
    location.score = score;
    location.rule = std::move(rule);
    return location;
}

std::optional<geo::BngPoint> bng_of(const std::variant<geo::BngPoint, geo::LonLat>& point) {
    if (const auto* bng = std::get_if<geo::BngPoint>(&point)) {
        return *bng;
    }
    return geo::to_bng(std::get<geo::LonLat>(point));
}

Location by_coordinates(const Gazetteer& gazetteer, const CoordinateReading& reading) {
    if (reading.points.empty()) {
        return nothing(GeocodeStatus::unmatched, "no_place_coordinates");
    }
    const auto point = bng_of(reading.points.front());
    if (!point || !inside(gazetteer, *point)) {
        return nothing(GeocodeStatus::outside, "coordinates_outside");
    }
    return placed(GeocodeLevel::grid_ref, *point, reading.uncertainty_m, 0.99, "coordinates");
}

std::string key_of(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
    std::string key;
    for (std::size_t i = first; i < last; ++i) {
        key += (key.empty() ? "" : " ") + name_key(tokens[i].word);
    }
    return key;
}

// A name, then a ward or an authority: all of the text after what stands before the name.
Location by_name(const Gazetteer& gazetteer, const std::vector<Token>& tokens) {
    const auto& names = gazetteer.index().names;
    for (std::size_t first = 0; first < tokens.size(); ++first) {
        for (std::size_t cut = tokens.size() - 1; cut > first; --cut) {
            const auto entries = names.entries(key_of(tokens, first, cut));
            const auto wards = names.area(key_of(tokens, cut, tokens.size()));
            std::vector<const NameTable::Entry*> found;
            for (const auto* entry : entries) {
                if (entry->ward &&
                    std::find(wards.begin(), wards.end(), *entry->ward) != wards.end()) {
                    found.push_back(entry);
                }
            }
            if (found.size() == 1) {
                auto location =
                    placed(GeocodeLevel::street, found[0]->point, 150, 0.9, "street_in_area");
                location.matched_text = found[0]->name;
                return location;
            }
        }
    }
    return nothing(GeocodeStatus::unmatched, "no_name_found");
}

} // namespace

Location geocode_text(const Gazetteer& gazetteer, std::string_view text) {
    const auto tokens = tokens_of(text);
    if (const auto reading = read_coordinates(tokens)) {
        return by_coordinates(gazetteer, *reading);
    }
    const auto postcode = read_postcode(tokens);
    if (postcode && postcode->part == PostcodePart::unit) {
        if (const auto point = gazetteer.index().names.postcode(postcode->code)) {
            auto location = placed(GeocodeLevel::postcode, *point, 75, 0.95, "postcode");
            location.matched_text = postcode->code;
            return location;
        }
        return nothing(GeocodeStatus::unmatched, "postcode_unknown");
    }
    return by_name(gazetteer, tokens);
}

Location locate(const Gazetteer& gazetteer, const RawRecord& record) {
    auto point = record.given_bng;
    if (!point && record.given_lon_lat) {
        point = geo::to_bng(*record.given_lon_lat);
    }
    if (!point || (point->easting_m == 0 && point->northing_m == 0)) {
        return geocode_text(gazetteer, record.location_text);
    }
    auto location = placed(record.snapped ? GeocodeLevel::snapped : GeocodeLevel::given, *point,
                           record.snapped ? 100 : 10, 0.99, "given_coordinates");
    if (!inside(gazetteer, *point)) {
        location.status = GeocodeStatus::outside;
    }
    return location;
}

} // namespace hotspots::data
