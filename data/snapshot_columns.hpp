// The columns of a snapshot and the defaults that follow from them. Pure functions of incidents.
#pragma once

#include "data/snapshot.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotspots::data {

// London hour and weekday of an occurrence, -1 where the record does not say: an hour only if both
// ends lie in one hour of the clock, a weekday only if both lie on one day.
struct ClockReading {
    std::int8_t hour = -1;
    std::int8_t weekday = -1; // 0 = Monday
};
ClockReading read_clock(const Moment& from, const std::optional<Moment>& to);

// `wards` sorted by code.
IncidentColumns make_columns(std::span<const Incident> incidents, std::span<const Ward> wards);

std::vector<ScopeColumn> decide_scopes(std::span<const Incident> incidents);

// police-uk-open where every record is police.uk's (and there is one), else vrn-2021.
std::string choose_default_scope(std::span<const Incident> incidents);

// The 24 months that end with the newest record: with its month where that is all that is known,
// else with its London day. Empty without incidents.
std::optional<Period> choose_default_period(std::span<const Incident> incidents);

} // namespace hotspots::data
