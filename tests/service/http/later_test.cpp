// Answers that are not there yet: the connection waits, no thread does.
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

Response text(std::string body) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
}

// /later is answered once the gate is open, all else at once; neither is quick.
class Gate {
public:
    void open() { m_open = true; }
    int times_asked() const { return m_asked; }

    Handler handler() {
        Handler handler;
        handler.handle = [this](const Request& request) {
            if (request.path != "/later") {
                return text("now");
            }
            Response response;
            response.later = [this]() -> std::optional<Response> {
                ++m_asked;
                return m_open ? std::optional(text(std::string(2000, 'x'))) : std::nullopt;
            };
            return response;
        };
        handler.is_quick = [](const Request&) { return false; };
        return handler;
    }

private:
    std::atomic<bool> m_open = false;
    std::atomic<int> m_asked = 0;
};

const std::string get_later = "GET /later HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string get_now = "GET /now HTTP/1.1\r\nHost: a\r\n\r\n";

} // namespace

TEST_CASE("Requests that wait for their answer hold no computing thread") {
    Gate gate;
    ServerOptions options;
    options.compute_threads = 1;
    RunningServer server(gate.handler(), options);
    std::vector<std::unique_ptr<Client>> waiting;
    for (int i = 0; i < 20; ++i) {
        waiting.push_back(std::make_unique<Client>(server.port()));
        waiting.back()->send(get_later);
    }
    Client other(server.port());
    for (int i = 0; i < 5; ++i) {
        other.send(get_now);
        const auto answer = other.read();
        REQUIRE(answer);
        CHECK(answer->body == "now");
    }
    gate.open();
    for (const auto& client : waiting) {
        const auto answer = client->read();
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->body == std::string(2000, 'x'));
    }
}

TEST_CASE("A later answer is packed as any other, and the connection goes on") {
    Gate gate;
    gate.open();
    RunningServer server(gate.handler(), {});
    Client client(server.port());
    client.send("GET /later HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->headers.at("content-encoding") == "gzip");
    CHECK(answer->body.size() < 200);
    client.send(get_now);
    const auto next = client.read();
    REQUIRE(next);
    CHECK(next->body == "now");
}

TEST_CASE("Nobody is asked for an answer once its client has left") {
    Gate gate;
    RunningServer server(gate.handler(), {});
    {
        Client client(server.port());
        client.send(get_later);
        while (gate.times_asked() == 0) {
            std::this_thread::sleep_for(milliseconds(5));
        }
    }
    std::this_thread::sleep_for(milliseconds(300));
    const int asked = gate.times_asked();
    std::this_thread::sleep_for(milliseconds(200));
    CHECK(gate.times_asked() == asked);
}

TEST_CASE("A later answer that fails is a 500 that keeps its reasons to itself") {
    Handler handler;
    handler.handle = [](const Request&) {
        Response response;
        response.later = []() -> std::optional<Response> { throw std::runtime_error("secret"); };
        return response;
    };
    handler.is_quick = [](const Request&) { return true; };
    RunningServer server(handler, {});
    Client client(server.port());
    client.send(get_later);
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->status == 500);
    CHECK(answer->body.find("secret") == std::string::npos);
}
