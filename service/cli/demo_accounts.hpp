// The demo's accounts: one a role, named as the role, all with one password.
#pragma once

#include "data/incident_store.hpp"

namespace hotspots::service {

// Where the store has no account yet. The password is LLR_HOTSPOTS_DEMO_PASSWORD or, without it,
// random and said on stderr, this once. Throws UsageError for one that will not do.
void make_demo_accounts(data::IncidentStore& store);

} // namespace hotspots::service
