// Bodies that are not taken: too large, not allowed, not wanted, or nowhere to be put.
#include "tests/catch.hpp"
#include "tests/service/http/uploads.hpp"

#include <sys/resource.h>

#include <csignal>

using namespace hotspots::tests;
using namespace hotspots::service;

TEST_CASE("An upload beyond its limit is answered 413, at once where its length is told") {
    UploadFolder folder;
    RunningServer server(uploads(300'000), into(folder));
    const auto told = ask(server, post("Content-Length: 300001\r\n", ""));
    REQUIRE(told);
    CHECK(told->status == 413);
    CHECK(told->body.find("300000 bytes") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.path));
    const std::string chunk = "30000\r\n" + std::string(0x30000, 'c') + "\r\n";
    const auto found = ask(server, post("Transfer-Encoding: chunked\r\n", chunk + chunk));
    REQUIRE(found);
    CHECK(found->status == 413);
    CHECK(found->headers.at("connection") == "close");
    CHECK(comes_true([&] { return folder.files() == 0; }));
    const auto fits = ask(server, post("Content-Length: 300000\r\n", std::string(300'000, 'f')));
    REQUIRE(fits);
    CHECK(fits->status == 200);
}

TEST_CASE("A refusal comes in place of 100 Continue, and without reading a body") {
    UploadFolder folder;
    RunningServer server(uploads(1000), into(folder));
    const std::string expects = "Expect: 100-continue\r\nContent-Length: 900\r\n";
    Client closed(server.port());
    closed.send(post(expects, "", "/closed"));
    const auto refused = closed.read();
    REQUIRE(refused);
    CHECK(refused->status == 403);
    CHECK(refused->headers.at("connection") == "close");
    closed.shut_writing();
    CHECK(closed.closed_within());
    const auto large =
        ask(server, post("Expect: 100-continue\r\nContent-Length: 1001\r\n", "", "/"));
    REQUIRE(large);
    CHECK(large->status == 413);
    Client open(server.port());
    open.send(post(expects, "", "/open"));
    const auto interim = open.read();
    REQUIRE(interim);
    CHECK(interim->status == 100);
    open.send(std::string(900, 'b'));
    const auto answer = open.read();
    REQUIRE(answer);
    CHECK(answer->body == "/open 900");
}

TEST_CASE("A client that sends its body regardless can read the refusal") {
    UploadFolder folder;
    RunningServer server(uploads(mebibyte), into(folder));
    Client client(server.port());
    client.send(post("Content-Length: 5000000\r\n", std::string(5'000'000, 'b'), "/closed"));
    const auto refused = client.read();
    REQUIRE(refused);
    CHECK(refused->status == 403);
    CHECK_FALSE(std::filesystem::exists(folder.path));
}

TEST_CASE("A refused request without a body keeps its connection; HEAD gets no body") {
    UploadFolder folder;
    RunningServer server(uploads(mebibyte), into(folder));
    Client client(server.port());
    client.send("HEAD /closed HTTP/1.1\r\nHost: a\r\n\r\nGET /closed HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.read(true);
    REQUIRE(head);
    CHECK(head->status == 403);
    const auto get = client.read();
    REQUIRE(get);
    CHECK(get->status == 403);
    CHECK(get->headers.count("connection") == 0);
    client.send("GET /open HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.read());
}

TEST_CASE("A body that the route does not read is read and dropped, if it is small") {
    UploadFolder folder;
    auto options = into(folder);
    options.body_limit_bytes = 10;
    RunningServer server(uploads(mebibyte), options);
    const auto small = ask(server, "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    REQUIRE(small);
    CHECK(small->body == "/a");
    const auto large = ask(server, "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
    REQUIRE(large);
    CHECK(large->status == 413);
}

TEST_CASE("A disk that takes no more is answered 507 with what happened") {
    // A limit on the size of files stands for a full disk: write() fails in the same way.
    UploadFolder folder;
    RunningServer server(uploads(10 * mebibyte), into(folder));
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto old_action = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{300'000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &tight);
    const auto answer = ask(server, post("Content-Length: 900000\r\n", std::string(900'000, 'f')));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, old_action);
    REQUIRE(answer);
    CHECK(answer->status == 507);
    CHECK(answer->headers.at("content-type") == "application/problem+json");
    CHECK(answer->body.find("File too large") != std::string::npos);
    CHECK(answer->body.find(folder.path.string()) == std::string::npos);
    CHECK(comes_true([&] { return folder.files() == 0; }));
    CHECK(ask(server, post("Content-Length: 5\r\n", "hello")));
}

TEST_CASE("An upload folder that cannot be made is answered 507 before the body is asked for") {
    UploadFolder folder;
    std::ofstream(folder.path) << "a file where the folder should be";
    RunningServer server(uploads(mebibyte), into(folder));
    const auto answer = ask(server, post("Expect: 100-continue\r\nContent-Length: 5\r\n", ""));
    REQUIRE(answer);
    CHECK(answer->status == 507);
}
