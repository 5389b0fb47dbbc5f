// How well places found in one period say where the next period's points are: hit rate, PAI
// (Chainey, Tompson & Uhlig 2008, Security Journal 21), PEI (Hunt 2016), RRI (Levine 2008, Security
// Journal 21), capture curves; beside the plain ranked count of cells, and beside chance.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"
#include "geo/hotspots.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hotspots::geo {

// A figure and its interval of 95 %, which takes points for independent of each other: where they
// come in series the truth is wider.
struct Estimate {
    double value = 0;
    double low = 0;
    double high = 0;
};

// Of an area, on one period's points.
struct Accuracy {
    std::int64_t captured = 0;        // n, points in the area
    std::int64_t points = 0;          // N, points in all
    double area_share = 0;            // a / A; PAIs of different shares cannot be compared
    std::optional<Estimate> hit_rate; // n / N, exact binomial; empty where there are no points
    std::optional<Estimate> pai; // (n / N) / (a / A), the area taken as given; empty also for no
                                 // area
};

// Throws std::invalid_argument unless 0 <= captured <= points, 0 <= area <= study area and the
// study area is above 0. (An area greater by rounding alone is taken as all of it.)
Accuracy accuracy_of(std::int64_t captured, std::int64_t points, double area_km2,
                     double study_area_km2);

// PEI: captured / best, what the best area of the same size would have captured, taken as given.
// Empty where that is 0. Throws std::invalid_argument unless captured <= best <= points.
std::optional<Estimate> efficiency_index(std::int64_t captured, std::int64_t best,
                                         std::int64_t points);

// RRI: PAI on the next period / PAI on the one that the area was found in, exact conditional
// interval of a ratio of Poisson rates. Empty where that has nothing to compare. Below 1 is usual:
// the area was chosen for what it held.
std::optional<Estimate> recapture_rate_index(const Accuracy& next, const Accuracy& same);

// The first places by rank, taken together.
struct CaptureAt {
    std::size_t places = 0;
    double area_km2 = 0;
    std::int64_t next = 0; // points of the next period in them
};

// Places that say where the next period's points will be.
struct Forecast {
    std::size_t places = 0;
    double area_km2 = 0;
    Accuracy same; // on the period that they were found in
    Accuracy next;
    std::optional<Estimate> pei;
    std::optional<Estimate> rri;
    std::vector<CaptureAt> curve; // the first 1, 2, 5, 10, 20, ... by rank, up to all
};

// What areas of the same size in random places would have captured.
struct Chance {
    double expected = 0; // share of the next period's points: a / A
    double low = 0;      // 95 % of the simulated shares
    double high = 0;
    int simulations = 0;
};

struct BackTestInput {
    std::span<const BngPoint> first;   // what the hotspots were made from
    std::span<const BngPoint> next;    // none of them among `first`
    std::span<const Hotspot> hotspots; // as find_hotspots gave them, by rank
    const MultiPolygon<BngPoint>& study_area;
    double cell_m = 150; // side of the cells beside them
    int simulations = 999;
    std::uint64_t seed = 1;
};

struct BackTest {
    double study_area_km2 = 0;
    Forecast hotspots;
    // Square cells by count in the first period, then Gi*: as many as come nearest to the hotspots'
    // area, whole cells also at the boundary. Fewer where fewer hold anything.
    Forecast cells;
    // Points of the next period in the best cells of that number, or in the hotspots where they
    // hold more.
    std::int64_t best_possible = 0;
    Chance chance; // by random cells
};

// Throws std::invalid_argument for an empty study area, a negative number of simulations, and for
// cells that lattice_covering refuses. O(points x hotspots + cells + simulations x cells of the
// hotspots' area).
BackTest back_test(const BackTestInput& input);

} // namespace hotspots::geo
