// What `serve` needs to know before it listens beyond this machine: who is believed, and by which
// name it is asked for.
#pragma once

#include "service/cli/commands.hpp"
#include "service/http/forwarded.hpp"

#include <string>

namespace hotspots::service {

// "ADDRESS[,NETWORK…]" of --behind-proxy. Throws UsageError naming the one that is neither.
TrustedProxies read_proxies(const std::string& text);

// The host, with its port where that is given, of --public-url, "https://host[:port][/path]". Empty
// for an empty text. Throws UsageError that says what would be right.
std::string host_of_public_url(const std::string& url);

// Throws UsageError if passwords and records would cross a network in the clear: an address beyond
// loopback, and neither a certificate nor proxies that have one.
void check_exposure(const ServeOptions& options);

} // namespace hotspots::service
