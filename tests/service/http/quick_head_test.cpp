// The quick reading of plain requests against the full one: what the first takes, the second takes
// alike.
#include "service/http/header_scan.hpp"
#include "service/http/quick_head.hpp"
#include "service/http/read_head.hpp"
#include "tests/catch.hpp"

#include <random>

using namespace hotspots::service;

namespace {

const std::string quick_request =
    "GET /tiles/a/1/2/3.mvt?top=0.5 HTTP/1.1\r\nHost: localhost:80\r\n"
    "accept-ENCODING: gzip, br \r\nIf-None-Match: \"r7\"\r\n"
    "Connection: Keep-Alive\r\nUser-Agent: wrk\r\nAUTHORIZATION:Bearer  k-_9 \r\n"
    "Cookie: a=b; session=c\r\n\r\n";

std::optional<Head> read_fully(std::string_view header) {
    Parser parser;
    auto head = read_head(parser, header);
    auto* whole = std::get_if<Head>(&head);
    return whole ? std::optional(std::move(*whole)) : std::nullopt;
}

// Whether HeaderScan, which stands before read_head, lets the header through.
bool scans(std::string_view header) {
    HeaderScan scan;
    return scan.scan(header) == HeaderScan::State::complete && scan.length() == header.size();
}

} // namespace

TEST_CASE("A plain GET is read in one pass, to the byte behind its header") {
    const auto bytes = quick_request + "GET /next";
    const auto head = read_quick_head(bytes);
    REQUIRE(head);
    CHECK(head->bytes == quick_request.size());
    CHECK(head->target == "/tiles/a/1/2/3.mvt?top=0.5");
    CHECK(head->accept_encoding == "gzip, br");
    CHECK(head->if_none_match == "\"r7\"");
    CHECK(head->authorization == "Bearer  k-_9");
    CHECK(head->cookie == "a=b; session=c");
}

TEST_CASE("A header that is not whole is left to the full reading") {
    for (std::size_t bytes = 0; bytes < quick_request.size(); ++bytes) {
        CAPTURE(bytes);
        CHECK_FALSE(read_quick_head(std::string_view(quick_request).substr(0, bytes)));
    }
}

TEST_CASE("What is not plain is left to the full reading") {
    const std::string start = "GET / HTTP/1.1\r\nHost: a\r\n";
    CHECK(read_quick_head(start + "\r\n"));
    for (const std::string field : {"Host: a",
                                    "Host : a",
                                    "Content-Length: 0",
                                    "Transfer-Encoding: chunked",
                                    "Range: bytes=0-",
                                    "If-Range: \"a\"",
                                    "Authorization: ",
                                    "Cookie:",
                                    "Authorization: Bearer a\r\nAuthorization: Bearer a",
                                    "Cookie: a=b\r\ncookie: c=d",
                                    "Expect: 100-continue",
                                    "Connection: close",
                                    "Upgrade: websocket",
                                    "Accept-Encoding: a\r\nAccept-Encoding: b",
                                    " folded: a",
                                    "a: b\r\n folded",
                                    "no colon",
                                    ": a",
                                    "a: b\nc: d",
                                    "TE: trailers"}) {
        CAPTURE(field);
        CHECK_FALSE(read_quick_head(start + field + "\r\n\r\n"));
    }
    for (const std::string line :
         {"HEAD / HTTP/1.1", "POST / HTTP/1.1", "GET / HTTP/1.0", "GET http://a/ HTTP/1.1",
          "GET /a b HTTP/1.1", "GET  / HTTP/1.1"}) {
        CAPTURE(line);
        CHECK_FALSE(read_quick_head(line + "\r\nHost: a\r\n\r\n"));
    }
    CHECK_FALSE(read_quick_head("GET / HTTP/1.1\r\n\r\n"));
    CHECK_FALSE(read_quick_head("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
}

TEST_CASE("Whatever the quick reading takes, the full one takes alike") {
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> place(0, quick_request.size() - 1);
    std::uniform_int_distribution<int> byte(0, 255);
    int taken = 0;
    for (int round = 0; round < 20'000; ++round) {
        auto bytes = quick_request;
        for (int changes = round % 3; changes >= 0; --changes) {
            bytes[place(random)] = static_cast<char>(byte(random));
        }
        const auto quick = read_quick_head(bytes); // views into bytes
        if (!quick || quick->bytes != bytes.size()) {
            continue;
        }
        ++taken;
        INFO(bytes);
        CHECK(scans(bytes));
        const auto full = read_fully(bytes);
        // The full reading also decodes the target, of which not every text is one.
        if (!full) {
            CHECK_FALSE(parse_target(quick->target));
            continue;
        }
        CHECK(full->request.target == quick->target);
        CHECK(full->request.header("accept-encoding").value_or("") == quick->accept_encoding);
        CHECK(full->request.header("if-none-match").value_or("") == quick->if_none_match);
        CHECK(full->request.header("authorization").value_or("") == quick->authorization);
        CHECK(full->request.header("cookie").value_or("") == quick->cookie);
        CHECK(full->keep_alive);
        CHECK_FALSE(full->expects_continue);
    }
    CHECK(taken > 1000);
}
