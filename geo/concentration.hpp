// How few of many places hold how much, and how few would by chance: concentration is only news
// where it is stronger than that of as many events scattered evenly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hotspots::geo {

struct Holding {
    std::size_t members = 0;  // the fewest that together hold the share
    std::uint64_t events = 0; // and what they hold
    friend bool operator==(const Holding&, const Holding&) = default;
};

// The fewest members whose counts together are at least `share` (above 0, up to 1) of all counts.
// `descending`: counts, highest first. No members where there are no events.
Holding fewest_holding(std::span<const std::uint64_t> descending, double share);

// How many of `members` places would hold `share` of so many events, were each event to fall on any
// of them with the same chance: from the Poisson numbers of places with 1, 2, ... events. The
// comparison that Bernasco & Steenbeek (2017, Journal of Quantitative Criminology 33(3)) ask for
// where events are fewer than places. A mean, so not whole. 0 without events or members.
// O(events / members + 40).
double members_holding_by_chance(std::uint64_t events, std::uint64_t members, double share);

} // namespace hotspots::geo
