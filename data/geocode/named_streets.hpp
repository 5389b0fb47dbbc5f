// The named streets of a gazetteer, and on which of them a record is: by the name in its text, else
// by the nearest. A street is what the geocoder takes for one: places of one name within 1 km of
// each other, directly or through others. Roads known by a number alone (A607) are not among them:
// they are many streets.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "data/geocode/name_index.hpp"
#include "data/quality/point_grid.hpp"
#include "geo/coordinates.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hotspots::data {

// A street named in a record's text is the record's if it is at most so far away: streets are
// long, and many gazetteers know only a point of each.
inline constexpr double named_street_reach_m = 500;
// Without a name, the nearest street is the record's if it is at most so far away, and the point no
// less certain.
inline constexpr double nearest_street_reach_m = 60;

struct NamedStreet {
    std::string name;  // as the gazetteer writes it
    std::string label; // "Granby Street, Castle, Leicester"
    geo::BngPoint point;
};

class NamedStreets {
public:
    // Shares the gazetteer's index. O(places).
    explicit NamedStreets(std::shared_ptr<const Gazetteer> gazetteer);

    std::size_t size() const { return m_streets.size(); }
    const NamedStreet& street(std::uint32_t number) const { return m_streets[number]; }
    std::size_t with_lines() const { return m_with_lines; } // the others are known by points alone

    // Names of streets in a text, in its order; where one begins within another, the longer. Each
    // with every street of that name in the gazetteer.
    using Named = std::vector<std::span<const std::uint32_t>>;
    Named names_in(std::string_view text) const;

    // The nearest of these streets within `reach_m`.
    std::optional<std::uint32_t> nearest_of(std::span<const std::uint32_t> streets,
                                            const geo::BngPoint& at, double reach_m) const;
    // The nearest of all within nearest_street_reach_m: of its lines, where it has any, else of its
    // points.
    std::optional<std::uint32_t> nearest(const geo::BngPoint& at) const;

private:
    // A piece of a street: a stretch of a line, or a point (both ends the same).
    struct Piece {
        geo::BngPoint from;
        geo::BngPoint to;
        std::uint32_t street = 0;
    };

    // All streets of one name.
    struct OfName {
        std::vector<std::uint32_t> streets;
        bool telling =
            false; // cannot be taken for something else: "Granby Street", not "The Green"
    };

    void add_streets(NameId name);
    void add_pieces(std::uint32_t street, const NamedPoint& place);
    void index_pieces();

    std::shared_ptr<const Gazetteer> m_gazetteer; // names point into it
    std::vector<NamedStreet> m_streets;
    std::unordered_map<std::string_view, OfName> m_by_key;
    std::size_t m_most_words = 0;
    std::size_t m_with_lines = 0;
    std::vector<Piece> m_pieces; // by street
    std::vector<std::size_t> m_first_piece;
    std::vector<std::uint32_t> m_sampled; // the piece of each point of the grid
    std::optional<PointGrid> m_grid;      // points along the pieces
};

} // namespace hotspots::data
