#include "service/access/caller.hpp"

#include "service/access/cookies.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace hotspots::service {

namespace {

Problem malformed_credentials() {
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

// The key of a field; `room` holds it where it is not written in the field itself. Empty if there
// is none.
std::string_view read_key(std::string_view field, std::string& room) {
    const auto space = std::min(field.find(' '), field.size());
    const auto scheme = field.substr(0, space);
    auto rest = field.substr(space);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (is_scheme(scheme, "basic")) {
        room = password_of(rest).value_or(std::string());
        return room;
    }
    return is_scheme(scheme, "bearer") ? rest : std::string_view();
}

std::shared_ptr<const Caller> caller_by_key(std::string_view field, const Credentials& present) {
    std::string room;
    const auto key = read_key(field, room);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const Caller* known = key.empty() ? nullptr : present.keys->find(key, now);
    // Lives as long as the keys do that it is one of.
    return known ? std::shared_ptr<const Caller>(present.keys, known) : nullptr;
}

// Several Cookie fields are one list (RFC 9113, 8.2.3).
std::string all_cookies(const Request& request) {
    std::string all;
    for (const Header& header : request.headers) {
        if (header.name == "cookie") {
            all.append(all.empty() ? "" : "; ").append(header.value);
        }
    }
    return all;
}

} // namespace

std::optional<std::string> key_of(const Request& request) {
    std::optional<std::string> key;
    for (const Header& header : request.headers) {
        if (header.name != "authorization") {
            continue;
        }
        std::string room;
        const auto next = key ? std::string_view() : read_key(header.value, room);
        if (next.empty()) {
            throw malformed_credentials();
        }
        key = next;
    }
    return key;
}

std::shared_ptr<const Caller> caller_of(const SentCredentials& sent, Identities& identities) {
    if (sent.authorization.empty() && sent.cookie.empty()) {
        return identities.nobody();
    }
    const auto present = identities.present();
    if (!sent.authorization.empty()) {
        return caller_by_key(sent.authorization, present);
    }
    const auto token = session_token(sent.cookie, sent.secure);
    auto session = token.empty() ? nullptr : identities.sessions().find(token, *present.users);
    if (!session) {
        return identities.nobody();
    }
    const auto* caller = &session->caller;
    return {std::move(session), caller};
}

Caller caller_of(const Request& request, Identities& identities) {
    const auto key = key_of(request);
    const auto authorization = request.header("authorization").value_or("");
    const auto cookies = all_cookies(request);
    const auto caller = caller_of({authorization, cookies, request.secure}, identities);
    if (!caller) {
        throw sign_in_needed("the key is not known here, or has expired; an administrator makes "
                             "one with 'llr-hotspots key create'");
    }
    return *caller;
}

} // namespace hotspots::service
