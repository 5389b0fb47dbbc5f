// Who a request comes from when proxies stand between: X-Forwarded-For and X-Forwarded-Proto, taken
// from named proxies alone, as anybody can write them.
#pragma once

#include "service/http/message.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

class TrustedProxies {
public:
    // "10.0.0.7", "10.0.0.0/8", "fd00::/8". Throws std::invalid_argument that says what would be
    // right.
    void add(const std::string& address_or_network);

    bool trusts(const std::string& address) const; // false for what is no address
    bool empty() const { return m_networks.empty(); }

private:
    using Bytes = std::array<unsigned char, 16>; // IPv4 as IPv6 has it: ::ffff:a.b.c.d
    struct Network {
        Bytes bytes{};
        unsigned bits = 0;
    };
    std::vector<Network> m_networks;
};

bool is_loopback_address(const std::string& address);

// Sets the request's address to the last one on its way that is not a trusted proxy's, and its
// `secure` if the proxy was asked over https. `peer`: who sent it to us. What cannot be read is
// taken for the proxy's own.
void take_forwarded(Request& request, const std::string& peer, const TrustedProxies& proxies);

} // namespace hotspots::service
