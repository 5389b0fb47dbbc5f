#include "service/http/access_log.hpp"
#include "tests/catch.hpp"

#include <algorithm>

using namespace hotspots::service;

namespace {

// date -u -d @1709251199 is 2024-02-29T23:59:59Z.
constexpr std::chrono::sys_time<std::chrono::milliseconds> log_moment{
    std::chrono::milliseconds(1709251199042)};

std::string access_line(const AccessEntry& entry) {
    std::string line;
    append_access_line(line, entry, log_moment);
    return line;
}

} // namespace

TEST_CASE("A request is one line of keys and values, without its query") {
    CHECK(access_line({"5f-1", "127.0.0.1", "GET", "/geocode?q=1+Some+Street", "analyst", 200, 512,
                       std::chrono::microseconds(1234)}) ==
          "time=2024-02-29T23:59:59.042Z id=5f-1 peer=127.0.0.1 method=GET path=\"/geocode\" "
          "status=200 bytes=512 ms=1.234 role=analyst\n");
}

TEST_CASE("A target cannot end the line or its quotes") {
    const auto line =
        access_line({"a", "::1", "GET", "/a\" status=200\n\\\x7f\xc3\xa9", "public", 404, 0, {}});
    CHECK(line.find("path=\"/a\\x22\\x20status=200\\x0a\\x5c\\x7f\\xc3\\xa9\" status=404") !=
          line.npos);
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
}

TEST_CASE("A request that was not understood has dashes for what is not known") {
    CHECK(access_line({"a", "::1", {}, {}, {}, 400, 10, {}}) ==
          "time=2024-02-29T23:59:59.042Z id=a peer=::1 method=- path=\"\" status=400 bytes=10 "
          "ms=0.000 role=-\n");
}
