#include "service/http/header_scan.hpp"
#include "tests/catch.hpp"

#include <string>

using hotspots::service::HeaderScan;
using State = HeaderScan::State;

namespace {

State scan_whole(std::string_view bytes) {
    return HeaderScan().scan(bytes);
}

} // namespace

TEST_CASE("A header ends at the empty line; what follows is not looked at") {
    const std::string header = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    HeaderScan scan;
    CHECK(scan.scan(header + "\n\0rest") == State::complete);
    CHECK(scan.length() == header.size());
    CHECK(scan.request_line_bytes() == 14);
    CHECK(scan.leading_bytes() == 0);
}

TEST_CASE("Arriving byte by byte, a header reads as it does in one piece") {
    const std::string header = "\r\nPOST /a HTTP/1.1\r\nHost: a\r\nX: \tb c\x80\r\n\r\n";
    HeaderScan scan;
    for (std::size_t size = 0; size < header.size(); ++size) {
        REQUIRE(scan.scan(header.substr(0, size)) == State::incomplete);
    }
    CHECK(scan.scan(header) == State::complete);
    CHECK(scan.length() == header.size());
    CHECK(scan.leading_bytes() == 2);
    CHECK(scan.request_line_bytes() == 16);
}

TEST_CASE("Line ends and bytes that parsers disagree about are refused") {
    CHECK(scan_whole("GET / HTTP/1.1\nHost: a\n\n") == State::malformed);
    CHECK(scan_whole("GET / HTTP/1.1\rHost: a") == State::malformed);
    CHECK(scan_whole("GET / HTTP/1.1\r\r\n") == State::malformed);
    CHECK(scan_whole("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n") == State::malformed);
    CHECK(scan_whole("GET / HTTP/1.1\r\n\tHost: a\r\n\r\n") == State::malformed);
    CHECK(scan_whole(" GET / HTTP/1.1\r\n\r\n") == State::malformed);
    CHECK(scan_whole(std::string_view("GET /\0 HTTP/1.1\r\n", 17)) == State::malformed);
    CHECK(scan_whole("GET / HTTP/1.1\r\nA: \x1B[0m\r\n") == State::malformed);
    CHECK(scan_whole("GET / HTTP/1.1\r\nA: \x7F\r\n") == State::malformed);
}

TEST_CASE("An unfinished header is incomplete, not malformed") {
    CHECK(scan_whole("") == State::incomplete);
    CHECK(scan_whole("\r\n\r\n") == State::incomplete);
    CHECK(scan_whole("GET / HTTP/1.1\r\n") == State::incomplete);
    CHECK(scan_whole("GET / HTTP/1.1\r\n\r") == State::incomplete);
}
