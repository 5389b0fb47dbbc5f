// Where two densities differ by more than chance: the test behind a map of differences. Under the
// null hypothesis every event is labelled A or B by the same chance wherever it lies; labels are
// drawn anew, and the largest deviation anywhere on each map drawn says how large one may be
// (Westfall & Young's max-T: the chance of any false region is held, not that of each cell).
#pragma once

#include "geo/density.hpp"
#include "geo/grid.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace hotspots::geo {

struct DifferenceRule {
    Kernel kernel = Kernel::quartic;
    double bandwidth_m = 300;
    // The chance that an event is A's where both are alike: its share of the exposure (as of the
    // days of two periods). Then maps also differ where A has more everywhere. Empty: A's share of
    // the events, and labels are permuted: maps differ where A's share is larger, whatever the
    // totals.
    std::optional<double> share_a;
    double error_rate = 0.05;
    // A cell is looked at where so many events weigh in: (sum of kernels)^2 / sum of their squares.
    double least_effective = 5;
    int permutations = 499;
    std::uint64_t seed = 1;
    int threads = 0; // 0: as many as the processor has; changes no figure
    // Told after each batch how many permutations are done, one call at a time, from any thread.
    // What it throws ends the test. May be empty.
    std::function<void(int done)> progress = {};
};

struct DensityDifference {
    // (sum of A's kernels - its share of all) / standard deviation under the null hypothesis; above
    // 0 where A is denser. 0 in cells that are not looked at.
    Raster z;
    std::size_t tested_cells = 0;
    double largest_z = 0; // without its sign
    // Beyond it a difference is significant: anywhere on a map without differences with a chance of
    // at most error_rate. Empty where no cell was looked at, or too few permutations were made.
    std::optional<double> critical_z;
    // (1 + permutations with a largest z of at least largest_z) / (1 + permutations): the map's as
    // a whole. 1 where no cell was looked at.
    double p = 1;
};

// Events that both selections hold tell nothing apart and belong in neither span. Deterministic in
// the rule's seed, whatever the threads and the order of the points. Throws std::invalid_argument
// for a share or rate that is not within 0..1, a bandwidth that is not above 0 and finite, a point
// that is not finite, fewer than 0 permutations.
// O(places x (reach / cell)^2 x permutations / 16): equal points cost as one.
DensityDifference density_difference(std::span<const BngPoint> a, std::span<const BngPoint> b,
                                     const GridSpec& grid, const DifferenceRule& rule);

} // namespace hotspots::geo
