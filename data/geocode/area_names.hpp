// Names that stand for an area: wards, parts of ward names, towns that several wards share, places,
// authorities, and the short forms of them. An area narrows down which of several equal names is
// meant.
#pragma once

#include "data/geocode/text.hpp"
#include "geo/coordinates.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotspots::data {

struct ReferenceData;

using WardNumber = std::uint16_t; // index into ReferenceData::wards

enum class AreaKind : std::uint8_t { ward, place, authority, county };

struct Area {
    std::string label;
    AreaKind kind = AreaKind::ward;
    std::vector<bool> wards;             // by WardNumber
    std::optional<geo::BngPoint> centre; // of a place known by a point
    double radius_m = 0;

    bool holds(const geo::BngPoint& point, std::optional<WardNumber> ward) const;

    // How many wards it has: the measure of narrow.
    std::size_t extent() const;
};

// "Hinckley & Bosworth" -> "hinckley bosworth": canonical words, joined, without "and" and "with".
std::string area_key(std::span<const Token> tokens);

class AreaNames {
public:
    AreaNames() = default;
    explicit AreaNames(const ReferenceData& reference);

    // The areas that an alias may mean, narrowest first.
    using Senses = std::vector<std::uint32_t>;

    const std::map<std::string, Senses>& aliases() const { return m_aliases; }
    const Area& area(std::uint32_t id) const { return m_areas[id]; }

private:
    void add_ward_names(const ReferenceData& reference);
    void add_shared_beginnings(const ReferenceData& reference);
    void add_places(const ReferenceData& reference);
    void add_short_forms();
    void add(const std::string& key, Area area);
    bool names_ward(const std::string& key) const;

    std::vector<Area> m_areas;
    std::map<std::string, Senses> m_aliases;
};

} // namespace hotspots::data
