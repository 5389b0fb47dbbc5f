// Bodies that go to a file as they arrive: what is kept, what it costs, and what is left when it
// goes wrong.
#include "service/http/spooled_file.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <sstream>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

// Every POST's body goes to a file, of which the answer tells the size and, if short, the content.
Handler uploads(std::uint64_t limit_bytes) {
    Handler handler;
    handler.handle = [](const Request& request) {
        Response response;
        response.content_type = "text/plain";
        response.body = request.path;
        if (const auto& file = request.body_file) {
            response.body += " " + std::to_string(file->bytes());
            response.body += file->bytes() < 100 ? " " + content(file->path()) : "";
        }
        return response;
    };
    handler.is_quick = [](const Request&) { return false; };
    handler.admit = [limit_bytes](const Request& request) -> Admission {
        if (request.path == "/closed") {
            return to_response(Problem(403, "Not allowed", "closed"));
        }
        return request.method == Method::post ? Body::file(limit_bytes) : Body::none();
    };
    return handler;
}

constexpr std::uint64_t mebibyte = 1024 * 1024;

ServerOptions into(const UploadFolder& folder) {
    ServerOptions options;
    options.upload_folder = folder.path;
    return options;
}

std::string post(const std::string& fields, const std::string& body,
                 const std::string& path = "/") {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

// AddressSanitizer keeps freed memory for a while.
#ifdef __SANITIZE_ADDRESS__
constexpr std::uint64_t flat_bytes = 100 * mebibyte;
#else
constexpr std::uint64_t flat_bytes = 16 * mebibyte;
#endif

// Of this process, which client and server share.
std::uint64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t pages = 0;
    statm >> pages >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 300 && !condition(); ++i) {
        std::this_thread::sleep_for(milliseconds(10));
    }
    return condition();
}

} // namespace

TEST_CASE("An upload reaches the handler as a file, chunked or not, and goes when it is answered") {
    UploadFolder folder;
    RunningServer server(uploads(mebibyte), into(folder));
    Client client(server.port());
    client.send(post("Content-Length: 5\r\n", "hello", "/whole"));
    const auto whole = client.read();
    REQUIRE(whole);
    CHECK(whole->body == "/whole 5 hello");
    client.send(
        post("Transfer-Encoding: chunked\r\n", "3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\n\r\n", "/parts"));
    const auto parts = client.read();
    REQUIRE(parts);
    CHECK(parts->body == "/parts 5 hello");
    client.send(post("Content-Length: 0\r\n", "", "/empty"));
    const auto empty = client.read();
    REQUIRE(empty);
    CHECK(empty->body == "/empty 0 ");
    CHECK(comes_true([&] { return folder.files() == 0; }));
    CHECK(std::filesystem::exists(folder.path));
}

