#include "service/http/host.hpp"

#include "data/ascii.hpp"

#include <algorithm>

namespace hotspots::service {

bool is_host_field(std::string_view host) {
    return host.find_first_of(" \t,/@?#\\") == host.npos;
}

bool is_same_host(std::string_view a, std::string_view b) {
    return !a.empty() && std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return data::lower_case(x) == data::lower_case(y);
    });
}

bool is_local_host(std::string_view host) {
    if (host.starts_with('[')) {
        return true; // an IPv6 literal
    }
    const auto name = host.substr(0, host.find(':'));
    const auto is_address_part = [](char c) { return c == '.' || (c >= '0' && c <= '9'); };
    return name.find('.') == name.npos || name.ends_with(".localhost") ||
           std::all_of(name.begin(), name.end(), is_address_part);
}

} // namespace hotspots::service
