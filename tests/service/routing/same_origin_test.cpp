#include "service/problem.hpp"
#include "service/same_origin.hpp"
#include "tests/catch.hpp"

using namespace hotspots::service;

namespace {

bool is_refused(Method method, std::vector<Header> headers) {
    Request request;
    request.method = method;
    request.headers = std::move(headers);
    try {
        check_same_origin(request);
    } catch (const Problem& problem) {
        CHECK(problem.status() == 403);
        return true;
    }
    return false;
}

bool is_refused(const std::string& host, const std::string& origin) {
    return is_refused(Method::post, {{"host", host}, {"origin", origin}});
}

} // namespace

TEST_CASE("A change is taken from this service's own pages and from programs") {
    CHECK_FALSE(is_refused("localhost:8080", "http://localhost:8080"));
    CHECK_FALSE(is_refused("127.0.0.1:8080", "http://127.0.0.1:8080"));
    CHECK_FALSE(is_refused("[::1]:8080", "http://[::1]:8080"));
    CHECK_FALSE(is_refused("Localhost:8080", "HTTP://LOCALHOST:8080"));
    CHECK_FALSE(is_refused("localhost", "http://localhost:80"));
    CHECK_FALSE(is_refused("localhost:80", "http://localhost"));
    CHECK_FALSE(is_refused("maps.example", "https://maps.example")); // behind a proxy with TLS
    CHECK_FALSE(is_refused("maps.example:443", "https://maps.example"));
    for (const auto method : {Method::post, Method::put, Method::del}) {
        CHECK_FALSE(is_refused(method, {{"host", "localhost:8080"}}));
    }
    CHECK_FALSE(is_refused(Method::post, {{"host", "a"}, {"sec-fetch-site", "same-origin"}}));
    CHECK_FALSE(is_refused(Method::post, {{"host", "a"}, {"sec-fetch-site", "none"}}));
}

TEST_CASE("A change that another site's page asks for is refused") {
    CHECK(is_refused("localhost:8080", "http://evil.example"));
    CHECK(is_refused("localhost:8080", "http://localhost:9090"));
    CHECK(is_refused("localhost:8080", "http://localhost"));
    CHECK(is_refused("localhost:8080", "http://127.0.0.1:8080"));
    CHECK(is_refused("localhost:8080", "http://localhost:8080.evil.example"));
    CHECK(is_refused("localhost:8080", "https://localhost:80:8080"));
    CHECK(is_refused("localhost:8080", "null")); // a sandboxed frame, a file
    CHECK(is_refused("localhost:8080", ""));
    CHECK(is_refused("localhost:8080", "localhost:8080"));
    CHECK(is_refused("", "http://"));
    for (const auto* site : {"cross-site", "same-site", "", "Same-Origin"}) {
        CHECK(is_refused(Method::del, {{"host", "a"}, {"sec-fetch-site", site}}));
    }
    for (const auto method : {Method::post, Method::put, Method::del, Method::other}) {
        CHECK(is_refused(method, {{"host", "a"}, {"origin", "http://b"}}));
    }
    CHECK(is_refused(Method::post, {{"origin", "http://localhost"}})); // HTTP/1.0 without Host
    CHECK(
        is_refused(Method::post, {{"host", "a"}, {"origin", "http://a"}, {"origin", "http://b"}}));
}

TEST_CASE("Reading is not a matter of where a link stands") {
    for (const auto method : {Method::get, Method::head, Method::options}) {
        CHECK_FALSE(is_refused(
            method, {{"host", "a"}, {"origin", "http://b"}, {"sec-fetch-site", "cross-site"}}));
    }
}

TEST_CASE(
    "A caller by cookie must come from this service's own page, and the request must say so") {
    const auto is_refused_by_cookie = [](std::vector<Header> headers) {
        Request request;
        request.method = Method::post;
        request.headers = std::move(headers);
        request.caller.by_cookie = true;
        try {
            check_same_origin(request);
        } catch (const Problem& problem) {
            return problem.status() == 403;
        }
        return false;
    };
    CHECK_FALSE(is_refused_by_cookie({{"host", "a:1"}, {"origin", "http://a:1"}}));
    CHECK_FALSE(is_refused_by_cookie({{"host", "a"}, {"sec-fetch-site", "same-origin"}}));
    // What a form of a page with "Referrer-Policy: no-referrer" sends.
    CHECK_FALSE(is_refused_by_cookie(
        {{"host", "a"}, {"origin", "null"}, {"sec-fetch-site", "same-origin"}}));
    CHECK(is_refused_by_cookie({{"host", "a"}}));
    CHECK(is_refused_by_cookie({{"host", "a"}, {"sec-fetch-site", "none"}}));
    CHECK(is_refused_by_cookie({{"host", "a"}, {"sec-fetch-site", "same-site"}}));
    CHECK(is_refused_by_cookie({{"host", "a"}, {"origin", "null"}}));
    CHECK(is_refused_by_cookie({{"host", "a"}, {"origin", "http://b"}}));
    CHECK(is_refused_by_cookie(
        {{"host", "a"}, {"origin", "http://b"}, {"sec-fetch-site", "same-origin"}}));
}
