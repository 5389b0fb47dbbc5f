#include "geo/kernel_mass.hpp"

#include "geo/kernel_line.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>
#include <utility>

namespace hotspots::geo {

namespace {

double twice_area_m2(const Ring<BngPoint>& ring) {
    double twice = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const auto& o = ring.front();
        twice += (ring[i - 1].easting_m - o.easting_m) * (ring[i].northing_m - o.northing_m) -
                 (ring[i].easting_m - o.easting_m) * (ring[i - 1].northing_m - o.northing_m);
    }
    return twice;
}

} // namespace

// With the centre as origin, the window to the left of its edges and M(r) the kernel's mass within
// r, the mass inside is the boundary's integral of M(r) dθ/2π. Beyond the disc M is 1 and the
// integral an angle; all angles together are a whole turn where the centre is inside, else none.
// So it is that turn, and for what lies in the disc the integral of (M(r) - 1) dθ/2π, where
// dθ = p dt/r2 on an edge at distance p. Whether the centre is inside is told by the same signs of
// p as the angles are, so that no rounding puts it on two sides of an edge.
struct KernelMass::Sum {
    BngPoint centre;
    Kernel kernel;
    double bandwidth_m;
    double reach; // in bandwidths
    double turns = 0;
    double rest = 0; // x 2π
    bool on_edge = false;

    struct Place {
        double p;  // distance of the line, > 0 where the centre lies to its left
        double t0; // of the ends along the line, from the foot of the centre
        double t1;
    };
    Place place(const Piece& piece) const {
        const double x = piece.from.easting_m - centre.easting_m;
        const double y = piece.from.northing_m - centre.northing_m;
        const double t0 = x * piece.east + y * piece.north;
        return {x * piece.north - y * piece.east, t0, t0 + piece.length_m};
    }

    void count_crossing(const Piece& piece) { // of the ray to the east
        const double from = piece.from.northing_m;
        const double to = piece.to.northing_m;
        const bool up = from <= centre.northing_m && centre.northing_m < to;
        const bool down = to <= centre.northing_m && centre.northing_m < from;
        if (up || down) {
            const double p = place(piece).p;
            turns += up && p > 0 ? 1 : down && p < 0 ? -1 : 0;
        }
    }

    void add(const Piece& piece) {
        Place at = place(piece);
        at.p /= bandwidth_m;
        at.t0 /= bandwidth_m;
        at.t1 /= bandwidth_m;
        const double left = reach * reach - at.p * at.p;
        if (left <= 0) {
            return;
        }
        const double half = std::sqrt(left);
        const double t0 = std::max(at.t0, -half);
        const double t1 = std::min(at.t1, half);
        if (t0 >= t1) {
            return;
        }
        on_edge = on_edge || (at.p == 0 && t0 <= 0 && t1 >= 0);
        const double p2 = at.p * at.p;
        rest += at.p * kernel_line_integral(kernel, p2, t0, t1) -
                std::atan2(at.p * (t1 - t0), p2 + t0 * t1);
    }
};

KernelMass::KernelMass(const MultiPolygon<BngPoint>& window, double usual_reach_m) {
    if (!(usual_reach_m > 0) || !std::isfinite(usual_reach_m)) {
        throw std::invalid_argument("kernel mass: the reach is " + std::to_string(usual_reach_m) +
                                    ", must be positive and finite (metres)");
    }
    const auto box = bounds(window);
    if (box.empty()) {
        return;
    }
    const double height_m = box.max.northing_m - box.min.northing_m;
    const double width_m = box.max.easting_m - box.min.easting_m;
    if (!std::isfinite(height_m) || !std::isfinite(width_m)) {
        throw std::invalid_argument("kernel mass: the window has a vertex that is not finite");
    }
    constexpr double most_strips = 2048;
    m_strip_m = std::max({usual_reach_m / 2, height_m / most_strips, width_m / most_strips});
    m_south_m = box.min.northing_m;
    m_strips = static_cast<int>(height_m / m_strip_m) + 1;
    std::vector<Piece> pieces;
    for (const auto& polygon : window) {
        add_ring(polygon.exterior, false, pieces);
        for (const auto& hole : polygon.holes) {
            add_ring(hole, true, pieces);
        }
    }
    sort(std::move(pieces));
}

void KernelMass::add_ring(const Ring<BngPoint>& ring, bool hole, std::vector<Piece>& pieces) const {
    const bool reverse = (twice_area_m2(ring) < 0) != hole;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const BngPoint& a = reverse ? ring[ring.size() - i] : ring[i - 1];
        const BngPoint& b = reverse ? ring[ring.size() - i - 1] : ring[i];
        const double dx = b.easting_m - a.easting_m;
        const double dy = b.northing_m - a.northing_m;
        const double length_m = std::hypot(dx, dy);
        if (!std::isfinite(length_m)) {
            throw std::invalid_argument("kernel mass: the window has a vertex that is not finite");
        }
        const int parts = static_cast<int>(length_m / m_strip_m) + 1;
        BngPoint from = a;
        for (int part = 1; part <= parts && length_m > 0; ++part) {
            const double t = static_cast<double>(part) / parts;
            const BngPoint to =
                part == parts ? b : BngPoint{a.easting_m + t * dx, a.northing_m + t * dy};
            pieces.push_back({from, to, dx / length_m, dy / length_m, length_m / parts});
            from = to;
        }
    }
}

