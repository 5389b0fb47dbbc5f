#include "service/http/quick_head.hpp"

#include "service/http/host.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::size_t longest_target = 2048;
constexpr std::size_t longest_header = 8192;

// RFC 9110, 5.6.2.
constexpr std::array<bool, 256> token_characters = [] {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

bool equals(std::string_view text, std::string_view lower_case) {
    return std::equal(
        text.begin(), text.end(), lower_case.begin(), lower_case.end(),
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

// Fields that change what the answer is, who gets it, or where the next request begins.
bool needs_more(std::string_view name) {
    static constexpr std::array<std::string_view, 9> names{
        "content-length", "expect",          "if-range",         "range", "te", "trailer",
        "upgrade",        "x-forwarded-for", "x-forwarded-proto"};
    return equals(name, "transfer-encoding") ||
           std::any_of(names.begin(), names.end(),
                       [&](std::string_view n) { return equals(name, n); });
}

// Cuts the target of "GET /path HTTP/1.1" off, and the line with it; empty if it is another.
std::string_view take_target(std::string_view& text) {
    static constexpr std::string_view method = "GET ";
    static constexpr std::string_view version = " HTTP/1.1\r\n";
    if (!text.starts_with("GET /")) {
        return {};
    }
    text.remove_prefix(method.size());
    const auto end = std::find_if(text.begin(), text.end(),
                                  [](char c) { return c <= ' ' || c > '~' || c == '#'; });
    const auto target = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(target.size());
    if (target.size() > longest_target || !text.starts_with(version)) {
        return {};
    }
    text.remove_prefix(version.size());
    return target;
}

struct FieldLine {
    std::string_view name;
    std::string_view value;
};

// Cuts a line off; empty if it is not whole or not a field.
std::optional<FieldLine> take_field(std::string_view& text) {
    const auto is_token = [](char c) { return token_characters[static_cast<unsigned char>(c)]; };
    const auto colon = std::find_if_not(text.begin(), text.end(), is_token);
    const auto value_end = std::find_if(
        colon, text.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7F'; });
    if (colon == text.begin() || colon == text.end() || *colon != ':' ||
        text.end() - value_end < 2 || value_end[0] != '\r' || value_end[1] != '\n') {
        return std::nullopt;
    }
    const auto name_bytes = static_cast<std::size_t>(colon - text.begin());
    FieldLine field{text.substr(0, name_bytes),
                    text.substr(name_bytes + 1, static_cast<std::size_t>(value_end - colon) - 1)};
    text.remove_prefix(static_cast<std::size_t>(value_end - text.begin()) + 2);
    field.value.remove_prefix(std::min(field.value.find_first_not_of(" \t"), field.value.size()));
    field.value.remove_suffix(field.value.size() - (field.value.find_last_not_of(" \t") + 1));
    return field;
}

// False if a field is there twice or says what is not plain.
struct PlainFields {
    std::string_view accept_encoding;
    std::string_view if_none_match;
    std::string_view authorization;
    std::string_view cookie;
    bool has_host = false;

    bool take(const FieldLine& field) {
        if (equals(field.name, "host")) {
            return !std::exchange(has_host, true) && is_host_field(field.value) &&
                   is_local_host(field.value);
        }
        if (equals(field.name, "connection")) {
            return equals(field.value, "keep-alive");
        }
        if (equals(field.name, "accept-encoding")) {
            return std::exchange(accept_encoding, field.value).empty();
        }
        if (equals(field.name, "if-none-match")) {
            return std::exchange(if_none_match, field.value).empty();
        }
        if (equals(field.name, "authorization")) {
            return take_credentials(authorization, field.value);
        }
        if (equals(field.name, "cookie")) {
            return take_credentials(cookie, field.value);
        }
        return !needs_more(field.name);
    }

    // An empty one is not the same as none.
    static bool take_credentials(std::string_view& known, std::string_view value) {
        return std::exchange(known, value).empty() && !value.empty();
    }
};

} // namespace

std::optional<QuickHead> read_quick_head(std::string_view bytes) {
    auto text = bytes;
    QuickHead head;
    head.target = take_target(text);
    if (head.target.empty()) {
        return std::nullopt;
    }
    PlainFields fields;
    while (!text.starts_with("\r\n")) {
        const auto field = take_field(text);
        if (!field || !fields.take(*field)) {
            return std::nullopt;
        }
    }
    head.bytes = bytes.size() - text.size() + 2;
    head.accept_encoding = fields.accept_encoding;
    head.if_none_match = fields.if_none_match;
    head.authorization = fields.authorization;
    head.cookie = fields.cookie;
    if (!fields.has_host || head.bytes > longest_header) {
        return std::nullopt;
    }
    return head;
}

} // namespace hotspots::service
