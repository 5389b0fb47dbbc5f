// Answers that are there already, over the wire: packed, unpacked, unchanged, pipelined, and no
// other than the handler would give.
#include "service/http/compress.hpp"
#include "service/http/prepared_answer.hpp"
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

using namespace hotspots::tests;
using namespace hotspots::service;

namespace {

Response tile_response() {
    Response response;
    response.content_type = "application/vnd.mapbox-vector-tile";
    for (int i = 0; i < 3000; ++i) {
        response.body.append(std::to_string(i % 97));
    }
    response.headers = {{"etag", "\"r7-a\""}, {"cache-control", "private, no-cache"}};
    return response;
}

// Has "/tile" ready; whatever else is asked for is echoed.
Handler keeping_a_tile() {
    auto handler = echo();
    handler.find_prepared = [answer = prepare(tile_response(), "/tile")](
                                std::string_view target,
                                const Caller&) -> std::shared_ptr<const PreparedAnswer> {
        return target == "/tile" ? answer : nullptr;
    };
    return handler;
}

std::string get_tile_with(const std::string& fields) {
    return "GET /tile HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

} // namespace

TEST_CASE("A kept answer goes out packed or unpacked, as the client takes it") {
    RunningServer server(keeping_a_tile());
    const auto plain = tile_response().body;
    // "Connection: close" is not plain: such a request takes the long way to the same answer.
    for (const std::string more : {"", "Connection: close\r\n"}) {
        CAPTURE(more);
        const auto packed = ask(server, get_tile_with("Accept-Encoding: gzip\r\n" + more));
        REQUIRE(packed);
        CHECK(packed->status == 200);
        CHECK(packed->headers.at("content-encoding") == "gzip");
        CHECK(packed->headers.at("vary") == "Accept-Encoding");
        CHECK(packed->headers.at("etag") == "W/\"r7-a\"");
        CHECK(packed->headers.at("cache-control") == "private, no-cache");
        CHECK(packed->headers.count("date") == 1);
        CHECK(packed->headers.count("x-request-id") == 1);
        CHECK(gunzip(packed->body, plain.size()) == plain);
        const auto unpacked = ask(server, get_tile_with("Accept-Encoding: gzip;q=0\r\n" + more));
        REQUIRE(unpacked);
        CHECK(unpacked->headers.count("content-encoding") == 0);
        CHECK(unpacked->headers.at("vary") == "Accept-Encoding");
        CHECK(unpacked->headers.at("etag") == "\"r7-a\"");
        CHECK(unpacked->body == plain);
        const auto bare = ask(server, get_tile_with(more));
        REQUIRE(bare);
        CHECK(bare->body == plain);
    }
}

TEST_CASE("A kept answer that the client has is a 304 without a body") {
    RunningServer server(keeping_a_tile());
    for (const std::string more : {"", "Connection: close\r\n"}) {
        for (const std::string tag : {"\"r7-a\"", "W/\"r7-a\"", "\"x\", W/\"r7-a\"", "*"}) {
            CAPTURE(more, tag);
            const auto answer = ask(server, get_tile_with("If-None-Match: " + tag + "\r\n" + more));
            REQUIRE(answer);
            CHECK(answer->status == 304);
            CHECK(answer->body.empty());
            CHECK(answer->headers.at("etag") == "\"r7-a\"");
            CHECK(answer->headers.at("cache-control") == "private, no-cache");
        }
    }
    const auto other = ask(server, get_tile_with("If-None-Match: \"r6-a\"\r\n"));
    REQUIRE(other);
    CHECK(other->status == 200);
}

TEST_CASE("HEAD of a kept answer has its header and no body") {
    RunningServer server(keeping_a_tile());
    Client client(server.port());
    client.send("HEAD /tile HTTP/1.1\r\nHost: a\r\n\r\n" + get_tile_with(""));
    const auto head = client.read(true);
    REQUIRE(head);
    CHECK(head->headers.at("content-length") == std::to_string(tile_response().body.size()));
    const auto get = client.read();
    REQUIRE(get);
    CHECK(get->body == tile_response().body);
}

TEST_CASE("Pipelined requests for kept and other answers come in order, each whole") {
    RunningServer server(keeping_a_tile());
    Client client(server.port());
    const auto tile = get_tile_with("Accept-Encoding: gzip\r\n");
    std::string all;
    for (int i = 0; i < 100; ++i) {
        all += tile;
        if (i % 40 == 39) {
            all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        }
    }
    client.send(all.substr(0, 3000)); // within a header
    client.send(all.substr(3000));
    const auto plain = tile_response().body;
    for (int i = 0; i < 100; ++i) {
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(gunzip(answer->body, plain.size()) == plain);
        if (i % 40 == 39) {
            const auto other = client.read();
            REQUIRE(other);
            CHECK(other->body == "GET /" + std::to_string(i) + " ");
        }
    }
}

TEST_CASE("A client that takes its kept answers slowly gets all of them") {
    auto response = tile_response();
    response.content_type = "image/png"; // stays as large as it is
    response.body.assign(200'000, 'p');
    auto handler = echo();
    handler.find_prepared = [answer = prepare(response, "/tile")](std::string_view, const Caller&) {
        return answer;
    };
    RunningServer server(handler);
    Client client(server.port());
    for (int i = 0; i < 60; ++i) { // 12 MB: more than the socket holds
        client.send(get_tile_with(""));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    for (int i = 0; i < 60; ++i) {
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(answer->body.size() == 200'000);
    }
}

TEST_CASE("Nothing is served from what is kept while the method is another") {
    RunningServer server(keeping_a_tile());
    const auto answer = ask(server, "POST /tile HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nb");
    REQUIRE(answer);
    CHECK(answer->body == "POST /tile b");
}
