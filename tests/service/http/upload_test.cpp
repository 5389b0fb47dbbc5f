// Bodies that go to a file as they arrive: what is kept, what it costs, and what is left when it
// goes wrong.
#include "service/http/spooled_file.hpp"
#include "tests/catch.hpp"
#include "tests/service/http/uploads.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

using namespace hotspots::tests;
using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

constexpr std::uint64_t flat_bytes = 16 * mebibyte;
// AddressSanitizer keeps up to 256 MiB of freed memory: what is resident then says nothing.
#ifdef __SANITIZE_ADDRESS__
constexpr bool resident_is_in_use = false;
#else
constexpr bool resident_is_in_use = true;
#endif

// Of this process, which client and server share.
std::uint64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t pages = 0;
    statm >> pages >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
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
        CHECK((!resident_is_in_use || most < before + flat_bytes));
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

TEST_CASE("What a killed process left of an upload is removed, what still arrives is not") {
    UploadFolder folder;
    SpooledFile arriving(folder.path);
    SpooledFile whole(folder.path);
    whole.finish();
    std::ofstream(folder.path / "upload-0123.part") << "half";
    std::ofstream(folder.path / "notes.part") << "somebody else's";
    const auto forgotten = folder.path / "upload-4567";
    std::ofstream(forgotten) << "whole, of a process that was killed yesterday";
    const auto now = std::filesystem::file_time_type::clock::now();
    std::filesystem::last_write_time(forgotten, now - std::chrono::hours(25));
    remove_broken_uploads(folder.path);
    CHECK(std::filesystem::exists(arriving.path()));
    CHECK(std::filesystem::exists(whole.path()));
    CHECK(std::filesystem::exists(folder.path / "notes.part"));
    CHECK_FALSE(std::filesystem::exists(folder.path / "upload-0123.part"));
    CHECK_FALSE(std::filesystem::exists(forgotten));
    remove_broken_uploads(folder.path / "absent");
}
