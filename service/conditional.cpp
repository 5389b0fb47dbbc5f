#include "service/conditional.hpp"

#include <algorithm>
#include <array>

namespace hotspots::service {

namespace {

std::string_view opaque_tag(std::string_view etag) {
    if (etag.starts_with("W/")) {
        etag.remove_prefix(2);
    }
    return etag;
}

// Cuts the next entity tag off the list; empty at its end or where it is malformed.
std::string_view take_tag(std::string_view& list) {
    const auto begin = std::min(list.find_first_not_of(" \t,"), list.size());
    list.remove_prefix(begin);
    const auto open = list.find('"');
    if (open == list.npos || (open != 0 && list.substr(0, open) != "W/")) {
        return {};
    }
    const auto close = list.find('"', open + 1);
    if (close == list.npos) {
        return {};
    }
    const auto tag = list.substr(0, close + 1);
    list.remove_prefix(close + 1);
    return tag;
}

} // namespace

bool etag_listed(std::string_view if_none_match, std::string_view etag) {
    const auto first = std::min(if_none_match.find_first_not_of(" \t"), if_none_match.size());
    if (if_none_match.substr(first, if_none_match.find_last_not_of(" \t") + 1 - first) == "*") {
        return true;
    }
    for (auto tag = take_tag(if_none_match); !tag.empty(); tag = take_tag(if_none_match)) {
        if (opaque_tag(tag) == opaque_tag(etag)) {
            return true;
        }
    }
    return false;
}

Response not_modified_if_known(const Request& request, Response response) {
    const auto listed = request.header("if-none-match");
    const auto etag = std::find_if(response.headers.begin(), response.headers.end(),
                                   [](const Header& header) { return header.name == "etag"; });
    const bool asks = request.method == Method::get || request.method == Method::head;
    if (!asks || response.status != 200 || !listed || etag == response.headers.end() ||
        !etag_listed(*listed, etag->value)) {
        return response;
    }
    static constexpr std::array<std::string_view, 5> kept{"etag", "cache-control", "vary",
                                                          "expires", "content-location"};
    Response unchanged;
    unchanged.status = 304;
    for (auto& header : response.headers) {
        if (std::find(kept.begin(), kept.end(), header.name) != kept.end()) {
            unchanged.headers.push_back(std::move(header));
        }
    }
    return unchanged;
}

} // namespace hotspots::service
