// A site with the street that it is on: "Wheatsheaf, Northgate, Oakham".
#include "data/geocode/answer.hpp"
#include "data/geocode/junction.hpp"
#include "data/geocode/score.hpp"

#include <algorithm>

namespace hotspots::data {
namespace {

constexpr double on_street_m = 150;  // from a street's line
constexpr double near_point_m = 400; // from a street of which only a point is known

bool is_site(const Spot& spot) {
    return spot.place->kind != PlaceKind::street;
}

bool all_sites(const Gazetteer::Index& index, const NameHit& hit) {
    const auto spots = all_spots(index, hit);
    return !spots.empty() && std::all_of(spots.begin(), spots.end(), is_site);
}

bool any_street(const Gazetteer::Index& index, const NameHit& hit) {
    const auto spots = all_spots(index, hit);
    return std::any_of(spots.begin(), spots.end(), [](const Spot& s) { return !is_site(s); });
}

bool is_on(const Gazetteer::Index& index, const Spot& site, const Spot& street) {
    const bool lined = street.place->first_line < street.place->last_line;
    const double most_m = lined ? on_street_m : near_point_m;
    return nearest_points(index, site, street, most_m).distance_m <= most_m;
}

} // namespace

std::optional<Answer> answer_site(const Gazetteer::Index& index, const LocationText& text,
                                  const Reading& reading) {
    const bool first = all_sites(index, reading.names[0]) && any_street(index, reading.names[1]);
    const bool second = all_sites(index, reading.names[1]) && any_street(index, reading.names[0]);
    const bool doubt = reading.outside || reading.refusal || reading.longer_name ||
                       reading.unread_after > 0 || reading.unread_before > 2;
    if (first == second || doubt) {
        return std::nullopt;
    }
    const auto streets = all_spots(index, reading.names[first ? 1 : 0]);
    auto sites = narrow(index, reading.names[first ? 0 : 1], reading, text).spots;
    std::erase_if(sites, [&](const Spot& site) {
        return std::none_of(streets.begin(), streets.end(), [&](const Spot& street) {
            return !is_site(street) && is_on(index, site, street);
        });
    });
    const auto found = clusters(sites);
    if (found.size() != 1) {
        return std::nullopt;
    }
    const Placement at = place(index, found.front());
    const std::string rule =
        names_area(index, reading) ? "site_on_street_in_area" : "site_on_street";
    return Answer{placed(at.level, at.point, at.uncertainty_m, score_of(rule), at.name, rule),
                  static_cast<double>(reading.unread_before) +
                      static_cast<double>(reading.other_names.size())};
}

} // namespace hotspots::data
