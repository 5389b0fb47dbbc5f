// A raw HTTP client on POSIX sockets: sends the bytes it is given and reads what comes, so that
// tests see what is on the wire.
#pragma once

#include "service/http/server.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace hotspots::tests {

struct Answer {
    int status = 0;
    std::map<std::string, std::string> headers; // names in lower case
    std::string head;                           // as received, the empty line included
    std::string body;
};

class Client {
public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view bytes);
    void shut_writing();
    // The next answer; `bodiless` for one to HEAD. Empty if the connection ends before it is whole,
    // or nothing comes for 10 s.
    std::optional<Answer> read(bool bodiless = false);
    // The next chunk of a chunked body, as text; empty text for the last one. Empty if the
    // connection ends before it is whole, or nothing comes for `limit`.
    std::optional<std::string>
    read_chunk(std::chrono::milliseconds limit = std::chrono::milliseconds(10'000));
    // All that still comes until the server closes.
    std::string read_rest();
    // True if the server closes, within `limit`, without another byte.
    bool closed_within(std::chrono::milliseconds limit = std::chrono::milliseconds(5000));

private:
    bool receive(int timeout_ms);

    int m_socket = -1;
    std::string m_received;
};

// A server that runs on a thread of its own until destroyed.
class RunningServer {
public:
    explicit RunningServer(service::Handler handler, service::ServerOptions options = {});
    ~RunningServer();

    std::uint16_t port() const { return m_server.port(); }
    void stop() { m_server.stop(); }
    // Waits until run() has returned.
    void join();

private:
    service::Server m_server;
    std::thread m_thread;
};

// Answers 200 with "METHOD path body", quickly.
service::Handler echo();

// A folder that is gone with the test.
struct UploadFolder {
    UploadFolder();
    ~UploadFolder();
    UploadFolder(const UploadFolder&) = delete;
    UploadFolder& operator=(const UploadFolder&) = delete;
    std::size_t files() const; // of any name

    std::filesystem::path path; // absent at first
};

// What the server says to `bytes`, sent in one piece on a new connection.
std::optional<Answer> ask(const RunningServer& server, std::string_view bytes);

} // namespace hotspots::tests
