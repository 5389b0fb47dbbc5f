#include "data/geocode/named_streets.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/index.hpp"
#include "data/geocode/location_text.hpp"
#include "data/geocode/spots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hotspots::data {

namespace {

// Points along a line are so close that none of it is farther than half of this from one.
constexpr double sample_m = 60;
constexpr double sample_cell_m = 100;
// A line has no more samples than this: longer ones come from broken files.
constexpr double most_samples = 10'000;

double distance_to_piece_m(const geo::BngPoint& at, const geo::BngPoint& from,
                           const geo::BngPoint& to) {
    const double dx = to.easting_m - from.easting_m;
    const double dy = to.northing_m - from.northing_m;
    const double length2 = dx * dx + dy * dy;
    const double along =
        length2 > 0
            ? ((at.easting_m - from.easting_m) * dx + (at.northing_m - from.northing_m) * dy) /
                  length2
            : 0;
    const double share = std::clamp(along, 0.0, 1.0);
    return distance_m(at, {from.easting_m + share * dx, from.northing_m + share * dy});
}

bool has_several_words(const NameGroup& group) {
    return group.typed && group.key.find(' ') != std::string::npos;
}

// Whether the words [first, last) are all that the part of the text between two stops leaves open:
// "On or near The Green", "The Green, Hathern".
bool stands_alone(const LocationText& text, std::size_t first, std::size_t last) {
    const auto may_be_name = [&](std::size_t i) { return text.roles[i] == Role::open; };
    for (std::size_t i = first; i > 0 && text.tokens[i].gap != Gap::stop; --i) {
        if (may_be_name(i - 1)) {
            return false;
        }
    }
    for (std::size_t i = last; i < text.tokens.size() && text.tokens[i].gap != Gap::stop; ++i) {
        if (may_be_name(i)) {
            return false;
        }
    }
    return true;
}

} // namespace

NamedStreets::NamedStreets(std::shared_ptr<const Gazetteer> gazetteer)
    : m_gazetteer(std::move(gazetteer)) {
    const auto& names = m_gazetteer->index().names;
    for (NameId name = 0; name < names.size(); ++name) {
        if (!names.group(name).road_number) {
            add_streets(name);
        }
    }
    m_first_piece.push_back(m_pieces.size());
    index_pieces();
}

void NamedStreets::add_streets(NameId name) {
    const auto& index = m_gazetteer->index();
    const auto& group = index.names.group(name);
    std::vector<Spot> spots;
    for (const auto& point : index.names.points(name)) {
        if (point.kind == PlaceKind::street) {
            spots.push_back({name, &point});
        }
    }
    for (const auto& cluster : clusters(spots)) {
        const auto placed = place(index, cluster);
        const auto number = static_cast<std::uint32_t>(m_streets.size());
        m_streets.push_back({group.name, placed.label, placed.point});
        auto& of_name = m_by_key[group.key];
        of_name.streets.push_back(number);
        of_name.telling = has_several_words(group);
        m_first_piece.push_back(m_pieces.size());
        bool lined = false;
        for (const auto& spot : cluster) {
            add_pieces(number, *spot.place);
            lined = lined || spot.place->first_line < spot.place->last_line;
        }
        m_with_lines += lined ? 1 : 0;
        const auto words = 1 + std::count(group.key.begin(), group.key.end(), ' ');
        m_most_words = std::max(m_most_words, static_cast<std::size_t>(words));
    }
}

void NamedStreets::add_pieces(std::uint32_t street, const NamedPoint& place) {
    const auto& names = m_gazetteer->index().names;
    const auto before = m_pieces.size();
    for (auto line = place.first_line; line < place.last_line; ++line) {
        const auto vertices = names.line(line);
        for (std::size_t i = 1; i < vertices.size(); ++i) {
            m_pieces.push_back({vertices[i - 1], vertices[i], street});
        }
    }
    if (m_pieces.size() == before) {
        m_pieces.push_back({place.point, place.point, street});
    }
}

void NamedStreets::index_pieces() {
    std::vector<geo::BngPoint> samples;
    for (std::uint32_t number = 0; number < m_pieces.size(); ++number) {
        const auto& piece = m_pieces[number];
        const double length_m = distance_m(piece.from, piece.to);
        const double steps = std::clamp(std::ceil(length_m / sample_m), 1.0, most_samples);
        for (double step = 0; step < steps; ++step) {
            const double share = (step + 0.5) / steps;
            samples.push_back(
                {piece.from.easting_m + share * (piece.to.easting_m - piece.from.easting_m),
                 piece.from.northing_m + share * (piece.to.northing_m - piece.from.northing_m)});
            m_sampled.push_back(number);
        }
    }
    m_grid.emplace(std::move(samples), sample_cell_m);
}

NamedStreets::Named NamedStreets::names_in(std::string_view bytes) const {
    const auto text = parse_location_text(bytes);
    Named found;
    for (std::size_t first = 0; first < text.tokens.size();) {
        const auto longest = std::min(m_most_words, text.tokens.size() - first);
        std::size_t taken = 1;
        for (std::size_t words = longest; words > 0; --words) {
            const auto of_name =
                m_by_key.find(name_key(std::span(text.tokens).subspan(first, words)));
            if (of_name != m_by_key.end() &&
                (of_name->second.telling || stands_alone(text, first, first + words))) {
                found.emplace_back(of_name->second.streets);
                taken = words;
                break;
            }
        }
        first += taken;
    }
    return found;
}

std::optional<std::uint32_t> NamedStreets::nearest_of(std::span<const std::uint32_t> streets,
                                                      const geo::BngPoint& at,
                                                      double reach_m) const {
    std::optional<std::uint32_t> nearest;
    double least_m = reach_m;
    for (const auto street : streets) {
        for (auto piece = m_first_piece[street]; piece < m_first_piece[street + 1]; ++piece) {
            const double away_m = distance_to_piece_m(at, m_pieces[piece].from, m_pieces[piece].to);
            if (away_m < least_m || (away_m == least_m && !nearest)) {
                least_m = away_m;
                nearest = street;
            }
        }
    }
    return nearest;
}

std::optional<std::uint32_t> NamedStreets::nearest(const geo::BngPoint& at) const {
    std::vector<std::uint32_t> near;
    for (const auto& sample : m_grid->within(at, nearest_street_reach_m + sample_m / 2)) {
        near.push_back(m_pieces[m_sampled[sample.index]].street);
    }
    // By number: which of two equally near ones is taken must not depend on the samples.
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    return nearest_of(near, at, nearest_street_reach_m);
}

} // namespace hotspots::data
