#include "service/hotspot_labels.hpp"

#include "geo/geos.hpp"

#include <algorithm>
#include <tuple>

namespace hotspots::service {

namespace {

constexpr double street_reach_m = 400;
constexpr double name_reach_m = 1000;
constexpr std::size_t most_names = 6;

double squared_distance_m2(const geo::BngPoint& a, const geo::BngPoint& b) {
    const double dx = a.easting_m - b.easting_m;
    const double dy = a.northing_m - b.northing_m;
    return dx * dx + dy * dy;
}

std::string with_ward(std::string name, const std::string& ward) {
    return name.empty() ? ward : ward.empty() ? name : name + ", " + ward;
}

} // namespace

HotspotLabels::HotspotLabels(const data::Snapshot& snapshot) : m_snapshot(snapshot) {
    for (const auto& outline : snapshot.ward_outlines_bng) {
        m_ward_bounds.push_back(geo::bounds(outline));
    }
}

std::vector<std::string>
HotspotLabels::wards_touched(const geo::MultiPolygon<geo::BngPoint>& outline,
                             std::span<const std::uint32_t> incidents) const {
    const auto& wards = m_snapshot.wards;
    std::vector<std::size_t> counts(wards.size());
    for (const auto i : incidents) {
        if (const auto ward = m_snapshot.columns.ward[i]; ward >= 0) {
            ++counts[static_cast<std::size_t>(ward)];
        }
    }
    const auto bounds = geo::bounds(outline);
    std::vector<std::size_t> touched;
    for (std::size_t ward = 0; ward < wards.size(); ++ward) {
        // Overlap by area: a shared boundary alone does not touch.
        if (counts[ward] > 0 ||
            (m_ward_bounds[ward].intersects(bounds) &&
             !geo::intersection(outline, m_snapshot.ward_outlines_bng[ward]).empty())) {
            touched.push_back(ward);
        }
    }
    std::sort(touched.begin(), touched.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(counts[b], wards[a].name, a) < std::tie(counts[a], wards[b].name, b);
    });
    std::vector<std::string> names;
    for (const auto ward : touched) {
        names.push_back(wards[ward].name);
    }
    return names;
}

// The best name first; each name once.
std::vector<std::string_view> HotspotLabels::names_near(const geo::BngPoint& peak) const {
    struct Near {
        bool street;
        double distance_m2;
        std::string_view name;
    };
    std::vector<Near> near;
    for (std::size_t i = 0; i < m_snapshot.places.size(); ++i) {
        const double distance_m2 = squared_distance_m2(peak, m_snapshot.place_points[i]);
        if (distance_m2 <= name_reach_m * name_reach_m) {
            const bool street = m_snapshot.places[i].kind == data::PlaceKind::street &&
                                distance_m2 <= street_reach_m * street_reach_m;
            near.push_back({street, distance_m2, m_snapshot.places[i].name});
        }
    }
    std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) {
        return std::tuple(!a.street, a.distance_m2, a.name) <
               std::tuple(!b.street, b.distance_m2, b.name);
    });
    std::vector<std::string_view> names;
    for (const auto& place : near) {
        if (names.size() < most_names &&
            std::find(names.begin(), names.end(), place.name) == names.end()) {
            names.push_back(place.name);
        }
    }
    return names;
}

std::string HotspotLabels::unused(const std::vector<std::string_view>& names,
                                  const std::string& ward) const {
    const std::string first(names.empty() ? std::string_view() : names.front());
    auto label = with_ward(first, ward);
    for (std::size_t i = 1; i < names.size() && m_used.contains(label); ++i) {
        label = with_ward(first + " / " + std::string(names[i]), ward);
    }
    const auto base = with_ward(first, ward);
    for (int number = 2; m_used.contains(label); ++number) {
        label = base + " (" + std::to_string(number) + ")";
    }
    return label;
}

std::string HotspotLabels::next(const geo::BngPoint& peak, std::span<const std::string> wards) {
    std::string ward = wards.empty() ? std::string() : wards.front();
    if (const auto& gazetteer = m_snapshot.gazetteer; gazetteer && gazetteer->has_wards()) {
        const auto at = gazetteer->ward_at(peak);
        const auto found = at ? std::find_if(m_snapshot.wards.begin(), m_snapshot.wards.end(),
                                             [&](const data::Ward& candidate) {
                                                 return candidate.code == gazetteer->ward_code(*at);
                                             })
                              : m_snapshot.wards.end();
        ward = found != m_snapshot.wards.end() ? found->name : ward;
    }
    auto label = unused(names_near(peak), ward);
    m_used.insert(label);
    return label;
}

} // namespace hotspots::service
