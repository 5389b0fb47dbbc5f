// How much of a kernel's mass lies inside a window, exact but for rounding: what edge correction
// divides by. By the divergence theorem the mass is a sum over the window's edges near the kernel's
// centre, each a polynomial of where the edge enters and leaves the disc, and an angle; so it costs
// no grid, and nothing away from the boundary.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/density.hpp"
#include "geo/geometry.hpp"
#include "geo/grid.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

class KernelMass {
public:
    // `usual_reach_m` only tunes the search for edges. Precondition: the polygons are valid, and do
    // not overlap. Throws std::invalid_argument for a vertex that is not finite or a reach that is
    // not positive. An empty window holds nothing.
    KernelMass(const MultiPolygon<BngPoint>& window, double usual_reach_m);

    // The share, 0..1, of the kernel centred at the point that lies inside the window; for the
    // Gaussian of what its truncation leaves. Off by less than 1e-9 (Gaussian 1e-8; 1e-6 for a
    // point on the boundary itself). 0 for a point that is not finite. Precondition: bandwidth > 0
    // and finite. O(edges in reach).
    double at(const BngPoint& point, Kernel kernel, double bandwidth_m) const;

    // The same at the centres of cells, for those where wanted[offset] is 1; 0 elsewhere. The same
    // bytes for any number of threads; 0: as many as the processor has.
    std::vector<double> at_centres(const GridSpec& grid, std::span<const std::uint8_t> wanted,
                                   Kernel kernel, double bandwidth_m, int threads = 0) const;
    // With a bandwidth for each cell: bandwidths_m[offset].
    std::vector<double> at_centres(const GridSpec& grid, std::span<const std::uint8_t> wanted,
                                   Kernel kernel, std::span<const double> bandwidths_m,
                                   int threads = 0) const;

    // Inside the window, or within a centimetre of it: a point on the boundary belongs to it.
    bool holds(const BngPoint& point) const;

    // Whether the window's boundary or inside is within the distance.
    bool within(const BngPoint& point, double distance_m) const;

private:
    // A part of an edge, no longer than a strip is high; the window lies to its left.
    struct Piece {
        BngPoint from;
        BngPoint to;
        double east = 0; // unit vector along it
        double north = 0;
        double length_m = 0;
    };
    struct Sum;

    void add_ring(const Ring<BngPoint>& ring, bool hole, std::vector<Piece>& pieces) const;
    void sort(std::vector<Piece> pieces);
    int strip_of(double northing_m) const;
    // Calls use(piece) for those that may come within `reach_m` of the point.
    template <class Use>
    void each_near(const BngPoint& point, double reach_m, const Use& use) const;
    bool inside(const BngPoint& point) const;
    template <class Bandwidth>
    std::vector<double> masses(const GridSpec& grid, std::span<const std::uint8_t> wanted,
                               Kernel kernel, double widest_m, const Bandwidth& bandwidth_m,
                               int threads) const;
    // 1 for the cells whose centres may have the boundary within `reach_m`.
    std::vector<std::uint8_t> near_boundary(const GridSpec& grid, double reach_m) const;

    double m_strip_m = 1;
    double m_south_m = 0;
    int m_strips = 0;
    std::vector<Piece> m_pieces;       // by strip of their middles, then from the west
    std::vector<double> m_middles;     // eastings of their middles
    std::vector<std::size_t> m_starts; // of each strip, and the end
};

} // namespace hotspots::geo
