#include "service/same_origin.hpp"

#include "data/ascii.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace hotspots::service {

namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return data::lower_case(x) == data::lower_case(y); });
}

std::string_view without(std::string_view text, std::string_view ending) {
    if (text.ends_with(ending)) {
        text.remove_suffix(ending.size());
    }
    return text;
}

// Origin is SCHEME://HOST[:PORT] (RFC 6454, 7); a port that the scheme implies may be left out.
bool is_origin_of(std::string_view origin, std::string_view host) {
    const auto scheme_end = origin.find("://");
    if (scheme_end == origin.npos || host.empty()) {
        return false;
    }
    const auto scheme = origin.substr(0, scheme_end);
    const std::string_view port = equal_ignoring_case(scheme, "https") ? ":443" : ":80";
    return equal_ignoring_case(without(origin.substr(scheme_end + 3), port), without(host, port));
}

Problem another_site(const std::string& what) {
    return Problem(403, "Not allowed",
                   what + "; changes are taken from this service's own pages and from programs");
}

// True if a field says that it is of the same origin. Throws if one says that it is not.
bool says_same_origin(const Request& request) {
    const auto host = request.header("host").value_or("");
    bool said = false;
    for (const Header& header : request.headers) {
        // What a form of a page without a referrer sends; the other field then says more.
        const bool hidden = header.name == "origin" && header.value == "null" &&
                            request.header("sec-fetch-site") == "same-origin";
        if (header.name == "origin" && !hidden) {
            if (!is_origin_of(header.value, host)) {
                throw another_site("the request comes from a page of " + header.value);
            }
            said = true;
        }
        if (header.name == "sec-fetch-site") {
            if (header.value != "same-origin" && header.value != "none") {
                throw another_site("the request comes from another site's page (Sec-Fetch-Site: " +
                                   header.value + ")");
            }
            said = said || header.value == "same-origin";
        }
    }
    return said;
}

} // namespace

void check_same_origin(const Request& request) {
    if (request.method == Method::get || request.method == Method::head ||
        request.method == Method::options) {
        return;
    }
    if (request.caller.by_cookie) {
        check_own_page(request);
    } else {
        says_same_origin(request);
    }
}

void check_own_page(const Request& request) {
    if (!says_same_origin(request)) {
        throw another_site("the request says in neither Origin nor Sec-Fetch-Site which page it "
                           "comes from");
    }
}

} // namespace hotspots::service
