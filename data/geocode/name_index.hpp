// The streets and points of interest of a gazetteer, grouped by the one spelling of their names.
// Immutable after construction.
#pragma once

#include "data/geocode/area_names.hpp"
#include "data/geocode/text.hpp"
#include "data/reference/reference.hpp"
#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

using NameId = std::uint32_t;

// One place that has a name.
struct NamedPoint {
    geo::BngPoint point;
    PlaceKind kind = PlaceKind::street;
    std::optional<WardNumber> ward;
    float radius_m = 0;           // 0 if not known
    std::uint32_t first_line = 0; // lines [first_line, last_line) of the index
    std::uint32_t last_line = 0;
};

// All places of one name.
struct NameGroup {
    std::string name;        // as the gazetteer writes it
    std::string key;         // canonical words, joined by spaces
    std::uint32_t first = 0; // points [first, last) of the index
    std::uint32_t last = 0;
    bool typed = false;       // ends with the kind of street: "Road"
    bool category = false;    // a kind of place rather than a name: "Parking Area"
    bool road_number = false; // "A607": its points are stretches of the road
};

// "St Mary's Street" -> "st marys st".
std::string name_key(std::span<const Token> tokens);

class NameIndex {
public:
    using WardAt =
        std::function<std::optional<WardNumber>(const NamedPlace&, const geo::BngPoint&)>;

    NameIndex() = default;
    // Names that `is_area` accepts (by area_key) are left to the areas, and so are places of more
    // than 250 m radius: neither is a spot.
    NameIndex(std::span<const NamedPlace> places, const WardAt& ward_at,
              const std::function<bool(const std::string&)>& is_area);

    std::size_t size() const { return m_groups.size(); }
    const NameGroup& group(NameId name) const { return m_groups[name]; }
    std::span<const NamedPoint> points(NameId name) const {
        const NameGroup& g = m_groups[name];
        return std::span(m_points).subspan(g.first, g.last - g.first);
    }
    std::span<const geo::BngPoint> line(std::uint32_t line) const {
        const std::size_t end =
            line + 1 < m_line_starts.size() ? m_line_starts[line + 1] : m_vertices.size();
        return std::span(m_vertices).subspan(m_line_starts[line], end - m_line_starts[line]);
    }

    const geo::Box<geo::BngPoint>& line_box(std::uint32_t line) const { return m_line_boxes[line]; }

    // Names whose key begins with `key`, in alphabetical order, at most `limit`.
    std::vector<NameId> beginning_with(std::string_view key, std::size_t limit) const;

    std::size_t memory_bytes() const;

private:
    void add_road(const NamedPlace& road, const WardAt& ward_at);
    void add_point(const NamedPlace& place, const geo::BngPoint& point,
                   std::optional<WardNumber> ward);

    std::vector<NameGroup> m_groups; // sorted by key
    std::vector<NamedPoint> m_points;
    std::vector<std::uint32_t> m_line_starts;
    std::vector<geo::Box<geo::BngPoint>> m_line_boxes;
    std::vector<geo::BngPoint> m_vertices;
};

} // namespace hotspots::data
