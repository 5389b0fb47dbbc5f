#include "service/http/wire.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace hotspots::service {

namespace {

constexpr std::size_t most_parts = 64;
// Encrypted at once: more would be held for a client that is slow to take it.
constexpr std::size_t sealed_at_once = 128 * 1024;

bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK;
}

// The first parts, to `bytes` in all.
std::size_t first_parts(std::span<const std::string_view> parts, std::size_t bytes,
                        std::array<std::string_view, most_parts>& out) {
    std::size_t count = 0;
    for (; count < std::min(parts.size(), out.size()) && bytes > 0; ++count) {
        out[count] = parts[count].substr(0, bytes);
        bytes -= out[count].size();
    }
    return count;
}

// One a thread: what a call to OpenSSL has to say, until it is sent.
std::string& sealed_bytes() {
    thread_local std::string bytes;
    bytes.clear();
    return bytes;
}

} // namespace

Wire::Moved Wire::receive(char* into, std::size_t bytes) const {
    ssize_t count = 0;
    do {
        count = ::recv(m_socket, into, bytes, MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    if (count > 0) {
        return {State::ok, static_cast<std::size_t>(count)};
    }
    return {count < 0 && would_block(errno) ? State::later : State::gone, 0};
}

Wire::Moved Wire::send(std::span<const std::string_view> parts) const {
    std::array<iovec, most_parts> vectors; // as many as are used are filled
    const auto count = std::min(parts.size(), vectors.size());
    for (std::size_t i = 0; i < count; ++i) {
        vectors[i] = {const_cast<char*>(parts[i].data()), parts[i].size()};
    }
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    ssize_t sent = 0;
    do {
        sent = ::sendmsg(m_socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0) {
        return {State::ok, static_cast<std::size_t>(sent)};
    }
    return {would_block(errno) ? State::later : State::gone, 0};
}

// What cannot be sent now is sent by flush().
void Wire::send_or_keep(std::string& bytes) {
    if (m_unsent.empty() && !bytes.empty()) {
        const std::string_view part = bytes;
        const auto sent = send({&part, 1});
        bytes.erase(0, sent.bytes);
    }
    m_unsent.append(bytes);
}

Wire::State Wire::flush() {
    while (!m_unsent.empty()) {
        const std::string_view part = m_unsent;
        const auto sent = send({&part, 1});
        if (sent.state != State::ok) {
            return sent.state;
        }
        m_unsent.erase(0, sent.bytes);
    }
    m_unsent.shrink_to_fit();
    return State::ok;
}

Wire::Moved Wire::read(char* into, std::size_t bytes) {
    if (!m_tls) {
        return receive(into, bytes);
    }
    auto& out = sealed_bytes();
    while (true) {
        const auto got = m_tls->read(into, bytes, out);
        if (!out.empty()) {
            send_or_keep(out);
            out.clear();
        }
        if (got.state != TlsChannel::State::starved) {
            return {got.state == TlsChannel::State::ok ? State::ok : State::gone, got.bytes};
        }
        std::array<char, 16 * 1024> raw; // as much as is received is filled
        const auto received = receive(raw.data(), raw.size());
        if (received.state != State::ok) {
            return {received.state, 0};
        }
        m_tls->feed({raw.data(), received.bytes});
    }
}

Wire::Moved Wire::write(std::span<const std::string_view> parts) {
    if (!m_tls) {
        return send(parts);
    }
    if (const auto state = flush(); state != State::ok) {
        return {state, 0};
    }
    std::array<std::string_view, most_parts> now;
    const std::span taken(now.data(), first_parts(parts, sealed_at_once, now));
    auto& out = sealed_bytes();
    if (!m_tls->write(taken, out)) {
        return {State::gone, 0};
    }
    send_or_keep(out);
    std::size_t bytes = 0;
    for (const auto part : taken) {
        bytes += part.size();
    }
    return {State::ok, bytes};
}

void Wire::end_writing() {
    if (m_tls) {
        auto& out = sealed_bytes();
        m_tls->close(out);
        send_or_keep(out);
    }
    ::shutdown(m_socket, SHUT_WR);
}

bool Wire::peer_left() const {
    pollfd socket{m_socket, POLLRDHUP, 0};
    return ::poll(&socket, 1, 0) > 0; // errors count, asked for or not
}

} // namespace hotspots::service
