#include "service/cli/exposure.hpp"

#include "service/cli/listen.hpp"
#include "service/http/host.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace hotspots::service {

TrustedProxies read_proxies(const std::string& text) {
    TrustedProxies proxies;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        try {
            proxies.add(text.substr(begin, end - begin));
        } catch (const std::invalid_argument& error) {
            throw UsageError(std::string("--behind-proxy: ") + error.what());
        }
        begin = end + 1;
    }
    return proxies;
}

std::string host_of_public_url(const std::string& url) {
    if (url.empty()) {
        return {};
    }
    const std::string_view text = url;
    const std::size_t scheme = text.starts_with("https://")  ? 8
                               : text.starts_with("http://") ? 7
                                                             : 0;
    const auto host = text.substr(scheme, text.find('/', scheme) - scheme);
    if (scheme == 0 || host.empty() || !is_host_field(host) || text.ends_with('/') ||
        text.find_first_of("?#") != text.npos) {
        throw UsageError("--public-url '" + url +
                         "' is not https://HOST[:PORT][/PATH] without a slash at its end");
    }
    return std::string(host);
}

void check_exposure(const ServeOptions& options) {
    const auto address = parse_listen(options.listen).address;
    if (address == "localhost" || is_loopback_address(address) || !options.tls_cert.empty() ||
        !options.behind_proxy.empty()) {
        return;
    }
    throw UsageError("--listen " + options.listen +
                     " is beyond this machine: passwords and records would cross the network in "
                     "the clear. Give --tls-cert and --tls-key, or --behind-proxy with the "
                     "addresses of the proxies that have a certificate, or listen on 127.0.0.1");
}

} // namespace hotspots::service
