#include "data/geocode/spots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hotspots::data {
namespace {

// Real data: streets of one name in one ward lie up to 760 m apart, other streets of the same name
// more than 4 km in nine of ten cases.
constexpr double together_m = 1000;

// Without a line a street's length is not known: a third of the usual 300 m (DOMAIN: about a
// third).
constexpr double street_m = 100;
constexpr double poi_m = 50;
constexpr double least_street_m = 30;

bool is_county(const Gazetteer::Index& index, const AreaHit& hit) {
    return index.areas.area(hit.senses->front()).kind == AreaKind::county;
}

// The narrowest sense that holds the point; empty if none does.
std::optional<std::size_t> sense_of(const Gazetteer::Index& index, const AreaHit& hit,
                                    const NamedPoint& place) {
    for (std::size_t i = 0; i < hit.senses->size(); ++i) {
        if (index.areas.area((*hit.senses)[i]).holds(place.point, place.ward)) {
            return i;
        }
    }
    return std::nullopt;
}

// "Blaby, Blaby": the ward in the authority of that name.
bool repeated(const Reading& reading, const AreaHit& hit) {
    return std::count_if(reading.areas.begin(), reading.areas.end(),
                         [&](const AreaHit& other) { return other.senses == hit.senses; }) > 1;
}

bool in_areas(const Gazetteer::Index& index, const Reading& reading, const NamedPoint& place) {
    return std::all_of(reading.areas.begin(), reading.areas.end(), [&](const AreaHit& hit) {
        if (is_county(index, hit)) {
            return true;
        }
        const auto sense = sense_of(index, hit, place);
        return sense && (*sense == 0 || !repeated(reading, hit));
    });
}

bool in_postcode(const Gazetteer::Index& index, const LocationText& text, const NamedPoint& place) {
    if (!text.postcode) {
        return true;
    }
    const std::string& code = text.postcode->code;
    if (text.postcode->part != PostcodePart::unit) {
        return !index.postcodes.knows(code) || index.postcodes.near(code, place.point);
    }
    const std::string sector = code.substr(0, code.size() - 2);
    return !index.postcodes.knows(sector) || index.postcodes.near(sector, place.point);
}

// A single area right before a postcode of ours: the post town, which delivers beyond the authority
// of its name ("Keel Close, Leicester LE18" is in Wigston).
bool post_town(const Gazetteer::Index& index, const Reading& reading, const LocationText& text) {
    return text.postcode && reading.areas.size() == 1 &&
           reading.areas.front().last == text.postcode->first &&
           index.postcodes.knows(text.postcode->part == PostcodePart::unit
                                     ? text.postcode->code.substr(0, text.postcode->code.size() - 2)
                                     : text.postcode->code);
}

// "Main Street, Greetham" is in the village or elsewhere in the ward of its name: real texts mean
// either, so neither is taken.
bool is_village_and_ward(const Gazetteer::Index& index, const AreaHit& hit) {
    const auto& senses = *hit.senses;
    return senses.size() > 1 && index.areas.area(senses[0]).centre &&
           index.areas.area(senses[1]).kind == AreaKind::ward;
}

// Leaves only spots in the narrowest sense of each area's name, where there are any. A road by its
// number is named with a village, not with the ward that it crosses.
bool take_narrowest(const Gazetteer::Index& index, const Reading& reading, bool road,
                    std::vector<Spot>& spots) {
    bool taken = false;
    for (const AreaHit& hit : reading.areas) {
        if (!road && is_village_and_ward(index, hit)) {
            continue;
        }
        std::vector<Spot> narrow;
        std::copy_if(spots.begin(), spots.end(), std::back_inserter(narrow), [&](const Spot& s) {
            return !is_county(index, hit) && sense_of(index, hit, *s.place) == std::size_t{0};
        });
        if (!narrow.empty() && narrow.size() < spots.size()) {
            spots = std::move(narrow);
            taken = true;
        }
    }
    return taken;
}

bool in_every_sense(const Gazetteer::Index& index, const AreaHit& hit, const NamedPoint& place) {
    return std::all_of(hit.senses->begin(), hit.senses->end(), [&](std::uint32_t id) {
        return index.areas.area(id).holds(place.point, place.ward);
    });
}

// "Oakham" is a town and three wards: a spot in all of them rather than one at the town's edge.
bool take_surest(const Gazetteer::Index& index, const Reading& reading, std::vector<Spot>& spots) {
    if (std::any_of(reading.areas.begin(), reading.areas.end(),
                    [&](const AreaHit& hit) { return is_village_and_ward(index, hit); })) {
        return false;
    }
    std::vector<Spot> sure;
    std::copy_if(spots.begin(), spots.end(), std::back_inserter(sure), [&](const Spot& spot) {
        return std::all_of(reading.areas.begin(), reading.areas.end(), [&](const AreaHit& hit) {
            return is_county(index, hit) || in_every_sense(index, hit, *spot.place);
        });
    });
    if (sure.empty() || sure.size() == spots.size()) {
        return false;
    }
    spots = std::move(sure);
    return true;
}

double total_length_m(const Gazetteer::Index& index, const Cluster& cluster) {
    double total = 0;
    for (const Spot& spot : cluster) {
        for (std::uint32_t i = spot.place->first_line; i < spot.place->last_line; ++i) {
            const auto line = index.names.line(i);
            for (std::size_t v = 1; v < line.size(); ++v) {
                total += distance_m(line[v - 1], line[v]);
            }
        }
    }
    return total;
}

double spread_m(const Cluster& cluster, const geo::BngPoint& from) {
    double squares = 0;
    for (const Spot& spot : cluster) {
        const double d = distance_m(spot.place->point, from);
        squares += d * d;
    }
    return std::sqrt(squares / static_cast<double>(cluster.size()));
}

const Spot& middle(const Cluster& cluster) {
    const Spot* best = &cluster.front();
    double least = std::numeric_limits<double>::infinity();
    for (const Spot& spot : cluster) {
        if (const double spread = spread_m(cluster, spot.place->point); spread < least) {
            least = spread;
            best = &spot;
        }
    }
    return *best;
}

GeocodeLevel level_of(PlaceKind kind) {
    switch (kind) {
    case PlaceKind::poi:
        return GeocodeLevel::poi;
    case PlaceKind::place:
        return GeocodeLevel::place;
    case PlaceKind::street:
        break;
    }
    return GeocodeLevel::street;
}

double uncertainty_m(const Gazetteer::Index& index, const Cluster& cluster, const Spot& chosen) {
    const double spread = spread_m(cluster, chosen.place->point);
    if (chosen.place->kind == PlaceKind::place) {
        return std::max<double>(chosen.place->radius_m, spread);
    }
    if (chosen.place->kind == PlaceKind::poi) {
        return std::max({poi_m, static_cast<double>(chosen.place->radius_m), spread});
    }
    if (index.names.group(chosen.name).road_number) {
        // Both carriageways are one road: the 68 % of a stretch about its middle by its spread.
        return std::max(street_m, 1.2 * spread);
    }
    const double length = total_length_m(index, cluster);
    return length > 0 ? std::max({least_street_m, length / 3, spread}) : std::max(street_m, spread);
}

} // namespace

