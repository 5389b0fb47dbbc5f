// The geocoding step of an import: location and ward of many incidents, on two threads.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "data/record.hpp"

#include <span>

namespace hotspots::data {

// Sets `location` and `ward_code` of each from its `record`. The result does not depend on threads.
void locate_incidents(const Gazetteer& gazetteer, std::span<Incident> incidents);

} // namespace hotspots::data
