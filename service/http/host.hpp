// What a Host field may say.
#pragma once

#include <string_view>

namespace hotspots::service {

// Whether it can be a host and port at all: an empty one can (RFC 9110, 7.2).
bool is_host_field(std::string_view host);

// Whether a Host value may name this service while it listens on loopback: an IP literal or a name
// without a dot ("localhost:8080"). A page of another site that points its own domain at 127.0.0.1
// (DNS rebinding) sends that domain.
bool is_local_host(std::string_view host);

// Whether they are the same but for case. False where one is empty.
bool is_same_host(std::string_view a, std::string_view b);

} // namespace hotspots::service