double distance_m(const geo::BngPoint& a, const geo::BngPoint& b) {
    return std::hypot(a.easting_m - b.easting_m, a.northing_m - b.northing_m);
}

std::vector<Cluster> clusters(std::span<const Spot> spots) {
    std::vector<Cluster> result;
    for (const Spot& spot : spots) {
        const auto near = [&](const Cluster& cluster) {
            return std::any_of(cluster.begin(), cluster.end(), [&](const Spot& other) {
                return other.name == spot.name &&
                       distance_m(other.place->point, spot.place->point) <= together_m;
            });
        };
        // Every cluster that the spot is near becomes one with it.
        const auto rest = std::stable_partition(result.begin(), result.end(),
                                                [&](const Cluster& c) { return !near(c); });
        Cluster merged;
        for (auto it = rest; it != result.end(); ++it) {
            merged.insert(merged.end(), it->begin(), it->end());
        }
        merged.push_back(spot);
        result.erase(rest, result.end());
        result.push_back(std::move(merged));
    }
    return result;
}

Placement place(const Gazetteer::Index& index, const Cluster& all) {
    // A bus stop that is called after its street does not make the street a stop.
    Cluster cluster = all;
    std::erase_if(cluster, [](const Spot& s) { return s.place->kind != PlaceKind::street; });
    cluster = cluster.empty() ? all : cluster;
    const Spot& chosen = middle(cluster);
    Placement placement;
    placement.point = chosen.place->point;
    placement.uncertainty_m = uncertainty_m(index, cluster, chosen);
    placement.level = level_of(chosen.place->kind);
    placement.name = index.names.group(chosen.name).name;
    placement.label = placement.name;
    if (chosen.place->ward) {
        placement.label += ", " + index.ward_labels[*chosen.place->ward];
    }
    return placement;
}

std::vector<Spot> all_spots(const Gazetteer::Index& index, const NameHit& hit) {
    std::vector<Spot> spots;
    for (const NameId name : hit.names) {
        for (const NamedPoint& point : index.names.points(name)) {
            spots.push_back({name, &point});
        }
    }
    return spots;
}

bool names_area(const Gazetteer::Index& index, const Reading& reading) {
    return std::any_of(reading.areas.begin(), reading.areas.end(),
                       [&](const AreaHit& hit) { return !is_county(index, hit); });
}

Narrowed narrow(const Gazetteer::Index& index, const NameHit& hit, const Reading& reading,
                const LocationText& text) {
    Narrowed result;
    for (const Spot& spot : all_spots(index, hit)) {
        if (in_areas(index, reading, *spot.place) && in_postcode(index, text, *spot.place)) {
            result.spots.push_back(spot);
        }
    }
    if (result.spots.empty() && post_town(index, reading, text)) {
        for (const Spot& spot : all_spots(index, hit)) {
            if (in_postcode(index, text, *spot.place)) {
                result.spots.push_back(spot);
            }
        }
        result.by_narrower = true;
    }
    result.by_area = names_area(index, reading) || text.postcode.has_value();
    // A road goes through all that an area's name may mean.
    const bool road = index.names.group(hit.names.front()).road_number;
    if (result.by_area && (road || clusters(result.spots).size() > 1)) {
        result.by_narrower = take_narrowest(index, reading, road, result.spots);
        if (clusters(result.spots).size() > 1) {
            result.by_narrower = take_surest(index, reading, result.spots) || result.by_narrower;
        }
    }
    return result;
}

} // namespace hotspots::data
