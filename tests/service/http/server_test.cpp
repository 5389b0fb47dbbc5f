// Connections as clients have them: keep-alive, pipelining, HEAD, 100-continue, packed answers.
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

using namespace hotspots::tests;
using namespace hotspots::service;

namespace {

Handler always(const Response& response) {
    return {[response](const Request&) { return response; }, [](const Request&) { return true; }};
}

} // namespace

TEST_CASE("A request is answered with its status, type and length") {
    RunningServer server(echo());
    const auto answer = ask(server, "GET /a/b?c=d HTTP/1.1\r\nHost: localhost\r\n\r\n");
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->headers.at("content-type") == "text/plain");
    CHECK(answer->headers.at("content-length") == "9");
    CHECK(answer->headers.count("connection") == 0);
    CHECK(answer->body == "GET /a/b ");
}

TEST_CASE("A connection is kept for the next request") {
    RunningServer server(echo());
    Client client(server.port());
    for (int i = 0; i < 3; ++i) {
        client.send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(answer->body == "GET /" + std::to_string(i) + " ");
    }
}

TEST_CASE("Connection: close is answered, said and done") {
    RunningServer server(echo());
    Client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->headers.at("connection") == "close");
    CHECK(client.closed_within());
}

TEST_CASE("HTTP/1.0 closes unless the client asks to keep the connection") {
    RunningServer server(echo());
    Client closing(server.port());
    closing.send("GET / HTTP/1.0\r\n\r\n");
    REQUIRE(closing.read());
    CHECK(closing.closed_within());

    Client keeping(server.port());
    keeping.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    auto answer = keeping.read();
    REQUIRE(answer);
    CHECK(answer->headers.at("connection") == "keep-alive");
    keeping.send("GET /2 HTTP/1.0\r\n\r\n");
    answer = keeping.read();
    REQUIRE(answer);
    CHECK(answer->body == "GET /2 ");
}

TEST_CASE("Pipelined requests are answered in order, slow ones before quick ones too") {
    auto handler = echo();
    handler.handle = [answer = handler.handle](const Request& request) {
        if (request.path == "/slow") {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return answer(request);
    };
    handler.is_quick = [](const Request& request) { return request.path != "/slow"; };
    RunningServer server(handler);
    Client client(server.port());
    client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
                "POST /two HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                "POST /three HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                "2\r\nxy\r\n1;e=f\r\nz\r\n0\r\nTrailer: t\r\n\r\n"
                "\r\nGET /four HTTP/1.1\r\nHost: a\r\n\r\n");
    for (const auto* expected : {"GET /slow ", "POST /two abc", "POST /three xyz", "GET /four "}) {
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(answer->body == expected);
    }
}

TEST_CASE("HEAD has the header of GET and no body") {
    RunningServer server(echo());
    Client client(server.port());
    client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\nGET /abc HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.read(true);
    REQUIRE(head);
    CHECK(head->status == 200);
    CHECK(head->headers.at("content-length") == "10"); // "HEAD /abc "
    const auto get = client.read();
    REQUIRE(get);
    CHECK(get->body == "GET /abc ");
}

TEST_CASE("A client that shuts its writing side still gets its answer") {
    RunningServer server(echo());
    Client client(server.port());
    client.send("GET /half HTTP/1.1\r\nHost: a\r\n\r\n");
    client.shut_writing();
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->body == "GET /half ");
    CHECK(client.closed_within());
}

TEST_CASE("Expect: 100-continue is answered before the body") {
    RunningServer server(echo());
    Client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    const auto interim = client.read();
    REQUIRE(interim);
    CHECK(interim->head == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->body == "POST / ok");
}

TEST_CASE("A target with scheme and host is taken by its path") {
    RunningServer server(echo());
    const auto path = ask(server, "GET http://localhost/a?b=c HTTP/1.1\r\nHost: localhost\r\n\r\n");
    REQUIRE(path);
    CHECK(path->body == "GET /a ");
    const auto root = ask(server, "GET http://localhost HTTP/1.1\r\nHost: localhost\r\n\r\n");
    REQUIRE(root);
    CHECK(root->body == "GET / ");
}

TEST_CASE("A field in a chunked body's trailer does not pass for one of the header") {
    auto handler = echo();
    handler.handle = [](const Request& request) {
        Response response;
        response.body = request.header("authorization") ? "authorized" : "not authorized";
        return response;
    };
    RunningServer server(handler);
    const auto answer = ask(server, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                                    "Trailer: Authorization\r\n\r\n0\r\nAuthorization: x\r\n\r\n");
    REQUIRE(answer);
    CHECK(answer->body == "not authorized");
}

TEST_CASE("A long answer is packed for a client that takes gzip, and whole for one that does not") {
    Response response;
    response.content_type = "application/json";
    response.shared_body = std::make_shared<const std::string>(500'000, 'j');
    RunningServer server(always(response));
    Client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    const auto packed = client.read();
    REQUIRE(packed);
    CHECK(packed->headers.at("content-encoding") == "gzip");
    CHECK(packed->body.size() < 5000);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto whole = client.read();
    REQUIRE(whole);
    CHECK(whole->body == *response.shared_body);
    CHECK(whole->headers.at("vary") == "Accept-Encoding");
}

TEST_CASE("A body larger than every buffer arrives whole") {
    std::string body(5'000'000, '\0');
    for (std::size_t i = 0; i < body.size(); ++i) {
        body[i] = static_cast<char>(i * 7 + i / 251);
    }
    Response response;
    response.content_type = "application/octet-stream";
    response.body = body;
    RunningServer server(always(response));
    const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(answer);
    CHECK(answer->body == body);
}

TEST_CASE("A handler that throws costs its own request alone") {
    for (const bool quick : {true, false}) {
        Handler handler{[](const Request&) -> Response { throw std::runtime_error("secret"); },
                        [quick](const Request&) { return quick; }};
        RunningServer server(handler);
        const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        REQUIRE(answer);
        CHECK(answer->status == 500);
        CHECK(answer->body.find("secret") == std::string::npos);
        CHECK(ask(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
}

TEST_CASE("Only loopback is listened on in the clear, and a busy port is named") {
    const auto message_of = [](const ServerOptions& options) -> std::string {
        try {
            Server server(options, echo());
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "(listens)";
    };
    for (const auto* address : {"0.0.0.0", "192.168.1.10", "::"}) {
        ServerOptions options;
        options.address = address;
        options.port = 0;
        CHECK(message_of(options).find("would be sent in the clear; give a certificate and its "
                                       "key, or the proxies that have one, or use 127.0.0.1 or "
                                       "::1") != std::string::npos);
    }
    ServerOptions nonsense;
    nonsense.address = "nowhere";
    CHECK(message_of(nonsense) == "'nowhere' is not an IP address; use 127.0.0.1 or ::1");
    RunningServer first(echo());
    ServerOptions same;
    same.port = first.port();
    CHECK(message_of(same) == "port " + std::to_string(first.port()) +
                                  " of 127.0.0.1 is in use; stop the program that listens there, "
                                  "or choose another port");
    ServerOptions localhost;
    localhost.address = "localhost";
    localhost.port = 0;
    CHECK(message_of(localhost) == "(listens)");
}
