// What an incident said before an import changed it.
#pragma once

#include "data/incident_store.hpp"
#include "data/store/database.hpp"

namespace hotspots::data::store {

// Keeps the stored row of incident.id, unless it is of incident.import_id itself.
void keep_version(Database& database, const Incident& incident);

} // namespace hotspots::data::store
