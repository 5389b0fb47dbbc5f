#include "service/http/write_head.hpp"

#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace hotspots::service {

namespace {

// Everything from this service alone, nothing inline. MapLibre GL JS starts its worker from a blob
// where it is not given a URL, and draws images from blobs. A worker's script brings the worker's
// own policy, so scripts have that of pages.
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; "
    "style-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

// What is no page is shown by nobody within another and loads nothing.
constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'";

constexpr std::string_view page_permissions =
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    const auto begin = out.size();
    out.append(value);
    // A value must not be able to begin another field or the body.
    const auto value_begin = out.begin() + static_cast<std::ptrdiff_t>(begin);
    std::replace_if(
        value_begin, out.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    out.append("\r\n");
}

std::string_view reason(int status) {
    const auto text =
        boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {text.data(), text.size()};
}

bool has_field(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const Header& header) { return header.name == name; });
}

bool has_length(int status) {
    return status >= 200 && status != 204 && status != 304;
}

} // namespace

std::string format_http_date(std::chrono::sys_seconds time) {
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(time - midnight);
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
        days[std::chrono::weekday(midnight).c_encoding()], static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string write_fields(const Response& response) {
    return write_fields(response, response.body_view().size());
}

std::string write_fields(const Response& response, std::size_t body_bytes) {
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
    out.append(reason(response.status)).append("\r\n");
    append_field(out, "Server", "llr-hotspots");
    if (!response.content_type.empty()) {
        append_field(out, "Content-Type", response.content_type);
    }
    if (has_length(response.status) && !response.stream && !response.parts) {
        append_field(out, "Content-Length", std::to_string(body_bytes));
    }
    append_field(out, "X-Content-Type-Options", "nosniff");
    append_field(out, "Referrer-Policy", "no-referrer");
    append_field(out, "Cross-Origin-Resource-Policy", "same-origin");
    const bool is_page = response.content_type.starts_with("text/html");
    const bool is_script = response.content_type.starts_with("text/javascript");
    // What a 304 says takes the place of what was kept with the page: it says nothing of it.
    if (response.status != 304) {
        append_field(out, "Content-Security-Policy",
                     is_page || is_script ? page_policy : data_policy);
    }
    if (is_page) {
        append_field(out, "Cross-Origin-Opener-Policy", "same-origin");
        append_field(out, "Permissions-Policy", page_permissions);
    }
    if (!has_field(response, "cache-control")) {
        append_field(out, "Cache-Control",
                     has_field(response, "etag") ? "private, no-cache" : "no-store");
    }
    for (const Header& header : response.headers) {
        append_field(out, header.name, header.value);
    }
    return out;
}

void append_end(std::string& out, std::string_view date, std::string_view id, Connection connection,
                bool secure) {
    out.append("Date: ").append(date).append("\r\n");
    if (!id.empty()) {
        out.append("X-Request-Id: ").append(id).append("\r\n");
    }
    if (secure) { // a year, RFC 6797
        out.append("Strict-Transport-Security: max-age=31536000\r\n");
    }
    if (connection != Connection::keep) {
        out.append(connection == Connection::close ? "Connection: close\r\n"
                                                   : "Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

} // namespace hotspots::service
