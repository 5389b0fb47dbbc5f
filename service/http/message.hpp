// A request and a response as handlers see them: no sockets, no Beast.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::service {

enum class Method { get, head, post, put, del, options, other };

std::string_view to_text(Method method);

struct QueryParameter {
    std::string name;  // percent-decoded
    std::string value; // percent-decoded, '+' is a space
};

struct Header {
    std::string name; // lower-case
    std::string value;
};

struct Request {
    Method method = Method::get;
    std::string path; // percent-decoded, begins with '/', without dot segments
    std::vector<QueryParameter> query;
    std::vector<Header> headers;
    std::string body;

    std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

// Reads a request target ("/path?query"). Empty if it is not an origin-form target, has a bad
// percent escape, a NUL, or steps above the root.
std::optional<std::pair<std::string, std::vector<QueryParameter>>>
parse_target(std::string_view target);

struct Response {
    int status = 200;
    std::string content_type; // empty where there is no body
    std::vector<Header> headers;
    std::string body;
    // Set instead of `body` where the bytes live elsewhere (static files, caches).
    std::shared_ptr<const std::string> shared_body;

    std::string_view body_view() const {
        return shared_body ? *shared_body : std::string_view(body);
    }
};

} // namespace hotspots::service
