#include "service/http/message.hpp"
#include "tests/catch.hpp"

using namespace hotspots::service;

namespace {

std::string path_of(std::string_view target) {
    const auto parsed = parse_target(target);
    return parsed ? parsed->first : "(refused)";
}

// name=value pairs, each in brackets.
std::string query_of(std::string_view target) {
    const auto parsed = parse_target(target);
    if (!parsed) {
        return "(refused)";
    }
    std::string text;
    for (const auto& parameter : parsed->second) {
        text += "[" + parameter.name + "=" + parameter.value + "]";
    }
    return text;
}

} // namespace

TEST_CASE("The dot segments of RFC 3986, section 5.2.4, are taken out of a path") {
    CHECK(path_of("/a/b/c/./../../g") == "/a/g"); // the RFC's own example
    CHECK(path_of("/./") == "/");
    CHECK(path_of("/a/..") == "/");
    CHECK(path_of("/a/b/.") == "/a/b/");
    CHECK(path_of("/a/b/..") == "/a/");
    CHECK(path_of("/a/...") == "/a/...");
    CHECK(path_of("/a//b") == "/a//b");
    CHECK(path_of("/a/") == "/a/");
    CHECK(path_of("/") == "/");
}

TEST_CASE("A path cannot step above the root, however it is escaped") {
    for (const auto* target : {"/..", "/../etc/passwd", "/a/../../b", "/%2e%2e/b", "/%2E./b",
                               "/a/%2e%2e%2f%2e%2e/b", "/..%2fb"}) {
        INFO(target);
        CHECK_FALSE(parse_target(target));
    }
}

TEST_CASE("Percent escapes are decoded once") {
    CHECK(path_of("/caf%C3%A9") == "/caf\xC3\xA9");
    CHECK(path_of("/a%2Fb") == "/a/b");
    CHECK(path_of("/100%25") == "/100%");
    CHECK(path_of("/%2541") == "/%41");
    CHECK(path_of("/a+b") == "/a+b");
    CHECK(query_of("/?q=a%26b%3Dc") == "[q=a&b=c]");
    CHECK(query_of("/?q=St+Mary%27s%2B1") == "[q=St Mary's+1]");
}

TEST_CASE("A query is read in order, repeated and empty values included") {
    CHECK(query_of("/a") == "");
    CHECK(query_of("/a?") == "");
    CHECK(query_of("/a?b=1&c=2") == "[b=1][c=2]");
    CHECK(query_of("/a?b=1&b=2") == "[b=1][b=2]");
    CHECK(query_of("/a?b") == "[b=]");
    CHECK(query_of("/a?b=&=c") == "[b=][=c]");
    CHECK(query_of("/a?&&b=1&") == "[b=1]");
    CHECK(query_of("/a?b=1=2?3") == "[b=1=2?3]");
}

TEST_CASE("What is no path, or has a bad escape or a NUL, is refused") {
    for (const auto* target :
         {"", "*", "a", "http://host/a", "host:80", "/%", "/%4", "/%zz", "/%0", "/%00", "/a%00b",
          "/?a=%", "/?%g0=1", "/?a=%00", "/a#b", "/?a=b#c"}) {
        INFO(target);
        CHECK_FALSE(parse_target(target));
    }
    CHECK_FALSE(parse_target(std::string_view("/a\0b", 4)));
}

TEST_CASE("A header is found by its lower-case name, the first one if there are several") {
    Request request;
    request.headers = {{"accept", "a"}, {"x", "1"}, {"x", "2"}};
    CHECK(request.header("x") == "1");
    CHECK(request.header("accept") == "a");
    CHECK_FALSE(request.header("X"));
    CHECK_FALSE(request.header("y"));
}
