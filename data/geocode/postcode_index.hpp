// The postcodes of a gazetteer: points of units, which districts and sectors are known, and how
// many postcodes share a point.
#pragma once

#include "data/reference/reference.hpp"
#include "geo/coordinates.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hotspots::data {

struct PostcodePoint {
    geo::BngPoint point;
    std::uint16_t sharing = 1; // postcodes at this very point, itself included
    float spacing_m = 0; // distance to the nearest point of another postcode; 0 if none is near
};

class PostcodeIndex {
public:
    PostcodeIndex() = default;
    // The same postcode may come from several lists: the point that fewer others share is kept.
    explicit PostcodeIndex(std::span<const Postcode> postcodes);

    // `code` as "LE1 5YA". Null if it is not known.
    const PostcodePoint* find(const std::string& code) const;

    // `part` as "LE1 5" or "LE1".
    bool knows(const std::string& part) const { return m_cells.contains(part); }

    // True if a postcode of the sector or district lies within about 700 m of the point.
    bool near(const std::string& part, const geo::BngPoint& point) const;

    bool empty() const { return m_points.empty(); }
    const std::unordered_map<std::string, PostcodePoint>& points() const { return m_points; }
    std::size_t memory_bytes() const;

private:
    void measure_spacing();

    std::unordered_map<std::string, PostcodePoint> m_points;
    std::unordered_map<std::string, std::unordered_set<std::uint32_t>> m_cells; // by part
};

} // namespace hotspots::data
