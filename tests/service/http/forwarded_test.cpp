#include "service/http/forwarded.hpp"
#include "tests/catch.hpp"

#include <stdexcept>

using namespace hotspots::service;

namespace {

TrustedProxies trusted(const std::vector<std::string>& networks) {
    TrustedProxies proxies;
    for (const auto& network : networks) {
        proxies.add(network);
    }
    return proxies;
}

Request forwarded(const std::string& peer, const std::vector<Header>& headers,
                  const std::vector<std::string>& proxies = {"10.0.0.0/8", "fd00::/8"}) {
    Request request;
    request.headers = headers;
    take_forwarded(request, peer, trusted(proxies));
    return request;
}

} // namespace

TEST_CASE("Networks hold the addresses that share their first bits, and no others") {
    const auto proxies = trusted({"10.1.2.3", "192.168.4.0/22", "2001:db8::/33"});
    for (const auto* inside :
         {"10.1.2.3", "192.168.4.0", "192.168.7.255", "::ffff:10.1.2.3", "2001:db8:7fff::1"}) {
        CAPTURE(inside);
        CHECK(proxies.trusts(inside));
    }
    for (const auto* outside : {"10.1.2.4", "192.168.3.255", "192.168.8.0", "2001:db8:8000::1",
                                "::10.1.2.3", "", "localhost", "10.1.2.3 "}) {
        CAPTURE(outside);
        CHECK_FALSE(proxies.trusts(outside));
    }
    CHECK(trusted({"0.0.0.0/0"}).trusts("203.0.113.9"));
    CHECK_FALSE(trusted({"0.0.0.0/0"}).trusts("2001:db8::1"));
    CHECK_FALSE(TrustedProxies().trusts("127.0.0.1"));
}

TEST_CASE("What is neither an address nor a network is refused by name") {
    for (const auto* bad : {"", "proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129",
                            "10.0.0.0/8x", "10.0.0/8", "*"}) {
        CAPTURE(bad);
        CHECK_THROWS_AS(trusted({bad}), std::invalid_argument);
    }
}

TEST_CASE("The client is the last address on the way that is not a trusted proxy's") {
    CHECK(forwarded("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}}).address == "203.0.113.9");
    // What the client wrote itself stands to the left of what proxies add.
    CHECK(
        forwarded("10.0.0.1", {{"x-forwarded-for", "127.0.0.1, 203.0.113.9, 10.0.0.2"}}).address ==
        "203.0.113.9");
    CHECK(forwarded("10.0.0.1",
                    {{"x-forwarded-for", "127.0.0.1"}, {"x-forwarded-for", "203.0.113.9"}})
              .address == "203.0.113.9");
    CHECK(forwarded("fd00::1", {{"x-forwarded-for", "[2001:db8::7]:4711"}}).address ==
          "2001:db8::7");
    CHECK(forwarded("10.0.0.1", {{"x-forwarded-for", "203.0.113.9:4711"}}).address ==
          "203.0.113.9");
    CHECK(forwarded("10.0.0.1", {{"x-forwarded-for", "10.0.0.3, 10.0.0.2"}}).address == "10.0.0.3");
}

TEST_CASE("Nobody else is believed") {
    const std::vector<Header> claims{{"x-forwarded-for", "203.0.113.9"},
                                     {"x-forwarded-proto", "https"}};
    const auto direct = forwarded("203.0.113.77", claims);
    CHECK(direct.address == "203.0.113.77");
    CHECK_FALSE(direct.secure);
    const auto none = forwarded("10.0.0.1", claims, {});
    CHECK(none.address == "10.0.0.1");
    CHECK_FALSE(none.secure);
}

TEST_CASE("What a proxy's field says that is no address leaves the proxy's own") {
    for (const auto* odd :
         {"", ",", "unknown", "_hidden", "203.0.113.9, nonsense", "[", "[::1", "999.1.1.1", ":"}) {
        CAPTURE(odd);
        CHECK(forwarded("10.0.0.1", {{"x-forwarded-for", odd}}).address == "10.0.0.1");
    }
}

TEST_CASE("A request is secure if the nearest proxy was asked over https") {
    CHECK(forwarded("10.0.0.1", {{"x-forwarded-proto", "https"}}).secure);
    CHECK(forwarded("10.0.0.1", {{"x-forwarded-proto", "http, https"}}).secure);
    CHECK_FALSE(forwarded("10.0.0.1", {{"x-forwarded-proto", "https, http"}}).secure);
    CHECK_FALSE(forwarded("10.0.0.1", {{"x-forwarded-proto", "HTTPSX"}}).secure);
    CHECK_FALSE(forwarded("10.0.0.1", {}).secure);
}
