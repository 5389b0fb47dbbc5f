// Rings of contours become polygons: which hole lies in which exterior.
#include "geo/contour_rings.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace hotspots::geo {

namespace {

// A ring's crossing of a line through the centres of a row of cells.
struct RowCrossing {
    CrossingKey key = 0;
    double easting_m = 0;
    std::size_t ring = 0;
};

auto from_the_west(const RowCrossing& crossing) {
    return std::tuple(crossing.key, crossing.easting_m);
}

bool is_hole(const ContourRing& ring) {
    return ring.twice_area_m2 < 0;
}

std::vector<RowCrossing> row_crossings(const std::vector<ContourRing>& rings) {
    std::vector<RowCrossing> crossings;
    for (std::size_t ring = 0; ring < rings.size(); ++ring) {
        const auto& keys = rings[ring].keys;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] % 2 == 0) {
                crossings.push_back({keys[i], rings[ring].ring[i].easting_m, ring});
            }
        }
    }
    std::ranges::sort(crossings, {}, from_the_west);
    return crossings;
}

// For each ring the one that is next to the west of its westernmost crossing of a row's line.
// Around a hole this is the ring of its own polygon, or another hole of it. Every ring has such a
// crossing, since it goes around a centre; and the other ring has one further west, so that going
// on from hole to hole ends at an exterior.
std::vector<std::size_t> western_neighbours(const std::vector<ContourRing>& rings) {
    const auto crossings = row_crossings(rings);
    std::vector<std::size_t> westernmost(rings.size(), crossings.size());
    for (std::size_t i = 0; i < crossings.size(); ++i) {
        auto& best = westernmost[crossings[i].ring];
        if (best == crossings.size() || crossings[i].easting_m < crossings[best].easting_m) {
            best = i;
        }
    }
    std::vector<std::size_t> neighbours(rings.size(), rings.size());
    for (std::size_t ring = 0; ring < rings.size(); ++ring) {
        if (westernmost[ring] > 0 && westernmost[ring] < crossings.size()) {
            neighbours[ring] = crossings[westernmost[ring] - 1].ring;
        }
    }
    return neighbours;
}

} // namespace

ContourRing reversed(ContourRing ring) {
    std::ranges::reverse(ring.ring);
    // The ring begins and ends at the same vertex, which has one key: the first.
    std::reverse(ring.keys.begin() + 1, ring.keys.end());
    ring.twice_area_m2 = -ring.twice_area_m2;
    return ring;
}

MultiPolygon<BngPoint> polygons_within(std::vector<ContourRing> rings) {
    std::ranges::stable_sort(rings, {}, [](const ContourRing& ring) {
        return std::tuple(is_hole(ring), ring.box.min.northing_m, ring.box.min.easting_m);
    });
    const auto neighbours = western_neighbours(rings);
    MultiPolygon<BngPoint> polygons;
    std::vector<std::size_t> owner(rings.size(), rings.size()); // of those known so far
    for (std::size_t i = 0; i < rings.size(); ++i) {
        if (!is_hole(rings[i])) {
            owner[i] = polygons.size();
            polygons.push_back({std::move(rings[i].ring), {}});
            continue;
        }
        std::vector<std::size_t> way; // of holes to the west
        std::size_t at = i;
        while (at < rings.size() && owner[at] == rings.size()) {
            way.push_back(at);
            at = neighbours[at];
        }
        if (at == rings.size()) {
            throw std::logic_error("contour: a hole lies in no polygon");
        }
        for (const auto hole : way) {
            owner[hole] = owner[at];
        }
        polygons[owner[i]].holes.push_back(std::move(rings[i].ring));
    }
    return polygons;
}

} // namespace hotspots::geo
