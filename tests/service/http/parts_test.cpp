// Long answers that are made while they are sent.
#include "service/http/compress.hpp"
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <atomic>
#include <memory>
#include <stdexcept>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

constexpr int part_count = 8;
constexpr std::size_t part_bytes = 300'000;

std::string part_text(int number) {
    return std::string(part_bytes, static_cast<char>('a' + number));
}

std::string all_parts() {
    std::string all;
    for (int i = 0; i < part_count; ++i) {
        all += part_text(i);
    }
    return all;
}

// Eight parts; `made` counts them, part `breaks_at` cannot be made.
Handler handler_of_parts(std::atomic<int>& made, int breaks_at = -1) {
    Handler handler;
    handler.handle = [&made, breaks_at](const Request& request) {
        Response response;
        response.content_type = "text/plain";
        if (request.path != "/long") {
            response.body = "short";
            return response;
        }
        response.headers = {{"etag", "\"r1\""}};
        response.parts = [&made, breaks_at, next = 0](std::string& out) mutable {
            if (next == breaks_at) {
                throw std::runtime_error("secret");
            }
            out += part_text(next);
            ++made;
            return ++next < part_count;
        };
        return response;
    };
    handler.is_quick = [](const Request&) { return false; };
    return handler;
}

std::string read_chunks(Client& client) {
    std::string all;
    auto chunk = client.read_chunk();
    while (chunk && !chunk->empty()) {
        all += *chunk;
        chunk = client.read_chunk();
    }
    REQUIRE(chunk); // else it broke off
    return all;
}

} // namespace

TEST_CASE("An answer in parts comes whole, in chunks, and the connection goes on") {
    std::atomic<int> made = 0;
    RunningServer server(handler_of_parts(made));
    Client client(server.port());
    client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\nGET /short HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.read();
    REQUIRE(head);
    CHECK(head->headers.at("transfer-encoding") == "chunked");
    CHECK(head->headers.at("etag") == "\"r1\"");
    CHECK(head->headers.at("vary") == "Accept-Encoding");
    CHECK(head->headers.count("content-length") == 0);
    CHECK((read_chunks(client) == all_parts()));
    const auto next = client.read();
    REQUIRE(next);
    CHECK(next->body == "short");
}

TEST_CASE("An answer in parts is one gzip stream for who takes it") {
    std::atomic<int> made = 0;
    RunningServer server(handler_of_parts(made));
    Client client(server.port());
    client.send("GET /long HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    const auto head = client.read();
    REQUIRE(head);
    CHECK(head->headers.at("content-encoding") == "gzip");
    CHECK(head->headers.at("etag") == "W/\"r1\"");
    const auto packed = read_chunks(client);
    CHECK(packed.size() < part_bytes / 10);
    // libdeflate reads what zlib wrote.
    CHECK((gunzip(packed, part_bytes * part_count) == all_parts()));
}

TEST_CASE("HTTP/1.0 gets the parts without chunks, HEAD the header without any made") {
    std::atomic<int> made = 0;
    RunningServer server(handler_of_parts(made));
    {
        Client client(server.port());
        client.send("HEAD /long HTTP/1.1\r\nHost: a\r\n\r\nGET /short HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto head = client.read(true);
        REQUIRE(head);
        CHECK(head->headers.at("transfer-encoding") == "chunked");
        REQUIRE(client.read());
        CHECK(made == 0);
    }
    Client client(server.port());
    client.send("GET /long HTTP/1.0\r\n\r\n");
    const auto head = client.read();
    REQUIRE(head);
    CHECK(head->headers.count("transfer-encoding") == 0);
    CHECK((client.read_rest() == all_parts()));
}

TEST_CASE("What breaks off is not ended by the last chunk") {
    std::atomic<int> made = 0;
    RunningServer server(handler_of_parts(made, 2));
    Client client(server.port());
    client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(client.read());
    CHECK((client.read_chunk() == part_text(0)));
    CHECK((client.read_chunk() == part_text(1)));
    CHECK_FALSE(client.read_chunk());
}

TEST_CASE("For a client that does not read, or has left, no more is made than it can hold") {
    std::atomic<int> made = 0;
    Handler handler;
    handler.handle = [&made](const Request&) {
        Response response;
        response.content_type = "image/png"; // is not packed
        response.parts = [&made](std::string& out) {
            out += part_text(0);
            return ++made < 1000; // 300 MB
        };
        return response;
    };
    handler.is_quick = [](const Request&) { return false; };
    RunningServer server(std::move(handler));
    int held = 0;
    {
        Client client(server.port());
        client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
        REQUIRE(client.read());
        std::this_thread::sleep_for(milliseconds(300));
        held = made;
        CHECK(held < 200); // what the sockets' buffers take
        std::this_thread::sleep_for(milliseconds(200));
        CHECK(made == held);
    }
    std::this_thread::sleep_for(milliseconds(200));
    CHECK(made <= held + 1);
}
