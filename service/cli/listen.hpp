// ADDRESS:PORT of --listen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hotspots::service {

struct Listen {
    std::string address; // without the brackets of IPv6
    std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0". Throws UsageError that says what would be right.
Listen parse_listen(std::string_view text);

// "http://127.0.0.1:8080", "https://[::1]:8080"
std::string url_of(const Listen& listen, bool tls = false);

} // namespace hotspots::service
