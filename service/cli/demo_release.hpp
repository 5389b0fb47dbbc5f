// The demo's release: what its panel account sees.
#pragma once

#include "data/incident_store.hpp"

#include <iosfwd>
#include <string>

namespace hotspots::service {

// Makes it, or says on `log` why there is none and what that means: the demo is of use without it.
void make_demo_release(data::IncidentStore& store, const std::string& version, std::ostream& log);

} // namespace hotspots::service
