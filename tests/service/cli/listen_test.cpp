#include "service/cli/commands.hpp"
#include "service/cli/listen.hpp"
#include "tests/catch.hpp"

using namespace hotspots::service;

TEST_CASE("An address to listen on is an address and a port, IPv6 in brackets") {
    CHECK(url_of(parse_listen("127.0.0.1:8080")) == "http://127.0.0.1:8080");
    CHECK(url_of(parse_listen("localhost:0")) == "http://localhost:0");
    CHECK(url_of(parse_listen("[::1]:65535")) == "http://[::1]:65535");
    CHECK(parse_listen("[::1]:80").address == "::1");
}

TEST_CASE("Anything else is refused with what would be right") {
    for (const auto* text : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                             "127.0.0.1:-1", "127.0.0.1:80x", "127.0.0.1: 80", "::1:8080",
                             "[127.0.0.1]:80", "[]:80", "http://127.0.0.1:80"}) {
        INFO(text);
        CHECK_THROWS_WITH(parse_listen(text),
                          "--listen '" + std::string(text) +
                              "' is not ADDRESS:PORT, e.g. 127.0.0.1:8080 or [::1]:8080");
    }
}
