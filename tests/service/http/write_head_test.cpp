#include "service/http/write_head.hpp"
#include "tests/catch.hpp"

using namespace hotspots::service;

namespace {

constexpr std::chrono::sys_seconds rfc_moment{std::chrono::seconds(784111777)};

std::string whole_head(const Response& response, Connection connection = Connection::keep) {
    auto head = write_fields(response);
    append_end(head, format_http_date(rfc_moment), "id-7", connection);
    return head;
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

} // namespace

TEST_CASE("Dates are written as in RFC 9110's example") {
    CHECK(format_http_date(rfc_moment) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(format_http_date(std::chrono::sys_seconds()) == "Thu, 01 Jan 1970 00:00:00 GMT");
    // date -u -d @1709251199
    CHECK(format_http_date(std::chrono::sys_seconds(std::chrono::seconds(1709251199))) ==
          "Thu, 29 Feb 2024 23:59:59 GMT");
}

TEST_CASE("A response's head has length, date and the protective fields") {
    Response response;
    response.content_type = "application/json";
    response.body = "{}";
    response.headers = {{"etag", "\"7\""}};
    CHECK(whole_head(response) == "HTTP/1.1 200 OK\r\n"
                                  "Server: llr-hotspots\r\n"
                                  "Content-Type: application/json\r\n"
                                  "Content-Length: 2\r\n"
                                  "X-Content-Type-Options: nosniff\r\n"
                                  "Referrer-Policy: no-referrer\r\n"
                                  "Cross-Origin-Resource-Policy: same-origin\r\n"
                                  "Content-Security-Policy: default-src 'none'; frame-ancestors "
                                  "'none'\r\n"
                                  "Cache-Control: private, no-cache\r\n"
                                  "etag: \"7\"\r\n"
                                  "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                                  "X-Request-Id: id-7\r\n"
                                  "\r\n");
}

TEST_CASE(
    "Nothing inline and no other host in pages and scripts, nothing at all in what is neither") {
    Response response;
    response.content_type = "text/html; charset=utf-8";
    const auto page = whole_head(response);
    CHECK(count(page, "Content-Security-Policy: default-src 'none'; script-src 'self';") == 1);
    CHECK(count(page, "unsafe-") == 0);
    CHECK(count(page, "Cross-Origin-Opener-Policy: same-origin\r\n") == 1);
    CHECK(count(page, "Permissions-Policy: ") == 1);
    response.content_type = "text/javascript";
    CHECK(count(whole_head(response), "Content-Security-Policy: default-src 'none'; script-src") ==
          1);
    response.content_type = "image/svg+xml";
    CHECK(count(whole_head(response), "Content-Security-Policy: default-src 'none'; frame-") == 1);
}

TEST_CASE("What says nothing of caches is not kept by them") {
    Response response;
    CHECK(count(whole_head(response), "Cache-Control: no-store\r\n") == 1);
    response.headers = {{"cache-control", "public"}};
    CHECK(count(whole_head(response), "Cache-") == 0);
    CHECK(count(whole_head(response), "cache-control: public\r\n") == 1);
}

TEST_CASE("Over TLS browsers are told to stay with it") {
    std::string head;
    append_end(head, "", "", Connection::keep, true);
    CHECK(head == "Date: \r\nStrict-Transport-Security: max-age=31536000\r\n\r\n");
}

TEST_CASE("204 and 304 have no length, an empty 200 has length 0") {
    Response response;
    CHECK(count(whole_head(response), "Content-Length: 0\r\n") == 1);
    response.status = 204;
    CHECK(count(whole_head(response), "Content-Length") == 0);
    response.status = 304;
    CHECK(count(whole_head(response), "Content-Length") == 0);
}

TEST_CASE("A 304 leaves the policy that was kept with the page as it is") {
    Response response;
    response.status = 304;
    response.headers = {{"etag", "\"a\""}};
    CHECK(write_fields(response).find("Content-Security-Policy") == std::string::npos);
}

TEST_CASE("A header value cannot begin another line") {
    Response response;
    response.headers = {{"location", "/a\r\nset-cookie: b=c\r\n\r\nbody"}};
    const auto head = whole_head(response, Connection::close);
    CHECK(count(head, "\r\n\r\n") == 1);
    CHECK(count(head, "\nset-cookie") == 0);
    CHECK(count(head, "Connection: close\r\n") == 1);
}
