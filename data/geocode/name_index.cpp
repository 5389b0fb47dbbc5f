#include "data/geocode/name_index.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/location_text.hpp"
#include "data/geocode/road_stretches.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <map>

namespace hotspots::data {
namespace {

constexpr double spot_radius_m = 250; // larger places are areas

// police.uk's points of interest are named by what they are: "Parking Area".
bool is_category(const NamedPlace& place) {
    return place.kind == PlaceKind::poi && place.category.empty();
}

struct Pending {
    const NamedPlace* place;
    geo::BngPoint point;
};

std::string last_word(const std::string& key) {
    const std::size_t space = key.rfind(' ');
    return space == std::string::npos ? std::string() : key.substr(space + 1);
}

} // namespace

std::string name_key(std::span<const Token> tokens) {
    std::string key;
    for (const auto& token : tokens) {
        key += key.empty() ? "" : " ";
        key += canonical_word(token.word);
    }
    return key;
}

NameIndex::NameIndex(std::span<const NamedPlace> places, const WardAt& ward_at,
                     const std::function<bool(const std::string&)>& is_area) {
    std::map<std::string, std::vector<Pending>> by_key;
    for (const auto& place : places) {
        const auto tokens = tokens_of(place.name);
        const bool large =
            place.kind == PlaceKind::place && place.radius_m.value_or(1e9) > spot_radius_m;
        const auto point = geo::to_bng(place.point);
        if (!tokens.empty() && !large && point &&
            (place.kind == PlaceKind::place || !is_area(area_key(tokens)))) {
            by_key[name_key(tokens)].push_back({&place, *point});
        }
    }
    for (const auto& [key, members] : by_key) {
        NameGroup group;
        group.name = members.front().place->name;
        group.key = key;
        group.first = static_cast<std::uint32_t>(m_points.size());
        group.typed = is_street_type(last_word(key));
        group.category = is_category(*members.front().place);
        group.road_number = is_road_number(key);
        for (const auto& member : members) {
            if (group.road_number) {
                add_road(*member.place, ward_at);
            } else {
                add_point(*member.place, member.point, ward_at(*member.place, member.point));
            }
        }
        group.last = static_cast<std::uint32_t>(m_points.size());
        m_groups.push_back(std::move(group));
    }
}

void NameIndex::add_road(const NamedPlace& road, const WardAt& ward_at) {
    for (const auto& stretch : stretches_of(road)) {
        if (const auto point = geo::to_bng(stretch.point)) {
            add_point(stretch, *point, ward_at(stretch, *point));
        }
    }
}

void NameIndex::add_point(const NamedPlace& place, const geo::BngPoint& point,
                          std::optional<WardNumber> ward) {
    NamedPoint named{point,
                     place.kind,
                     ward,
                     static_cast<float>(place.radius_m.value_or(0)),
                     static_cast<std::uint32_t>(m_line_starts.size()),
                     0};
    for (const auto& line : place.lines) {
        const auto start = static_cast<std::uint32_t>(m_vertices.size());
        geo::Box<geo::BngPoint> box;
        for (const auto& vertex : line) {
            if (const auto bng = geo::to_bng(vertex)) {
                m_vertices.push_back(*bng);
                box.extend(*bng);
            }
        }
        if (!box.empty()) {
            m_line_starts.push_back(start);
            m_line_boxes.push_back(box);
        }
    }
    named.last_line = static_cast<std::uint32_t>(m_line_starts.size());
    m_points.push_back(named);
}

std::vector<NameId> NameIndex::beginning_with(std::string_view key, std::size_t limit) const {
    auto at = std::lower_bound(m_groups.begin(), m_groups.end(), key,
                               [](const NameGroup& g, std::string_view k) { return g.key < k; });
    std::vector<NameId> found;
    for (; at != m_groups.end() && at->key.starts_with(key) && found.size() < limit; ++at) {
        found.push_back(static_cast<NameId>(at - m_groups.begin()));
    }
    return found;
}

std::size_t NameIndex::memory_bytes() const {
    std::size_t bytes = m_groups.capacity() * sizeof(NameGroup) +
                        m_points.capacity() * sizeof(NamedPoint) +
                        m_line_starts.capacity() * sizeof(std::uint32_t) +
                        m_line_boxes.capacity() * sizeof(geo::Box<geo::BngPoint>) +
                        m_vertices.capacity() * sizeof(geo::BngPoint);
    for (const auto& group : m_groups) {
        bytes += group.name.capacity() + group.key.capacity();
    }
    return bytes;
}

} // namespace hotspots::data