void KernelMass::sort(std::vector<Piece> pieces) {
    const auto key = [this](const Piece& piece) {
        const double half_m = piece.length_m / 2;
        return std::pair(strip_of(piece.from.northing_m + piece.north * half_m),
                         piece.from.easting_m + piece.east * half_m);
    };
    std::ranges::stable_sort(pieces, {}, key);
    m_pieces = std::move(pieces);
    m_starts.assign(static_cast<std::size_t>(m_strips) + 1, 0);
    for (const auto& piece : m_pieces) {
        ++m_starts[static_cast<std::size_t>(key(piece).first) + 1];
        m_middles.push_back(key(piece).second);
    }
    for (std::size_t i = 1; i < m_starts.size(); ++i) {
        m_starts[i] += m_starts[i - 1];
    }
}

int KernelMass::strip_of(double northing_m) const {
    return static_cast<int>(std::clamp((northing_m - m_south_m) / m_strip_m, 0.0, m_strips - 1.0));
}

template <class Use>
void KernelMass::each_near(const BngPoint& point, double reach_m, const Use& use) const {
    if (m_pieces.empty()) {
        return;
    }
    const double wide_m = reach_m + m_strip_m; // half a piece, and rounding
    const auto first = static_cast<std::size_t>(strip_of(point.northing_m - wide_m));
    const auto last = static_cast<std::size_t>(strip_of(point.northing_m + wide_m));
    for (std::size_t strip = first; strip <= last; ++strip) {
        const auto begin = m_middles.begin() + static_cast<std::ptrdiff_t>(m_starts[strip]);
        const auto end = m_middles.begin() + static_cast<std::ptrdiff_t>(m_starts[strip + 1]);
        const auto west = std::lower_bound(begin, end, point.easting_m - wide_m);
        for (auto at = west; at != end && *at <= point.easting_m + wide_m; ++at) {
            use(m_pieces[static_cast<std::size_t>(at - m_middles.begin())]);
        }
    }
}

bool KernelMass::inside(const BngPoint& point) const {
    Sum sum{point, Kernel::uniform, 1, 1};
    // The strips that a ray to the east runs along, and their neighbours': a piece reaches over.
    const auto first = static_cast<std::size_t>(strip_of(point.northing_m - m_strip_m));
    const auto last = static_cast<std::size_t>(strip_of(point.northing_m + m_strip_m));
    for (std::size_t strip = first; strip <= last && !m_pieces.empty(); ++strip) {
        const auto begin = m_middles.begin() + static_cast<std::ptrdiff_t>(m_starts[strip]);
        const auto end = m_middles.begin() + static_cast<std::ptrdiff_t>(m_starts[strip + 1]);
        for (auto at = std::lower_bound(begin, end, point.easting_m - m_strip_m); at != end; ++at) {
            sum.count_crossing(m_pieces[static_cast<std::size_t>(at - m_middles.begin())]);
        }
    }
    return sum.turns > 0;
}

double KernelMass::at(const BngPoint& point, Kernel kernel, double bandwidth_m) const {
    if (!std::isfinite(point.easting_m) || !std::isfinite(point.northing_m)) {
        return 0;
    }
    const double reach = kernel_reach_m(kernel, 1);
    Sum sum{point, kernel, bandwidth_m, reach};
    each_near(point, reach * bandwidth_m, [&](const Piece& piece) { sum.add(piece); });
    // On an edge the angle is half a turn one way or the other: the mass hardly differs beside it.
    double step_m = 1e-8 * bandwidth_m;
    for (int tries = 0; sum.on_edge && tries < 4; ++tries, step_m *= 16) {
        constexpr double slant = 0.6180339887498949;
        sum = Sum{{point.easting_m + step_m, point.northing_m + slant * step_m},
                  kernel,
                  bandwidth_m,
                  reach};
        each_near(sum.centre, reach * bandwidth_m, [&](const Piece& piece) { sum.add(piece); });
    }
    const double mass = (inside(sum.centre) ? 1 : 0) + sum.rest / (2 * std::numbers::pi);
    return std::clamp(mass, 0.0, 1.0);
}

bool KernelMass::within(const BngPoint& point, double distance_m) const {
    if (!std::isfinite(point.easting_m) || !std::isfinite(point.northing_m)) {
        return false;
    }
    if (inside(point)) {
        return true;
    }
    bool near = false;
    each_near(point, distance_m, [&](const Piece& piece) {
        const auto [p, t0, t1] = Sum{point, Kernel::uniform, 1, 1}.place(piece);
        const double beyond = std::max({t0, -t1, 0.0});
        near = near || p * p + beyond * beyond <= distance_m * distance_m;
    });
    return near;
}

bool KernelMass::holds(const BngPoint& point) const {
    constexpr double centimetre_m = 0.01;
    return within(point, centimetre_m);
}

} // namespace hotspots::geo
