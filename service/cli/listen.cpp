#include "service/cli/listen.hpp"

#include "service/cli/commands.hpp"

#include <charconv>

namespace hotspots::service {

Listen parse_listen(std::string_view text) {
    const UsageError wrong("--listen '" + std::string(text) +
                           "' is not ADDRESS:PORT, e.g. 127.0.0.1:8080 or [::1]:8080");
    const auto colon = text.rfind(':');
    if (colon == text.npos) {
        throw wrong;
    }
    auto address = text.substr(0, colon);
    const auto port = text.substr(colon + 1);
    const bool bracketed = address.starts_with('[') && address.ends_with(']');
    if (bracketed) {
        address = address.substr(1, address.size() - 2);
    }
    const bool has_colon = address.find(':') != address.npos;
    Listen listen;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), listen.port);
    if (address.empty() || bracketed != has_colon || port.empty() || error != std::errc() ||
        end != port.data() + port.size()) {
        throw wrong;
    }
    listen.address = address;
    return listen;
}

std::string url_of(const Listen& listen, bool tls) {
    const bool v6 = listen.address.find(':') != std::string::npos;
    return (tls ? "https://" : "http://") + (v6 ? "[" + listen.address + "]" : listen.address) +
           ":" + std::to_string(listen.port);
}

} // namespace hotspots::service
