// What never reaches a handler: oversized, late, malformed and two-faced requests.
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <atomic>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

// Counts what reaches the handler.
struct Counting {
    std::atomic<int> calls = 0;
    Handler handler{[this](const Request& request) {
                        ++calls;
                        return echo().handle(request);
                    },
                    [](const Request&) { return true; }};
};

// The status of the refusal, having checked that the connection closes after it and that nothing
// reached the handler: not the request, and not what may be smuggled behind it.
int refusal_status(const std::string& bytes, ServerOptions options = {}) {
    Counting counting;
    RunningServer server(counting.handler, std::move(options));
    Client client(server.port());
    client.send(bytes);
    const auto answer = client.read();
    if (!answer) {
        return 0;
    }
    CHECK(answer->headers.at("content-type") == "application/problem+json");
    CHECK(answer->headers.at("connection") == "close");
    client.shut_writing();
    CHECK(client.closed_within());
    CHECK(counting.calls == 0);
    return answer->status;
}

ServerOptions small_limits() {
    ServerOptions options;
    options.header_limit_bytes = 500;
    options.target_limit_bytes = 200;
    options.body_limit_bytes = 100;
    return options;
}

std::string post(const std::string& fields, const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

} // namespace

TEST_CASE("Malformed requests are answered 400") {
    const std::string host = "Host: a\r\n\r\n";
    CHECK(refusal_status("nonsense\r\n\r\n") == 400);
    CHECK(refusal_status("GET  / HTTP/1.1\r\n" + host) == 400);
    CHECK(refusal_status("GET / HTTP/1.1\nHost: a\n\n") == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\nBad Name: b\r\n" + host) == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\nName : b\r\n" + host) == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\n: b\r\n" + host) == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\nA: b\r\n folded\r\n" + host) == 400);
    CHECK(refusal_status("GET /%zz HTTP/1.1\r\n" + host) == 400);
    CHECK(refusal_status("GET /../etc/passwd HTTP/1.1\r\n" + host) == 400);
    CHECK(refusal_status(std::string("GET / HTTP/1.1\r\nA: \0\r\n", 22) + host) == 400);
    CHECK(refusal_status("\x16\x03\x01\x02") == 400); // the first bytes of TLS
    CHECK(refusal_status("CONNECT a:80 HTTP/1.1\r\n" + host) == 400);
}

TEST_CASE("Other versions of HTTP are answered 505") {
    CHECK(refusal_status("GET / HTTP/2.0\r\nHost: a\r\n\r\n") == 505);
    CHECK(refusal_status("GET / HTTP/0.9\r\nHost: a\r\n\r\n") == 505);
}

