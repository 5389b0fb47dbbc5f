#include "tests/data/geocode/osm_texts.hpp"

#include "data/reference/osm.hpp"
#include "geo/crs.hpp"
#include "tests/data/geocode/score_texts.hpp"

#include <cmath>
#include <map>
#include <set>

namespace hotspots::tests {
namespace {

using Vertex = std::pair<double, double>;

bool usual(const std::string& name) {
    return name.find(' ') != std::string::npos;
}

geo::LonLat at(const Vertex& vertex) {
    return {vertex.first, vertex.second};
}

} // namespace

OsmTexts::OsmTexts(const std::string& extract, const std::vector<data::Ward>& wards)
    : m_wards(wards), m_places(data::read_osm(extract)) {
    data::ReferenceData reference{wards, thinned(m_places), {}};
    m_with_lines = std::make_unique<data::Gazetteer>(reference);
    for (auto& place : reference.places) {
        place.lines.clear();
    }
    m_with_points = std::make_unique<data::Gazetteer>(reference);
}

std::string OsmTexts::ward_of(const geo::LonLat& point) const {
    const auto bng = geo::to_bng(point);
    const auto ward = bng ? m_with_lines->ward_at(*bng) : std::nullopt;
    return ward ? m_wards[*ward].name : std::string();
}

std::vector<LabelledText> OsmTexts::crossings() const {
    std::map<Vertex, std::set<std::string>> streets_at;
    for (const auto& place : m_places) {
        for (const auto& line : place.lines) {
            for (const auto& point : line) {
                if (usual(place.name)) {
                    streets_at[{point.lon_deg, point.lat_deg}].insert(place.name);
                }
            }
        }
    }
    // Two streets may meet twice: either place is right.
    std::map<std::pair<std::string, std::string>, std::vector<geo::LonLat>> meetings;
    for (const auto& [vertex, names] : streets_at) {
        meetings[{*names.begin(), *names.rbegin()}].push_back(at(vertex));
    }
    std::map<std::string, std::vector<Vertex>> along; // junctions of a street
    std::vector<LabelledText> texts;
    for (const auto& [vertex, names] : streets_at) {
        const std::string ward = ward_of(at(vertex));
        if (names.size() < 2 || ward.empty()) {
            continue;
        }
        const std::string& a = *names.begin();
        const std::string& b = *names.rbegin();
        const auto& points = meetings[{a, b}];
        texts.push_back({"", "junction", a + " j/w " + b + ", " + ward, points, {}, 15});
        texts.push_back({"", "junction", b + " / " + a, points, {}, 15});
        const std::string misspelt = b.substr(0, 1) + b.substr(2);
        texts.push_back({"", "junction", a + " j/w " + misspelt + ", " + ward, points, {}, 15});
        along[a + '\t' + ward].push_back(vertex);
    }
    for (const auto& [street, vertices] : along) {
        const std::string name = street.substr(0, street.find('\t'));
        for (std::size_t i = 1; i < vertices.size(); ++i) {
            const auto& from = *streets_at[vertices[i - 1]].rbegin();
            const auto& to = *streets_at[vertices[i]].rbegin();
            if (from == to) {
                continue;
            }
            const geo::LonLat middle{(vertices[i - 1].first + vertices[i].first) / 2,
                                     (vertices[i - 1].second + vertices[i].second) / 2};
            texts.push_back({"",
                             "between",
                             name + " between " + from + " and " + to + ", " +
                                 street.substr(street.find('\t') + 1),
                             {middle},
                             {},
                             150});
        }
    }
    return texts;
}

std::vector<LabelledText> OsmTexts::streets() const {
    std::vector<LabelledText> texts;
    for (const auto& place : m_places) {
        const std::string ward = ward_of(place.point);
        if (usual(place.name) && !place.lines.empty() && !ward.empty()) {
            texts.push_back({"", "street", place.name + ", " + ward, {place.point}, {}, 150});
        }
    }
    return texts;
}

std::vector<LabelledText> OsmTexts::sites() const {
    std::vector<LabelledText> texts;
    for (const auto& place : m_places) {
        const std::string ward = ward_of(place.point);
        if (place.kind != data::PlaceKind::poi || ward.empty()) {
            continue;
        }
        const data::NamedPlace* street = nullptr;
        double nearest = 1e9;
        for (const auto& other : m_places) {
            for (const auto& line : other.lines) {
                for (const auto& point : line) {
                    const double d = std::hypot((point.lon_deg - place.point.lon_deg) * 0.6,
                                                point.lat_deg - place.point.lat_deg);
                    if (usual(other.name) && d < nearest) {
                        nearest = d;
                        street = &other;
                    }
                }
            }
        }
        texts.push_back({"", "site", place.name + ", " + street->name, {place.point}, {}, 150});
        texts.push_back({"", "site", place.name + ", " + ward, {place.point}, {}, 150});
        texts.push_back({"", "site", "o/s " + place.name, {place.point}, {}, 150});
        texts.push_back(
            {"", "site", place.name + ", " + street->name + ", " + ward, {place.point}, {}, 150});
    }
    return texts;
}

} // namespace hotspots::tests
