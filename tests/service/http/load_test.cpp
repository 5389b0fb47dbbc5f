// The server under more work than it has threads for, and told to stop amid it.
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <atomic>
#include <csignal>
#include <future>
#include <thread>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// A handler that computes until the gate opens.
struct Gated {
    std::promise<void> gate;
    std::shared_future<void> opened = gate.get_future().share();
    std::atomic<int> running = 0;
    Handler handler{[this](const Request& request) {
                        ++running;
                        opened.wait();
                        return echo().handle(request);
                    },
                    [](const Request& request) { return request.path == "/quick"; }};

    void wait_for(int count) const {
        while (running < count) {
            std::this_thread::sleep_for(milliseconds(1));
        }
    }
};

ServerOptions narrow() {
    ServerOptions options;
    options.compute_threads = 1;
    options.compute_queue = 1;
    return options;
}

} // namespace

TEST_CASE("A full compute pool answers 503 with Retry-After, and the others are answered") {
    Gated gated;
    RunningServer server(gated.handler, narrow());
    Client computing(server.port());
    computing.send(get);
    gated.wait_for(1);
    Client waiting(server.port());
    waiting.send(get);
    std::this_thread::sleep_for(milliseconds(200)); // until it has the queue's one place
    Client refused(server.port());
    refused.send(get);
    const auto busy = refused.read();
    REQUIRE(busy);
    CHECK(busy->status == 503);
    CHECK(busy->headers.at("retry-after") == "1");
    CHECK(busy->headers.at("content-type") == "application/problem+json");
    refused.send("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n"); // not the pool's matter
    gated.gate.set_value();
    for (auto* client : {&computing, &waiting, &refused}) {
        const auto answer = client->read();
        REQUIRE(answer);
        CHECK(answer->status == 200);
    }
}

TEST_CASE("Work that waited is not begun once its client has left") {
    Gated gated;
    RunningServer server(gated.handler, narrow());
    Client computing(server.port());
    computing.send(get);
    gated.wait_for(1);
    {
        Client leaving(server.port());
        leaving.send(get);
        std::this_thread::sleep_for(milliseconds(800)); // longer than a client may be half gone
    }
    gated.gate.set_value();
    REQUIRE(computing.read());
    computing.send(get);
    REQUIRE(computing.read()); // after the one that waited, on the only thread
    CHECK(gated.running == 2);
}

TEST_CASE("Stopped, a server finishes what computes and what waits, and leaves idle connections") {
    Gated gated;
    RunningServer server(gated.handler, narrow());
    const auto port = server.port();
    Client idle(port);
    Client computing(server.port());
    computing.send(get);
    gated.wait_for(1);
    Client waiting(server.port());
    waiting.send(get);
    std::this_thread::sleep_for(milliseconds(200));
    server.stop();
    CHECK(idle.closed_within());
    CHECK_THROWS(Client(port));
    gated.gate.set_value();
    for (auto* client : {&computing, &waiting}) {
        const auto answer = client->read();
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->headers.at("connection") == "close");
        client->shut_writing();
    }
    server.join();
}

TEST_CASE("Stopped, a server lets a request that is arriving arrive") {
    RunningServer server(echo());
    Client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-");
    std::this_thread::sleep_for(milliseconds(100));
    server.stop();
    std::this_thread::sleep_for(milliseconds(100));
    client.send("Length: 2\r\n\r\nok");
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->body == "POST / ok");
    client.shut_writing();
    server.join();
}

TEST_CASE("The drain deadline ends a stop that a client would hold up") {
    ServerOptions options;
    options.drain_deadline = milliseconds(200);
    RunningServer server(echo(), options);
    Client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost"); // and no more
    std::this_thread::sleep_for(milliseconds(100));
    const auto began = std::chrono::steady_clock::now();
    server.stop();
    server.join();
    CHECK(std::chrono::steady_clock::now() - began < milliseconds(5000));
    CHECK(client.closed_within());
}

TEST_CASE("SIGTERM stops a server as stop() does") {
    auto handler = echo();
    ServerOptions options;
    options.port = 0;
    Server server(options, handler);
    server.stop_on_signals();
    std::thread thread([&] { server.run(); });
    {
        Client client(server.port());
        client.send(get);
        CHECK(client.read());
        std::raise(SIGTERM);
        CHECK(client.closed_within());
    }
    thread.join();
}

TEST_CASE("Many clients at once are each answered with their own") {
    auto handler = echo();
    handler.is_quick = [](const Request& request) { return request.path.size() % 2 == 0; };
    ServerOptions options;
    options.io_threads = 2;
    RunningServer server(handler, options);
    std::atomic<int> right = 0;
    std::vector<std::thread> clients;
    for (int id = 0; id < 8; ++id) {
        clients.emplace_back([&, id] {
            Client client(server.port());
            for (int i = 0; i < 50; ++i) {
                const auto path = "/" + std::to_string(id) + "/" + std::to_string(i);
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                const auto answer = client.read();
                right += answer && answer->body == "GET " + path + " ";
            }
        });
    }
    for (auto& client : clients) {
        client.join();
    }
    CHECK(right == 8 * 50);
}
