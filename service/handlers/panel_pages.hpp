// The page that those who may not see records get at the front door.
#pragma once

#include "service/http/message.hpp"

namespace hotspots::service {

struct AppContext;

// All areas with what is published of them, and the way to sign in.
Response areas_page(const AppContext& context, const Request& request);

} // namespace hotspots::service
