#include "service/http/read_head.hpp"

#include "service/problem.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <cctype>

namespace hotspots::service {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
    });
    return out;
}

Method to_method(http::verb verb) {
    switch (verb) {
    case http::verb::get:
        return Method::get;
    case http::verb::head:
        return Method::head;
    case http::verb::post:
        return Method::post;
    case http::verb::put:
        return Method::put;
    case http::verb::delete_:
        return Method::del;
    case http::verb::options:
        return Method::options;
    default:
        return Method::other;
    }
}

// "http://" or "https://", in whichever case; empty where the target has neither.
std::string_view scheme_of(std::string_view target) {
    const auto start = lower(target.substr(0, 8));
    return target.substr(0, start == "https://" ? 8 : start.starts_with("http://") ? 7 : 0);
}

std::optional<Refusal> refuse_foreign(std::string_view host, std::string_view public_host) {
    if (is_local_host(host) || is_same_host(host, public_host)) {
        return std::nullopt;
    }
    return Refusal{421, "this service is not " + std::string(host) +
                            "; it answers to localhost, to IP addresses and to the host of its "
                            "public URL"};
}

// RFC 9112, 3.2: exactly one Host in HTTP/1.1, at most one in HTTP/1.0.
std::optional<Refusal> check_host(const Parser::value_type& message, std::string_view public_host) {
    const auto hosts = message.count(http::field::host);
    if (hosts > 1) {
        return Refusal{400, "the request has " + std::to_string(hosts) + " Host fields; send one"};
    }
    if (hosts == 0) {
        return message.version() >= 11
                   ? std::optional(
                         Refusal{400, "the request has no Host field; HTTP/1.1 needs one"})
                   : std::nullopt;
    }
    const auto host = view(message[http::field::host]);
    if (!is_host_field(host)) {
        return Refusal{400, "the Host field is not a host and port: " + std::string(host)};
    }
    return refuse_foreign(host, public_host);
}

// RFC 9112, 3.2.2: of "http://host/path" the host counts, whatever the Host field says.
std::optional<Refusal> check_target_host(const Parser::value_type& message,
                                         std::string_view public_host) {
    const auto target = view(message.target());
    const auto scheme = scheme_of(target);
    if (scheme.empty()) {
        return std::nullopt;
    }
    auto host = target.substr(scheme.size());
    host = host.substr(0, host.find_first_of("/?"));
    if (host.empty() || !is_host_field(host)) {
        return Refusal{400, "the request target names no host and port: " + std::string(host)};
    }
    return refuse_foreign(host, public_host);
}

// RFC 9112, 6.1: the body's length must have one reading.
std::optional<Refusal> check_body_length(const Parser::value_type& message) {
    const auto encodings = message.count(http::field::transfer_encoding);
    if (message.count(http::field::content_length) > 1 ||
        view(message[http::field::content_length]).find(',') != std::string_view::npos) {
        return Refusal{400, "the request has several Content-Length values; send one"};
    }
    if (encodings == 0) {
        return std::nullopt;
    }
    if (message.count(http::field::content_length) > 0) {
        return Refusal{400,
                       "the request has Transfer-Encoding and Content-Length; send one of them"};
    }
    if (encodings > 1 || message.version() < 11) {
        return Refusal{400, "Transfer-Encoding is sent twice or in HTTP/1.0"};
    }
    const auto encoding = lower(view(message[http::field::transfer_encoding]));
    if (encoding == "chunked") {
        return std::nullopt;
    }
    const bool ends_chunked = encoding.ends_with("chunked");
    return Refusal{ends_chunked ? 501 : 400,
                   "Transfer-Encoding '" + encoding + "' is not read here; use 'chunked' alone"};
}

// RFC 9110, 10.1.1: the one expectation that exists.
std::optional<Refusal> check_expectation(const Parser::value_type& message) {
    const auto expected = lower(view(message[http::field::expect]));
    if (expected.empty() || expected == "100-continue" || message.version() < 11) {
        return std::nullopt;
    }
    return Refusal{417, "Expect '" + expected + "' cannot be met; only 100-continue can"};
}

// RFC 9112, 3.2.2: "http://host/path" is to be accepted; its path is what counts.
std::string_view origin_form(std::string_view target) {
    const auto scheme = scheme_of(target);
    if (scheme.empty()) {
        return target;
    }
    const auto path = target.find_first_of("/?", scheme.size());
    return path == target.npos || target[path] == '?' ? "/" : target.substr(path);
}

// RFC 9110, 9.3.7: "OPTIONS *" asks about the service as a whole.
std::optional<std::pair<std::string, std::vector<QueryParameter>>>
parse_target_of(http::verb verb, std::string_view target) {
    if (verb == http::verb::options && target == "*") {
        return std::pair(std::string("*"), std::vector<QueryParameter>());
    }
    return parse_target(target);
}

std::variant<Head, Refusal> to_head(const Parser& parser) {
    const auto& message = parser.get();
    const auto text = origin_form(view(message.target()));
    auto target = parse_target_of(message.method(), text);
    if (!target) {
        return Refusal{400, "the request target is not a path with well-formed percent escapes"};
    }
    Head head;
    head.request.method = to_method(message.method());
    head.request.target = text;
    head.request.path = std::move(target->first);
    head.request.query = std::move(target->second);
    // Copied before the body is read: fields in a chunked body's trailer must not pass for header.
    for (const auto& field : message) {
        head.request.headers.push_back(
            {lower(view(field.name_string())), std::string(view(field.value()))});
    }
    head.keep_alive = message.keep_alive();
    head.old_client = message.version() < 11;
    head.expects_continue = !head.old_client && !message[http::field::expect].empty();
    return head;
}

} // namespace

Response to_response(const Refusal& refusal) {
    const std::string reason(http::obsolete_reason(static_cast<http::status>(refusal.status)));
    return to_response(Problem(refusal.status, reason, refusal.detail));
}

Refusal refusal_of(beast::error_code error) {
    if (error == http::error::body_limit) {
        return {413, "the body is larger than this service takes"};
    }
    if (error == http::error::header_limit) {
        return {431, "the header is larger than this service takes"};
    }
    if (error == http::error::bad_version) {
        return {505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
    }
    return {400, "the request is malformed: " + error.message()};
}

std::variant<Head, Refusal> read_head(Parser& parser, std::string_view header,
                                      std::string_view public_host) {
    beast::error_code error;
    parser.put(boost::asio::buffer(header), error);
    if (error && error != http::error::need_more) {
        return refusal_of(error);
    }
    if (!parser.is_header_done()) {
        return Refusal{400, "the request is malformed: its header does not end"};
    }
    const auto& message = parser.get();
    for (const auto check : {check_host, check_target_host}) {
        if (auto refusal = check(message, public_host)) {
            return *refusal;
        }
    }
    for (const auto check : {check_body_length, check_expectation}) {
        if (auto refusal = check(message)) {
            return *refusal;
        }
    }
    return to_head(parser);
}

} // namespace hotspots::service
