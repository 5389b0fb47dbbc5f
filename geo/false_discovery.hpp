// Control of the false discovery rate over many tests: Benjamini & Hochberg 1995. For tests that
// lean on each other positively, as those of neighbouring cells do, it holds all the same
// (Benjamini & Yekutieli 2001).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

// p-values adjusted for the number of tests, in their order: p_(k) n / k, never above that of a
// larger p, at most 1. Throws std::invalid_argument for a p outside 0..1. O(n log n).
std::vector<double> benjamini_hochberg(std::span<const double> p);

// 1 for each test whose adjusted p is at most `rate`, else 0: of those, at most the share `rate` is
// expected to be false. Sorts only the p that can pass. Rate above 0 and below 1; throws as above.
std::vector<std::uint8_t> discoveries(std::span<const double> p, double rate);

} // namespace hotspots::geo
