#include "tests/data/quality/city.hpp"

#include "data/snapshot_columns.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace hotspots::tests {

namespace {

using data::GeocodeLevel;

geo::MultiPolygon<geo::BngPoint> rectangle(double west, double south, double east, double north) {
    return {{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}};
}

geo::BngPoint to_metre(double easting_m, double northing_m) {
    return {std::round(easting_m), std::round(northing_m)};
}

double uncertainty_of(GeocodeLevel level) {
    return level == GeocodeLevel::given || level == GeocodeLevel::grid_ref ? 10 : 100;
}

} // namespace

City::City() {
    const std::vector<std::string> names{"North", "Castle", "Fosse"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double west = 456130 + 2000 * static_cast<double>(i);
        const auto outline = rectangle(west, 304010, west + 2000, 306010);
        const bool beta = i == 2;
        m_snapshot.wards.push_back({"W" + std::to_string(i + 1), names[i], beta ? "E2" : "E1",
                                    beta ? "Beta" : "Alpha", geo::to_lon_lat(outline), false});
        m_snapshot.ward_outlines_bng.push_back(outline);
    }
    m_snapshot.authorities = {{"E1", "Alpha", {}}, {"E2", "Beta", {}}};
    m_reference.wards = m_snapshot.wards;
}

City& City::add(const geo::BngPoint& at, int count, GeocodeLevel level) {
    for (int i = 0; i < count; ++i) {
        data::Incident incident;
        incident.location.status = data::GeocodeStatus::matched;
        incident.location.level = level;
        incident.location.point = at;
        incident.location.uncertainty_m = uncertainty_of(level);
        incident.record.occurred_from = data::parse_moment("2025-03").value();
        add(std::move(incident));
    }
    return *this;
}

City& City::add(data::Incident incident) {
    incident.id = static_cast<std::int64_t>(m_snapshot.incidents.size()) + 1;
    if (const auto& point = incident.location.point) {
        for (std::size_t ward = 0; ward < m_snapshot.wards.size(); ++ward) {
            if (geo::bounds(m_snapshot.ward_outlines_bng[ward]).contains(*point)) {
                incident.ward_code = m_snapshot.wards[ward].code;
            }
        }
    }
    m_snapshot.incidents.push_back(std::move(incident));
    return *this;
}

City& City::add_place(const std::string& name, data::PlaceKind kind, const geo::BngPoint& at,
                      const std::string& category) {
    data::NamedPlace place;
    place.name = name;
    place.kind = kind;
    place.category = category;
    place.point = geo::to_lon_lat(at).value();
    m_snapshot.places.push_back(place);
    m_snapshot.place_points.push_back(at);
    m_reference.places.push_back(std::move(place));
    return *this;
}

City& City::add_postcode(const std::string& code, const geo::BngPoint& at) {
    m_reference.postcodes.push_back({code, geo::to_lon_lat(at).value(), ""});
    return *this;
}

std::shared_ptr<const data::Snapshot> City::build() const {
    auto snapshot = std::make_shared<data::Snapshot>(m_snapshot);
    snapshot->gazetteer = std::make_shared<const data::Gazetteer>(m_reference);
    snapshot->columns = data::make_columns(snapshot->incidents, snapshot->wards);
    return snapshot;
}

City clean_city(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> easting(456150, 462110);
    std::uniform_real_distribution<double> northing(304030, 305990);
    std::normal_distribution<double> normal(0, 1);
    City city;
    // Addresses that call again and again: few, and each not much more than those around it.
    for (int cluster = 0; cluster < 5; ++cluster) {
        const double x = easting(random);
        const double y = northing(random);
        for (int i = 0; i < 120; ++i) {
            const auto at = to_metre(std::clamp(x + 250 * normal(random), 456150.0, 462110.0),
                                     std::clamp(y + 250 * normal(random), 304030.0, 305990.0));
            const double calls = std::exp(0.8 * normal(random));
            city.add(at, 1 + std::min(15, static_cast<int>(calls)), GeocodeLevel::given);
        }
    }
    // The publisher's list: a point every 120 m or so; each street has a share of its own.
    const double centre = easting(random);
    for (double x = 456200; x < 462100; x += 120) {
        for (double y = 304080; y < 306000; y += 120) {
            const double hump =
                std::exp(-std::pow((x - centre) / 900, 2) - std::pow((y - 305010) / 500, 2));
            const double mean = (1 + 25 * hump) * std::exp(0.6 * normal(random));
            const int count = std::poisson_distribution<int>(mean)(random);
            city.add(to_metre(x + 30 * normal(random), y + 30 * normal(random)), count,
                     GeocodeLevel::snapped);
        }
    }
    // Texts: all of a street's records at the street's one point, and some streets have most.
    for (int street = 0; street < 40; ++street) {
        const auto at = to_metre(easting(random), northing(random));
        city.add_place("Street " + std::to_string(street), data::PlaceKind::street, at);
        city.add(at, static_cast<int>(3 * std::exp(1.2 * normal(random))), GeocodeLevel::street);
    }
    return city;
}

void add_nightclub_street(City& city, const geo::BngPoint& middle) {
    const std::vector<int> counts{8, 12, 18, 27, 40, 60, 90, 120, 90, 60, 40, 27, 18, 12, 8};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double along_m = 20 * (static_cast<double>(i) - 7);
        city.add({middle.easting_m + along_m, middle.northing_m}, counts[i], GeocodeLevel::given);
    }
}

} // namespace hotspots::tests
