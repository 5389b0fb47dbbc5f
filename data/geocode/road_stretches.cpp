#include "data/geocode/road_stretches.hpp"

#include "geo/crs.hpp"

#include <cmath>
#include <utility>

namespace hotspots::data {
namespace {

constexpr double longest_m = 500;

using Vertices = std::vector<geo::LonLat>;

double length_m(const geo::LonLat& a, const geo::LonLat& b) {
    const auto from = geo::to_bng(a);
    const auto to = geo::to_bng(b);
    return from && to
               ? std::hypot(to->easting_m - from->easting_m, to->northing_m - from->northing_m)
               : 0;
}

geo::LonLat along(const geo::LonLat& a, const geo::LonLat& b, double share) {
    return {a.lon_deg + share * (b.lon_deg - a.lon_deg),
            a.lat_deg + share * (b.lat_deg - a.lat_deg)};
}

// Collects vertices into pieces; a piece begins where the one before it ends.
class Pieces {
public:
    explicit Pieces(const NamedPlace& road) : m_road(road) {}

    void add(const Vertices& line) {
        m_piece = {line.front()};
        for (std::size_t i = 1; i < line.size(); ++i) {
            add_segment(line[i - 1], line[i]);
        }
        finish();
    }

    std::vector<NamedPlace> take() && { return std::move(m_places); }

private:
    void add_segment(const geo::LonLat& a, const geo::LonLat& b) {
        const double length = length_m(a, b);
        double done = 0;
        while (m_length_m + length - done > longest_m) {
            done += longest_m - m_length_m;
            const auto cut = along(a, b, done / length);
            m_piece.push_back(cut);
            finish();
            m_piece = {cut};
        }
        m_length_m += length - done;
        m_piece.push_back(b);
    }

    void finish() {
        if (m_piece.size() > 1) {
            NamedPlace place = m_road;
            place.ward_code.clear();
            const std::size_t middle = m_piece.size() / 2;
            place.point =
                m_piece.size() > 2 ? m_piece[middle] : along(m_piece.front(), m_piece.back(), 0.5);
            place.lines = {std::move(m_piece)};
            m_places.push_back(std::move(place));
        }
        m_piece.clear();
        m_length_m = 0;
    }

    NamedPlace m_road;
    std::vector<NamedPlace> m_places;
    Vertices m_piece;
    double m_length_m = 0;
};

} // namespace

std::vector<NamedPlace> stretches_of(const NamedPlace& road) {
    NamedPlace bare = road;
    bare.lines.clear();
    Pieces pieces(bare);
    for (const auto& line : road.lines) {
        if (line.size() > 1) {
            pieces.add(line);
        }
    }
    auto places = std::move(pieces).take();
    return places.empty() ? std::vector<NamedPlace>{road} : places;
}

} // namespace hotspots::data
