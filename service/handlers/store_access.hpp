// The store as handlers open it: where another writer has it, the client is told to come back.
#pragma once

#include "data/incident_store.hpp"

#include <memory>

namespace hotspots::service {

struct AppContext;

std::unique_ptr<data::IncidentStore> open_to_read(const AppContext& context);
// Throws Problem 503 with Retry-After while another writer, such as an import, is at work.
std::unique_ptr<data::IncidentStore> open_to_write(const AppContext& context);

} // namespace hotspots::service
