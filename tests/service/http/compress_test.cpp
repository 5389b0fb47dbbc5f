#include "service/http/compress.hpp"
#include "tests/catch.hpp"

#include <zlib.h>

#include <random>

using namespace hotspots::service;

namespace {

std::string gunzip(const std::string& packed, std::size_t expected_size) {
    std::string out(expected_size + 1, '\0');
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string input = packed;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    REQUIRE(result == Z_STREAM_END);
    return out;
}

Request asking_for(const std::string& encodings) {
    Request request;
    request.headers = {{"accept-encoding", encodings}};
    return request;
}

Response json_of(std::size_t bytes) {
    Response response;
    response.content_type = "application/geo+json";
    response.headers = {{"etag", "\"r7\""}};
    response.body.assign(bytes, 'x');
    return response;
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& each : response.headers) {
        if (each.name == name) {
            return each.value;
        }
    }
    return "(none)";
}

} // namespace

TEST_CASE("What is packed unpacks to the same bytes, of any kind and size") {
    std::mt19937_64 random(7);
    for (const std::size_t size : {0u, 1u, 1000u, 70'000u, 300'000u}) {
        std::string noise(size, '\0');
        for (auto& c : noise) {
            c = static_cast<char>(random());
        }
        CHECK(gunzip(gzip(noise), size) == noise);
        const std::string text(size, 'a');
        CHECK(gunzip(gzip(text), size) == text);
    }
}

TEST_CASE("Accept-Encoding is read as RFC 9110 says") {
    CHECK(accepts_gzip("gzip"));
    CHECK(accepts_gzip("deflate, GZip;q=0.5, br"));
    CHECK(accepts_brotli("gzip, BR;q=0.5"));
    CHECK_FALSE(accepts_brotli("gzip, br;q=0"));
    CHECK_FALSE(accepts_brotli("gzip"));
    CHECK(accepts_gzip("*"));
    CHECK(accepts_gzip("br , gzip ; q=1"));
    CHECK_FALSE(accepts_gzip(""));
    CHECK_FALSE(accepts_gzip("br, deflate"));
    CHECK_FALSE(accepts_gzip("gzip;q=0"));
    CHECK_FALSE(accepts_gzip("*, gzip;q=0.000"));
    CHECK_FALSE(accepts_gzip("*;q=0"));
    CHECK_FALSE(accepts_gzip("gzipped"));
}

TEST_CASE("A long text answer is packed, says so, and has a weak ETag") {
    auto response = json_of(5000);
    compress_for(asking_for("gzip, br"), response);
    CHECK(header(response, "content-encoding") == "gzip");
    CHECK(header(response, "vary") == "Accept-Encoding");
    CHECK(header(response, "etag") == "W/\"r7\"");
    CHECK(response.body.size() < 100);
    CHECK(gunzip(response.body, 5000) == std::string(5000, 'x'));
}

TEST_CASE("An answer shared with others is packed into a copy") {
    auto response = json_of(0);
    const auto shared = std::make_shared<const std::string>(5000, 'y');
    response.shared_body = shared;
    compress_for(asking_for("gzip"), response);
    CHECK_FALSE(response.shared_body);
    CHECK(gunzip(std::string(response.body_view()), 5000) == *shared);
}

TEST_CASE("Without the client's wish an answer only says that it varies") {
    auto response = json_of(5000);
    compress_for(Request(), response);
    CHECK(response.body == std::string(5000, 'x'));
    CHECK(header(response, "vary") == "Accept-Encoding");
    CHECK(header(response, "content-encoding") == "(none)");
    CHECK(header(response, "etag") == "\"r7\"");
}

TEST_CASE("Short answers, images and what is packed already stay as they are") {
    auto brief = json_of(1023);
    compress_for(asking_for("gzip"), brief);
    CHECK(header(brief, "vary") == "(none)");
    auto image = json_of(5000);
    image.content_type = "image/png";
    compress_for(asking_for("gzip"), image);
    CHECK(header(image, "content-encoding") == "(none)");
    auto packed = json_of(5000);
    packed.headers.push_back({"content-encoding", "gzip"});
    compress_for(asking_for("gzip"), packed);
    CHECK(packed.body == std::string(5000, 'x'));
}
