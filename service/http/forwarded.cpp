#include "service/http/forwarded.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace hotspots::service {

namespace {

using AddressBytes = std::array<unsigned char, 16>;
constexpr unsigned mapped_bits = 96; // before an IPv4 address written as IPv6

std::optional<AddressBytes> address_bytes(const std::string& text) {
    AddressBytes bytes{};
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
        return bytes;
    }
    bytes.fill(0);
    bytes[10] = bytes[11] = 0xFF;
    if (::inet_pton(AF_INET, text.c_str(), bytes.data() + mapped_bits / 8) == 1) {
        return bytes;
    }
    return std::nullopt;
}

bool begin_alike(const AddressBytes& a, const AddressBytes& b, unsigned bits) {
    const auto whole = bits / 8;
    if (!std::equal(a.begin(), a.begin() + whole, b.begin())) {
        return false;
    }
    const auto rest = bits % 8;
    return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

// The members of all fields of a name, the last one first.
std::vector<std::string_view> members_backwards(const Request& request, std::string_view name) {
    std::vector<std::string_view> members;
    for (const Header& header : request.headers) {
        std::string_view rest = header.value;
        while (header.name == name && !rest.empty()) {
            const auto end = std::min(rest.find(','), rest.size());
            members.push_back(without_spaces(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    std::reverse(members.begin(), members.end());
    return members;
}

// Some proxies write the port, too: "1.2.3.4:5678", "[2001:db8::1]:5678".
std::string host_of(std::string_view member) {
    if (member.starts_with('[')) {
        const auto end = member.find(']');
        return std::string(end == member.npos ? std::string_view() : member.substr(1, end - 1));
    }
    const auto colon = member.find(':');
    const bool has_port = colon != member.npos && member.find(':', colon + 1) == member.npos;
    return std::string(has_port ? member.substr(0, colon) : member);
}

} // namespace

void TrustedProxies::add(const std::string& address_or_network) {
    const auto slash = address_or_network.find('/');
    const auto bytes = address_bytes(address_or_network.substr(0, slash));
    const bool v4 = address_or_network.find(':') == std::string::npos;
    const unsigned most = v4 ? 32 : 128;
    unsigned bits = most;
    bool read = bytes.has_value();
    if (read && slash != std::string::npos) {
        const auto* begin = address_or_network.data() + slash + 1;
        const auto* end = address_or_network.data() + address_or_network.size();
        const auto [stopped, error] = std::from_chars(begin, end, bits);
        read = error == std::errc() && stopped == end && bits <= most;
    }
    if (!read) {
        throw std::invalid_argument("'" + address_or_network +
                                    "' is not an IP address or network, such as 10.0.0.7 or "
                                    "10.0.0.0/8");
    }
    m_networks.push_back({*bytes, v4 ? mapped_bits + bits : bits});
}

bool TrustedProxies::trusts(const std::string& address) const {
    const auto bytes = address_bytes(address);
    return bytes && std::any_of(m_networks.begin(), m_networks.end(), [&](const Network& network) {
               return begin_alike(*bytes, network.bytes, network.bits);
           });
}

bool is_loopback_address(const std::string& address) {
    static const auto local = [] {
        TrustedProxies networks;
        networks.add("127.0.0.0/8");
        networks.add("::1");
        return networks;
    }();
    return local.trusts(address);
}

void take_forwarded(Request& request, const std::string& peer, const TrustedProxies& proxies) {
    request.address = peer;
    if (!proxies.trusts(peer)) {
        return;
    }
    for (const auto member : members_backwards(request, "x-forwarded-for")) {
        auto host = host_of(member);
        if (!address_bytes(host)) {
            break;
        }
        request.address = std::move(host);
        if (!proxies.trusts(request.address)) {
            break;
        }
    }
    const auto schemes = members_backwards(request, "x-forwarded-proto");
    request.secure = request.secure || (!schemes.empty() && schemes.front() == "https");
}

} // namespace hotspots::service
