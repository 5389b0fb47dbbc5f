#include "service/access/caller.hpp"

#include "service/problem.hpp"

#include <algorithm>
#include <string_view>

namespace hotspots::service {

namespace {

Problem malformed() {
    return sign_in_needed("Authorization is not understood; send 'Bearer KEY' once, or Basic with "
                          "any user name and the key as password");
}

bool is_scheme(std::string_view text, std::string_view lower_case) {
    return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

// A key has no colon, so the user name may have some, against RFC 7617.
std::optional<std::string> password_of(std::string_view base64) {
    const auto pair = decode_base64(base64);
    const auto colon = pair ? pair->rfind(':') : std::string::npos;
    if (colon == std::string::npos) {
        return std::nullopt;
    }
    return pair->substr(colon + 1);
}

std::optional<std::string> read_key(std::string_view field) {
    const auto space = std::min(field.find(' '), field.size());
    const auto scheme = field.substr(0, space);
    auto rest = field.substr(space);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (is_scheme(scheme, "basic")) {
        return password_of(rest);
    }
    return is_scheme(scheme, "bearer") ? std::optional(std::string(rest)) : std::nullopt;
}

} // namespace

std::optional<std::string> key_of(const Request& request) {
    std::optional<std::string> key;
    for (const Header& header : request.headers) {
        if (header.name != "authorization") {
            continue;
        }
        auto next = key ? std::nullopt : read_key(header.value);
        if (!next || next->empty()) {
            throw malformed();
        }
        key = std::move(next);
    }
    return key;
}

Caller caller_of(const Request& request, const ApiKeys& keys) {
    const auto key = key_of(request);
    if (!key) {
        return {Role::analyst, "local", {}};
    }
    const auto caller = keys.find(*key);
    if (!caller) {
        throw sign_in_needed("the key is not known here; an administrator makes one with "
                             "'llr-hotspots key create'");
    }
    return *caller;
}

} // namespace hotspots::service
