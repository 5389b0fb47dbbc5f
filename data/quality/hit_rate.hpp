// How many records were placed, and how: the one definition of the hit rate, for data quality as
// for hotspots.
#pragma once

#include "data/record.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace hotspots::data {

// Least hit rate at which counts of areas can be trusted (Ratcliffe 2004, Int. J. Geographical
// Information Science 18(1): a map of areas differs noticeably below it). Points and hotspots may
// need more.
inline constexpr double least_hit_rate = 0.85;

// Share of the records placed among those that lie, or may lie, in the study area: placed /
// (placed + not placed). Records found to be outside count for neither. Empty if there are none.
std::optional<double> hit_rate(std::int64_t placed, std::int64_t not_placed);

// Records by what geocoding made of them.
struct LocationCounts {
    std::int64_t records = 0;
    std::int64_t mapped = 0;
    std::int64_t on_default_points = 0;      // of the mapped: on a point that is flagged as a trap
    std::array<std::int64_t, 5> by_status{}; // in the order of GeocodeStatus; adds up to `records`
    std::array<std::int64_t, 9> by_level{};  // of the mapped, by GeocodeLevel

    // `mapped`: as IncidentColumns has it. `on_default_point`: see TrapSet.
    void add(const Location& location, bool is_mapped, bool on_default_point);

    // Those that a hit rate is taken of: all but the ones outside.
    std::int64_t tried() const;
    std::optional<double> hit_rate() const;
    std::optional<double> default_point_share() const; // of the mapped; empty if there are none
    bool below_gate() const;                           // false without a hit rate
};

} // namespace hotspots::data
