// Work whose client has left, over sockets: what waits is taken back, what runs is asked to stop.
#include "service/metrics/request_metrics.hpp"
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

// Works at /long until it is asked to stop or let go; all else is done at once.
struct LongWork {
    std::atomic<int> begun = 0;
    std::atomic<int> stopped = 0;
    std::atomic<bool> let_go = false;

    Handler handler() {
        Handler handler;
        handler.handle = [this](const Request& request) {
            Response response;
            response.content_type = "text/plain";
            response.body = "done";
            if (request.path == "/long") {
                ++begun;
                while (!let_go && !request.stop.stop_requested()) {
                    std::this_thread::sleep_for(milliseconds(1));
                }
                stopped += request.stop.stop_requested() ? 1 : 0;
            }
            return response;
        };
        handler.is_quick = [](const Request&) { return false; };
        return handler;
    }
    ~LongWork() { let_go = true; }
};

ServerOptions one_thread(std::size_t queue) {
    ServerOptions options;
    options.compute_threads = 1;
    options.compute_queue = queue;
    options.metrics = std::make_shared<RequestMetrics>();
    return options;
}

bool soon(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + milliseconds(8000);
    while (!holds() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(milliseconds(5));
    }
    return holds();
}

const std::string get_long = "GET /long HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string get_short = "GET /short HTTP/1.1\r\nHost: a\r\n\r\n";

} // namespace

TEST_CASE("A client that closes has its computation stopped, and its thread serves others") {
    LongWork work;
    const auto options = one_thread(4);
    RunningServer server(work.handler(), options);
    {
        Client leaving(server.port());
        leaving.send(get_long);
        REQUIRE(soon([&] { return work.begun == 1; }));
    }
    Client other(server.port());
    other.send(get_short);
    REQUIRE(other.read());
    CHECK(work.stopped == 1);
    std::string metrics; // nobody was answered 5xx
    REQUIRE(soon([&] {
        metrics.clear();
        options.metrics->write(metrics);
        return metrics.find("4xx") != metrics.npos;
    }));
    CHECK(metrics.find("5xx\"} 1") == metrics.npos);
}

TEST_CASE("A client that has sent more than it waits for is seen to leave all the same") {
    LongWork work;
    RunningServer server(work.handler(), one_thread(4));
    {
        Client leaving(server.port());
        leaving.send(get_long);
        REQUIRE(soon([&] { return work.begun == 1; }));
        leaving.send(get_short); // is not read before the first is answered
    }
    CHECK(soon([&] { return work.stopped == 1; }));
}

TEST_CASE("A client that stays gets its answer, however long others that leave have waited") {
    LongWork work;
    RunningServer server(work.handler(), one_thread(4));
    Client staying(server.port());
    staying.send(get_long);
    REQUIRE(soon([&] { return work.begun == 1; }));
    { Client(server.port()).send(get_short); }
    std::this_thread::sleep_for(milliseconds(1200));
    CHECK(work.stopped == 0);
    work.let_go = true;
    const auto answer = staying.read();
    REQUIRE(answer);
    CHECK(answer->body == "done");
}

TEST_CASE("Work that waits for a thread makes room for others once its client has left") {
    LongWork work;
    RunningServer server(work.handler(), one_thread(1));
    Client computing(server.port());
    computing.send(get_long);
    REQUIRE(soon([&] { return work.begun == 1; }));
    {
        Client leaving(server.port());
        leaving.send(get_short);
        std::this_thread::sleep_for(milliseconds(200)); // until it has the queue's one place
        Client refused(server.port());
        refused.send(get_short);
        const auto busy = refused.read();
        REQUIRE(busy);
        CHECK(busy->status == 503);
    }
    std::this_thread::sleep_for(milliseconds(1200));
    Client next(server.port());
    next.send(get_short);
    std::this_thread::sleep_for(milliseconds(100));
    work.let_go = true;
    const auto answer = next.read();
    REQUIRE(answer);
    CHECK(answer->status == 200);
}

TEST_CASE("A change that has begun is made, also if its client leaves") {
    LongWork work;
    RunningServer server(work.handler(), one_thread(4));
    {
        Client leaving(server.port());
        leaving.send("POST /long HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        REQUIRE(soon([&] { return work.begun == 1; }));
    }
    std::this_thread::sleep_for(milliseconds(1200));
    CHECK(work.stopped == 0);
    work.let_go = true;
    Client other(server.port());
    other.send(get_short);
    REQUIRE(other.read());
    CHECK(work.stopped == 0);
}

TEST_CASE("Once its time to drain is over, a server stops what computes") {
    LongWork work;
    auto options = one_thread(1);
    options.drain_deadline = milliseconds(100);
    RunningServer server(work.handler(), options);
    Client client(server.port());
    client.send(get_long);
    REQUIRE(soon([&] { return work.begun == 1; }));
    server.stop();
    server.join();
    CHECK(soon([&] { return work.stopped == 1; }));
}
