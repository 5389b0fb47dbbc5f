#include "service/access/cookies.hpp"

#include <algorithm>

namespace hotspots::service {

std::string_view session_cookie_name(bool secure) {
    return secure ? "__Host-session" : "session";
}

std::string_view session_token(std::string_view cookie_field, bool secure) {
    const auto name = session_cookie_name(secure);
    std::string_view token;
    while (!cookie_field.empty()) {
        auto pair = cookie_field.substr(0, cookie_field.find(';'));
        cookie_field.remove_prefix(std::min(pair.size() + 1, cookie_field.size()));
        pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
        if (pair.size() <= name.size() || !pair.starts_with(name) || pair[name.size()] != '=') {
            continue;
        }
        if (!token.empty()) {
            return {};
        }
        token = pair.substr(name.size() + 1);
        token = token.substr(0, token.find_last_not_of(" \t") + 1);
    }
    return token;
}

std::string session_cookie(std::string_view token, bool secure) {
    return std::string(session_cookie_name(secure)) + "=" + std::string(token) +
           "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
}

std::string ended_session_cookie(bool secure) {
    return session_cookie({}, secure) + "; Max-Age=0";
}

} // namespace hotspots::service