TEST_CASE("HTTP/1.1 needs exactly one well-formed Host, and a local one") {
    CHECK(refusal_status("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\n\r\n") == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == 400);
    CHECK(refusal_status("GET / HTTP/1.1\r\nHost: user@a\r\n\r\n") == 400);
    // A page of evil.example whose name now leads to 127.0.0.1.
    CHECK(refusal_status("GET / HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n") == 421);
    CHECK(refusal_status("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n") == 421);
    CHECK(refusal_status("GET HTTP://evil.example?a HTTP/1.1\r\nHost: localhost\r\n\r\n") == 421);
    RunningServer server(echo());
    for (const std::string host :
         {"localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "app.localhost", "web"}) {
        INFO(host);
        const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        REQUIRE(answer);
        CHECK(answer->status == 200);
    }
}

TEST_CASE("A request whose body has two lengths is refused, not guessed at (RFC 9112, 6.3)") {
    const std::string chunks = "0\r\n\r\n" + smuggled;
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    CHECK(refusal_status(post("Content-Length: 5\r\n" + chunked, chunks)) == 400);
    CHECK(refusal_status(post(chunked + "Content-Length: 5\r\n", chunks)) == 400);
    CHECK(refusal_status(post("Content-Length: 5\r\nContent-Length: 6\r\n", chunks)) == 400);
    CHECK(refusal_status(post("Content-Length: 5\r\nContent-Length: 5\r\n", chunks)) == 400);
    CHECK(refusal_status(post("Content-Length: 5, 5\r\n", chunks)) == 400);
    CHECK(refusal_status(post("Content-Length: 5, 6\r\n", chunks)) == 400);
    for (const std::string length :
         {"-1", "+5", "0x5", "5 5", "", "99999999999999999999999", "5;"}) {
        INFO(length);
        CHECK(refusal_status(post("Content-Length: " + length + "\r\n", chunks)) == 400);
    }
}

TEST_CASE("Transfer-Encoding is 'chunked' and nothing else") {
    const std::string chunks = "0\r\n\r\n" + smuggled;
    const auto status_of = [&](const std::string& encoding) {
        INFO(encoding);
        return refusal_status(post("Transfer-Encoding: " + encoding + "\r\n", chunks));
    };
    CHECK(status_of("gzip, chunked") == 501);
    CHECK(status_of("chunked, gzip") == 400);
    CHECK(status_of("identity") == 400);
    CHECK(status_of("xchunked") >= 400);
    CHECK(status_of("chunked, chunked") >= 400);
    CHECK(status_of("\"chunked\"") == 400);
    CHECK(status_of("chunked;a=b") == 400);
    CHECK(status_of("") == 400);
    const std::string twice = "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n";
    CHECK(refusal_status(post(twice, chunks)) == 400);
    CHECK(refusal_status("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) == 400);
    RunningServer server(echo());
    const auto answer = ask(server, post("Transfer-Encoding: Chunked\r\n", "1\r\na\r\n0\r\n\r\n"));
    REQUIRE(answer);
    CHECK(answer->body == "POST / a");
}

TEST_CASE("Malformed chunks are answered 400") {
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    CHECK(refusal_status(post(chunked, "x\r\n")) == 400);
    CHECK(refusal_status(post(chunked, "-1\r\na")) == 400);
    CHECK(refusal_status(post(chunked, "1\r\nabc\r\n0\r\n\r\n")) == 400);
    CHECK(refusal_status(post(chunked, "fffffffffffffffff\r\n")) == 400);
    CHECK(refusal_status(post(chunked, "1;" + std::string(20'000, 'e'))) == 400);
}

TEST_CASE("An expectation other than 100-continue is answered 417") {
    CHECK(refusal_status(post("Expect: a-pony\r\nContent-Length: 1\r\n", "a")) == 417);
}

TEST_CASE("A header beyond the limit is answered 431, a request line beyond its own 414") {
    const std::string fits(150, 'f');
    const std::string line(220, 'l');
    CHECK(refusal_status("GET /" + line + " HTTP/1.1\r\nHost: a\r\n\r\n", small_limits()) == 414);
    CHECK(refusal_status("GET /" + line, small_limits()) == 414);
    CHECK(refusal_status(post("A: " + std::string(500, 'a') + "\r\n", ""), small_limits()) == 431);
    CHECK(refusal_status("GET / HTTP/1.1\r\nA: " + std::string(600, 'a'), small_limits()) == 431);
    RunningServer server(echo(), small_limits());
    const auto answer =
        ask(server, "GET /" + fits + " HTTP/1.1\r\nHost: a\r\nA: " + fits + "\r\n\r\n");
    REQUIRE(answer);
    CHECK(answer->status == 200);
}

TEST_CASE("A body beyond the limit is answered 413, and the client can read that") {
    const std::string large(5'000'000, 'b');
    CHECK(refusal_status(post("Content-Length: 5000000\r\n", large), small_limits()) == 413);
    CHECK(refusal_status(post("Content-Length: 101\r\n", ""), small_limits()) == 413);
    CHECK(refusal_status(post("Content-Length: 101\r\nExpect: 100-continue\r\n", ""),
                         small_limits()) == 413);
    CHECK(refusal_status(post("Transfer-Encoding: chunked\r\n",
                              "40\r\n" + std::string(64, 'c') + "\r\n40\r\n" +
                                  std::string(64, 'c') + "\r\n0\r\n\r\n"),
                         small_limits()) == 413);
    RunningServer server(echo(), small_limits());
    const auto answer = ask(server, post("Content-Length: 100\r\n", std::string(100, 'b')));
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->body == "POST / " + std::string(100, 'b'));
}

TEST_CASE("A header that trickles in is answered 408 when its own time is up") {
    ServerOptions options;
    options.header_deadline = milliseconds(300);
    Counting counting;
    RunningServer server(counting.handler, options);
    Client client(server.port());
    const auto began = std::chrono::steady_clock::now();
    for (const char c : std::string("GET / HTTP")) { // never silent for as long as the deadline
        client.send(std::string_view(&c, 1));
        std::this_thread::sleep_for(milliseconds(50));
    }
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->status == 408);
    CHECK(std::chrono::steady_clock::now() - began < milliseconds(3000));
    client.shut_writing();
    CHECK(client.closed_within());
    CHECK(counting.calls == 0);
}

TEST_CASE("A body that does not come is answered 408") {
    ServerOptions options;
    options.body_deadline = milliseconds(200);
    CHECK(refusal_status(post("Content-Length: 10\r\n", "half"), options) == 408);
}

TEST_CASE("An idle connection is closed without a word, each wait having its own time") {
    ServerOptions options;
    options.idle_deadline = milliseconds(300);
    RunningServer server(echo(), options);
    Client fresh(server.port());
    CHECK(fresh.closed_within(milliseconds(3000)));
    Client used(server.port());
    for (int i = 0; i < 3; ++i) { // together longer than one deadline
        std::this_thread::sleep_for(milliseconds(150));
        used.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        REQUIRE(used.read());
    }
    CHECK(used.closed_within(milliseconds(3000)));
}

TEST_CASE("A client that does not read its answer is given up") {
    ServerOptions options;
    options.write_deadline = milliseconds(200);
    Response response;
    response.body.assign(50'000'000, 'w');
    Handler handler{[response](const Request&) { return response; },
                    [](const Request&) { return true; }};
    RunningServer server(handler, options);
    Client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(milliseconds(1000));
    CHECK_FALSE(client.read()); // cut off: less than the length that it was told
}

TEST_CASE("A request cut off by its client never reaches the handler") {
    Counting counting;
    RunningServer server(counting.handler);
    for (const std::string& half : {std::string("GET / HT"), post("Content-Length: 10\r\n", "half"),
                                    post("Transfer-Encoding: chunked\r\n", "5\r\nab")}) {
        Client client(server.port());
        client.send(half);
        client.shut_writing();
        CHECK(client.closed_within());
    }
    CHECK(counting.calls == 0);
}
