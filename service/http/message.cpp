#include "service/http/message.hpp"

#include "service/http/mapped_file.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

// Empty if an escape is not two hexadecimal digits, or the text holds a NUL, escaped or not.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) {
                return std::nullopt;
            }
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0') {
            return std::nullopt;
        }
        out.push_back(c);
    }
    return out;
}

// Takes "." and ".." segments out (RFC 3986, 5.2.4). Empty if the path steps above the root.
// Works on the decoded path, so that an escaped dot or slash steps nowhere else either.
std::optional<std::string> remove_dot_segments(std::string_view path) {
    std::vector<std::string_view> segments;
    bool ends_in_folder = false;
    for (std::size_t begin = 1; begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        const auto segment = path.substr(begin, end - begin);
        ends_in_folder = segment == "." || segment == "..";
        if (segment == "..") {
            if (segments.empty()) {
                return std::nullopt;
            }
            segments.pop_back();
        } else if (segment != ".") {
            segments.push_back(segment);
        }
        begin = end + 1;
    }
    std::string out;
    for (const auto segment : segments) {
        out.append("/").append(segment);
    }
    if (ends_in_folder || out.empty()) {
        out.push_back('/');
    }
    return out;
}

std::optional<std::vector<QueryParameter>> parse_query(std::string_view text) {
    std::vector<QueryParameter> query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) {
            continue;
        }
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = percent_decode(pair.substr(0, equals), true);
        auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) {
            return std::nullopt;
        }
        query.push_back({std::move(*name), std::move(*value)});
    }
    return query;
}

} // namespace

std::string_view to_text(Method method) {
    switch (method) {
    case Method::get:
        return "GET";
    case Method::head:
        return "HEAD";
    case Method::post:
        return "POST";
    case Method::put:
        return "PUT";
    case Method::del:
        return "DELETE";
    case Method::options:
        return "OPTIONS";
    case Method::other:
        break;
    }
    return "another method";
}

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const Header& header) {
        return header.name == lower_case_name;
    });
    if (found == headers.end()) {
        return std::nullopt;
    }
    return found->value;
}

std::string_view Response::body_view() const {
    const auto whole = file ? file->bytes() : shared_body ? *shared_body : std::string_view(body);
    return part ? whole.substr(part->first, part->length) : whole;
}

std::optional<std::pair<std::string, std::vector<QueryParameter>>>
parse_target(std::string_view target) {
    if (target.empty() || target.front() != '/' || target.find('#') != target.npos) {
        return std::nullopt;
    }
    const auto question = std::min(target.find('?'), target.size());
    const auto decoded = percent_decode(target.substr(0, question), false);
    auto path = decoded ? remove_dot_segments(*decoded) : std::nullopt;
    auto query = parse_query(target.substr(std::min(question + 1, target.size())));
    if (!path || !query) {
        return std::nullopt;
    }
    return std::pair(std::move(*path), std::move(*query));
}

} // namespace hotspots::service
