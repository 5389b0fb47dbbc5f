// Answers that are told as they happen: server-sent events over chunks.
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

// A stream that says what the test hands it.
class Source {
public:
    void say(const std::string& text) {
        const std::lock_guard lock(m_mutex);
        m_text += text;
    }
    void end() { m_done = true; }
    int times_asked() const { return m_asked; }

    Handler handler() {
        Handler handler;
        handler.handle = [this](const Request& request) {
            Response response;
            response.content_type = "text/plain";
            response.body = "plain";
            if (request.path == "/events") {
                response.content_type = "text/event-stream";
                response.body.clear();
                response.stream = [this] { return next(); };
            }
            return response;
        };
        handler.is_quick = [](const Request& request) { return request.path != "/computed"; };
        return handler;
    }

private:
    StreamPart next() {
        ++m_asked;
        const std::lock_guard lock(m_mutex);
        const bool done = m_done;
        return {std::exchange(m_text, {}), done};
    }

    std::mutex m_mutex;
    std::string m_text;
    std::atomic<bool> m_done = false;
    std::atomic<int> m_asked = 0;
};

ServerOptions often() {
    ServerOptions options;
    options.stream_interval = milliseconds(20);
    return options;
}

const std::string get_events = "GET /events HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";

} // namespace

TEST_CASE("Events are read as they come, and the connection goes on after the last one") {
    Source source;
    RunningServer server(source.handler(), often());
    Client client(server.port());
    client.send(get_events);
    const auto head = client.read();
    REQUIRE(head);
    CHECK(head->status == 200);
    CHECK(head->headers.at("content-type") == "text/event-stream");
    CHECK(head->headers.at("transfer-encoding") == "chunked");
    CHECK(head->headers.at("cache-control") == "no-store");
    CHECK(head->headers.count("content-length") == 0);
    CHECK(head->headers.count("content-encoding") == 0);
    for (int i = 0; i < 3; ++i) {
        const auto event = "data: " + std::to_string(i) + "\n\n";
        source.say(event);
        const auto said = Clock::now();
        CHECK(client.read_chunk() == event);
        CHECK(Clock::now() - said < milliseconds(1000));
    }
    source.say("data: last\n\n");
    source.end();
    CHECK(client.read_chunk() == "data: last\n\n");
    CHECK(client.read_chunk() == "");
    client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto next = client.read();
    REQUIRE(next);
    CHECK(next->body == "plain");
}

TEST_CASE("HTTP/1.0 gets a stream without chunks, until the connection closes") {
    Source source;
    source.say("data: 1\n\n");
    source.end();
    RunningServer server(source.handler(), often());
    Client client(server.port());
    client.send("GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto head = client.read();
    REQUIRE(head);
    CHECK(head->headers.count("transfer-encoding") == 0);
    CHECK(head->headers.at("connection") == "close");
    CHECK(client.read_rest() == "data: 1\n\n");
}

TEST_CASE("HEAD of a stream sends the header alone") {
    Source source;
    RunningServer server(source.handler(), often());
    Client client(server.port());
    client.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.read(true);
    REQUIRE(head);
    CHECK(head->headers.at("content-type") == "text/event-stream");
    const auto next = client.read();
    REQUIRE(next);
    CHECK(next->body == "plain");
    CHECK(source.times_asked() == 0);
}

TEST_CASE("A silent event stream gets a comment now and then, one that speaks does not") {
    Source source;
    auto options = often();
    options.stream_silence = milliseconds(200);
    RunningServer server(source.handler(), options);
    Client client(server.port());
    client.send(get_events);
    REQUIRE(client.read());
    const auto began = Clock::now();
    CHECK(client.read_chunk() == ": keep-alive\n\n");
    CHECK(Clock::now() - began >= milliseconds(150));
    CHECK(client.read_chunk() == ": keep-alive\n\n");
    for (int i = 0; i < 8; ++i) {
        source.say("data: x\n\n");
        CHECK(client.read_chunk() == "data: x\n\n");
        std::this_thread::sleep_for(milliseconds(50));
    }
}

TEST_CASE("A stream whose client has left is not asked again") {
    Source source;
    RunningServer server(source.handler(), often());
    {
        Client client(server.port());
        client.send(get_events);
        REQUIRE(client.read());
    }
    std::this_thread::sleep_for(milliseconds(200));
    const int asked = source.times_asked();
    std::this_thread::sleep_for(milliseconds(200));
    CHECK(source.times_asked() == asked);
}

TEST_CASE("Open streams end, whole, when the server stops, and do not hold it up") {
    Source source;
    auto options = often();
    options.stream_interval = milliseconds(5000);
    RunningServer server(source.handler(), options);
    Client client(server.port());
    client.send(get_events);
    REQUIRE(client.read());
    std::this_thread::sleep_for(milliseconds(50));
    const auto began = Clock::now();
    server.stop();
    server.join();
    CHECK(Clock::now() - began < milliseconds(3000));
    CHECK(client.read_chunk() == "");
    CHECK(client.closed_within());
}

TEST_CASE("Streams occupy no computing thread") {
    Source source;
    auto options = often();
    options.compute_threads = 1;
    options.compute_queue = 1;
    RunningServer server(source.handler(), options);
    std::vector<std::unique_ptr<Client>> listeners;
    for (int i = 0; i < 20; ++i) {
        listeners.push_back(std::make_unique<Client>(server.port()));
        listeners.back()->send(get_events);
        REQUIRE(listeners.back()->read());
    }
    const auto answer = ask(server, "GET /computed HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(answer);
    CHECK(answer->body == "plain");
}

TEST_CASE("A stream that fails is cut off, so that its client knows that it is not whole") {
    Handler handler;
    handler.handle = [](const Request&) {
        Response response;
        response.content_type = "text/event-stream";
        response.stream = []() -> StreamPart { throw std::runtime_error("secret"); };
        return response;
    };
    handler.is_quick = [](const Request&) { return true; };
    RunningServer server(handler, often());
    Client client(server.port());
    client.send(get_events);
    REQUIRE(client.read());
    CHECK_FALSE(client.read_chunk());
}