TEST_CASE("A request sent right behind an upload is answered after it") {
    UploadFolder folder;
    RunningServer server(uploads(mebibyte), into(folder));
    const std::string next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const auto& upload : {post("Content-Length: 5\r\n", "hello"),
                               post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
                               post("Content-Length: 500000\r\n", std::string(500'000, 'b'))}) {
        Client client(server.port());
        client.send(upload + next + next);
        CHECK(client.read());
        for (int i = 0; i < 2; ++i) {
            const auto answer = client.read();
            REQUIRE(answer);
            CHECK(answer->body == "/next");
        }
    }
}

TEST_CASE("200 MB are taken with flat memory") {
    UploadFolder folder;
    RunningServer server(uploads(300 * mebibyte), into(folder));
    const std::string block(mebibyte, 'u');
    for (const bool chunked : {false, true}) {
        Client client(server.port());
        client.send(chunked ? post("Transfer-Encoding: chunked\r\n", "")
                            : post("Content-Length: 209715200\r\n", ""));
        const auto before = resident_bytes();
        std::uint64_t most = 0;
        for (int i = 0; i < 200; ++i) {
            client.send(chunked ? "100000\r\n" + block + "\r\n" : block);
            most = std::max(most, resident_bytes());
        }
        client.send(chunked ? "0\r\n\r\n" : "");
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(answer->body == "/ 209715200");
        INFO(before << " bytes before, " << most << " at most");
        CHECK(most < before + flat_bytes);
    }
}

TEST_CASE("A slow upload is taken as long as it moves, a stalled one is answered 408") {
    UploadFolder folder;
    auto options = into(folder);
    options.body_deadline = milliseconds(400);
    RunningServer server(uploads(10 * mebibyte), options);
    const std::string block(300'000, 's');
    Client slow(server.port());
    slow.send(post("Content-Length: 1800000\r\n", ""));
    for (int i = 0; i < 6; ++i) { // together longer than the deadline
        slow.send(block);
        std::this_thread::sleep_for(milliseconds(150));
    }
    const auto answer = slow.read();
    REQUIRE(answer);
    CHECK(answer->body == "/ 1800000");
    Client stalled(server.port());
    stalled.send(post("Content-Length: 1800000\r\n", block + "x"));
    const auto late = stalled.read();
    REQUIRE(late);
    CHECK(late->status == 408);
    CHECK(comes_true([&] { return folder.files() == 0; }));
}

TEST_CASE("An upload that is cut off leaves nothing on disk and never reaches the handler") {
    UploadFolder folder;
    std::atomic<int> calls = 0;
    auto handler = uploads(10 * mebibyte);
    handler.handle = [&](const Request&) {
        ++calls;
        return Response();
    };
    RunningServer server(handler, into(folder));
    for (const auto& half :
         {post("Content-Length: 1000000\r\n", std::string(600'000, 'c')),
          post("Transfer-Encoding: chunked\r\n", "80000\r\n" + std::string(0x70000, 'c'))}) {
        Client client(server.port());
        client.send(half);
        REQUIRE(comes_true([&] { return folder.files() == 1; }));
        client.shut_writing();
        CHECK(client.closed_within());
        CHECK(comes_true([&] { return folder.files() == 0; }));
    }
    CHECK(calls == 0);
}

TEST_CASE("A server that stops amid an upload leaves nothing on disk") {
    UploadFolder folder;
    {
        auto options = into(folder);
        options.drain_deadline = milliseconds(100);
        RunningServer server(uploads(mebibyte), options);
        Client client(server.port());
        client.send(post("Content-Length: 10\r\n", "half"));
        REQUIRE(comes_true([&] { return folder.files() == 1; }));
        server.stop();
        server.join();
    }
    CHECK(folder.files() == 0);
}

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

TEST_CASE("A file that is handed over stays, for its owner's eyes alone") {
    UploadFolder folder;
    auto handler = uploads(mebibyte);
    handler.handle = [](const Request& request) {
        Response response;
        response.body = request.body_file->release().string();
        return response;
    };
    RunningServer server(handler, into(folder));
    const auto answer = ask(server, post("Content-Length: 5\r\n", "hello"));
    REQUIRE(answer);
    server.stop();
    server.join();
    CHECK(content(answer->body) == "hello");
    struct stat status {};
    REQUIRE(::stat(answer->body.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
    REQUIRE(::stat(folder.path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0700U);
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

TEST_CASE("What a killed process left of an upload is removed, what still arrives is not") {
    UploadFolder folder;
    SpooledFile arriving(folder.path);
    SpooledFile whole(folder.path);
    whole.finish();
    std::ofstream(folder.path / "upload-0123.part") << "half";
    std::ofstream(folder.path / "notes.part") << "somebody else's";
    remove_broken_uploads(folder.path);
    CHECK(std::filesystem::exists(arriving.path()));
    CHECK(std::filesystem::exists(whole.path()));
    CHECK(std::filesystem::exists(folder.path / "notes.part"));
    CHECK_FALSE(std::filesystem::exists(folder.path / "upload-0123.part"));
    remove_broken_uploads(folder.path / "absent");
}
