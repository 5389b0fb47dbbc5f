// A store's reference data and what people taught, as a gazetteer.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "data/hand_decisions.hpp"
#include "data/incident_store.hpp"

namespace hotspots::data {

struct KnownPlaces {
    HandDecisions decisions;
    Gazetteer gazetteer; // with the aliases that the decisions teach
};

// Throws StoreError.
KnownPlaces read_known_places(IncidentStore& store);

} // namespace hotspots::data
