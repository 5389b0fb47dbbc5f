// A connection's bytes, in the clear or under TLS: reads and writes that never wait. Who waits for
// the socket to be ready is the session.
#pragma once

#include "service/http/tls.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hotspots::service {

class Wire {
public:
    // `socket`: open as long as this is used; closed by its owner. `tls`: null for none.
    Wire(int socket, std::unique_ptr<TlsChannel> tls) : m_socket(socket), m_tls(std::move(tls)) {}

    enum class State { ok, later, gone }; // later: when the socket is ready for it
    struct Moved {
        State state;
        std::size_t bytes;
    };
    // Reads at most `bytes`; at least one if ok. Gone when the peer has ended or broken off.
    Moved read(char* into, std::size_t bytes);
    // Takes as much of `parts`, one after the other, as fits; bytes taken may still have to be
    // flushed.
    Moved write(std::span<const std::string_view> parts);
    // Ok once nothing that was taken is unsent.
    State flush();
    bool has_unsent() const { return !m_unsent.empty(); }
    // Whether a read would find something that the socket no longer tells of.
    bool has_unread() const { return m_tls && m_tls->has_unread(); }
    bool is_secure() const { return m_tls != nullptr; }
    bool is_established() const { return !m_tls || m_tls->is_established(); }
    // Tells the peer that no more comes, as far as it can be told now.
    void end_writing();
    // Whether the peer has closed its side, also where bytes that it has sent before are unread.
    // From any thread.
    bool peer_left() const;

private:
    Moved receive(char* into, std::size_t bytes) const;
    Moved send(std::span<const std::string_view> parts) const;
    void send_or_keep(std::string& bytes);

    int m_socket;
    std::unique_ptr<TlsChannel> m_tls;
    std::string m_unsent; // encrypted
};

} // namespace hotspots::service
