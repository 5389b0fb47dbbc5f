// Examples of RFC 9110, 14.1.2, on a file of 10,000 bytes.
#include "service/http/ranges.hpp"
#include "tests/catch.hpp"

#include <algorithm>

using namespace hotspots::service;

namespace {

Response ranged(const std::string& range, const std::string& if_range = "") {
    Request request;
    request.headers = {{"range", range}};
    if (!if_range.empty()) {
        request.headers.push_back({"if-range", if_range});
    }
    Response response;
    response.headers = {{"etag", "\"a\""}, {"accept-ranges", "bytes"}};
    for (int i = 0; i < 10'000; ++i) {
        response.body.push_back(static_cast<char>('a' + i % 26));
    }
    apply_range(request, response);
    return response;
}

std::string content_range(const Response& response) {
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [](const Header& h) { return h.name == "content-range"; });
    return found == response.headers.end() ? "" : found->value;
}

} // namespace

TEST_CASE("A range gives its bytes and says which they are") {
    CHECK(content_range(ranged("bytes=0-499")) == "bytes 0-499/10000");
    CHECK(content_range(ranged("bytes=500-999")) == "bytes 500-999/10000");
    CHECK(content_range(ranged("bytes=-500")) == "bytes 9500-9999/10000");
    CHECK(content_range(ranged("bytes=9500-")) == "bytes 9500-9999/10000");
    CHECK(content_range(ranged("bytes=9999-99999999999999999999999")) == "bytes 9999-9999/10000");
    CHECK(content_range(ranged("bytes=-20000")) == "bytes 0-9999/10000");
    const auto part = ranged("bytes=26-28");
    CHECK(part.status == 206);
    CHECK(part.body_view() == "abc");
}

TEST_CASE("A range that begins beyond the end is answered 416 with the length") {
    for (const std::string range :
         {"bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999999-"}) {
        CAPTURE(range);
        const auto response = ranged(range);
        CHECK(response.status == 416);
        CHECK(content_range(response) == "bytes */10000");
    }
}

TEST_CASE("What is not one range of bytes is ignored, and the whole is sent") {
    for (const std::string range :
         {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1",
          "bytes=--5", "bytes=1--5", "bytes= 1-5", "bytes=0x1-5"}) {
        CAPTURE(range);
        const auto response = ranged(range);
        CHECK(response.status == 200);
        CHECK(response.body_view().size() == 10'000);
    }
}

TEST_CASE("If-Range gives the part of the same state and else the whole") {
    CHECK(ranged("bytes=0-1", "\"a\"").status == 206);
    CHECK(ranged("bytes=0-1", "\"b\"").status == 200);
    CHECK(ranged("bytes=0-1", "W/\"a\"").status == 200);
    CHECK(ranged("bytes=0-1", "Sun, 06 Nov 1994 08:49:37 GMT").status == 200);
}

TEST_CASE("Answers that offer no ranges, and other methods, stay whole") {
    Request request;
    request.headers = {{"range", "bytes=0-1"}};
    Response response;
    response.body = "abcdef";
    apply_range(request, response);
    CHECK(response.status == 200);
    response.headers = {{"accept-ranges", "bytes"}};
    request.method = Method::head;
    apply_range(request, response);
    CHECK(response.status == 200);
    request.method = Method::get;
    response.body.clear();
    apply_range(request, response);
    CHECK(response.status == 416);
}
