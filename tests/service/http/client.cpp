#include "tests/service/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cstring>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace hotspots::tests {

Client::Client(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr generic{};
    static_assert(sizeof(generic) == sizeof(address));
    std::memcpy(&generic, &address, sizeof(generic));
    if (::connect(m_socket, &generic, sizeof(generic)) != 0) {
        ::close(m_socket);
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
}

Client::~Client() {
    ::close(m_socket);
}

void Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return; // the server closed; reading tells
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Client::shut_writing() {
    ::shutdown(m_socket, SHUT_WR);
}

bool Client::receive(int timeout_ms) {
    pollfd ready{m_socket, POLLIN, 0};
    if (::poll(&ready, 1, timeout_ms) <= 0) {
        return false;
    }
    std::array<char, 65536> bytes{};
    const auto count = ::recv(m_socket, bytes.data(), bytes.size(), 0);
    if (count <= 0) {
        return false;
    }
    m_received.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<Answer> Client::read(bool bodiless) {
    constexpr int timeout_ms = 10'000;
    std::size_t end = 0;
    while ((end = m_received.find("\r\n\r\n")) == std::string::npos) {
        if (!receive(timeout_ms)) {
            return std::nullopt;
        }
    }
    Answer answer;
    answer.head = m_received.substr(0, end + 4);
    answer.status = std::stoi(answer.head.substr(9, 3));
    for (std::size_t at = answer.head.find("\r\n") + 2; at < end;) {
        const auto line_end = answer.head.find("\r\n", at);
        const auto colon = answer.head.find(": ", at);
        auto name = answer.head.substr(at, colon - at);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        answer.headers[name] = answer.head.substr(colon + 2, line_end - colon - 2);
        at = line_end + 2;
    }
    m_received.erase(0, end + 4);
    const auto length = answer.headers.find("content-length");
    const std::size_t wanted =
        bodiless || length == answer.headers.end() ? 0 : std::stoul(length->second);
    while (m_received.size() < wanted) {
        if (!receive(timeout_ms)) {
            return std::nullopt;
        }
    }
    answer.body = m_received.substr(0, wanted);
    m_received.erase(0, wanted);
    return answer;
}

std::optional<std::string> Client::read_chunk(std::chrono::milliseconds limit) {
    const auto timeout_ms = static_cast<int>(limit.count());
    std::size_t line_end = 0;
    while ((line_end = m_received.find("\r\n")) == std::string::npos) {
        if (!receive(timeout_ms)) {
            return std::nullopt;
        }
    }
    const auto size = std::stoul(m_received.substr(0, line_end), nullptr, 16);
    while (m_received.size() < line_end + 4 + size) {
        if (!receive(timeout_ms)) {
            return std::nullopt;
        }
    }
    auto text = m_received.substr(line_end + 2, size);
    m_received.erase(0, line_end + 4 + size);
    return text;
}

std::string Client::read_rest() {
    while (receive(10'000)) {
    }
    return std::exchange(m_received, {});
}

bool Client::closed_within(std::chrono::milliseconds limit) {
    if (!m_received.empty()) {
        return false;
    }
    pollfd ready{m_socket, POLLIN, 0};
    char byte = 0;
    return ::poll(&ready, 1, static_cast<int>(limit.count())) > 0 &&
           ::recv(m_socket, &byte, 1, 0) <= 0;
}

namespace {

service::ServerOptions on_any_port(service::ServerOptions options) {
    options.port = 0;
    return options;
}

} // namespace

RunningServer::RunningServer(service::Handler handler, service::ServerOptions options)
    : m_server(on_any_port(std::move(options)), std::move(handler)),
      m_thread([this] { m_server.run(); }) {}

RunningServer::~RunningServer() {
    m_server.stop();
    join();
}

void RunningServer::join() {
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

service::Handler echo() {
    const auto answer = [](const service::Request& request) {
        service::Response response;
        response.content_type = "text/plain";
        response.body =
            std::string(to_text(request.method)) + " " + request.path + " " + request.body;
        return response;
    };
    return {answer, [](const service::Request&) { return true; }};
}

UploadFolder::UploadFolder() {
    static std::atomic<int> number = 0;
    path = std::filesystem::temp_directory_path() /
           ("upload-test-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
}

UploadFolder::~UploadFolder() {
    std::filesystem::remove_all(path);
}

std::size_t UploadFolder::files() const {
    std::error_code absent;
    const std::filesystem::directory_iterator entries(path, absent);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

std::optional<Answer> ask(const RunningServer& server, std::string_view bytes) {
    Client client(server.port());
    client.send(bytes);
    return client.read();
}

} // namespace hotspots::tests
