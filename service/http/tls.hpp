// TLS 1.2 and 1.3 over bytes that somebody else sends and receives: OpenSSL without a socket, so
// that one write of an answer is one write to the network. Only tls.cpp sees OpenSSL.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hotspots::service {

// A certificate with its key and the keys of session tickets, shared by the connections that begin
// under it.
class TlsContext {
public:
    // PEM files: the certificate with the chain that leads to its authority, and the key. Throws
    // std::runtime_error naming the file and what is wrong, such as a key that does not fit.
    TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

private:
    friend class TlsChannel;
    struct State;
    std::unique_ptr<State> m_state;
};

// One connection's half of the protocol. Not for several threads at once.
class TlsChannel {
public:
    explicit TlsChannel(std::shared_ptr<const TlsContext> context);
    ~TlsChannel();
    TlsChannel(const TlsChannel&) = delete;
    TlsChannel& operator=(const TlsChannel&) = delete;

    enum class State { ok, starved, over }; // starved: needs more of what the peer sends
    struct Read {
        State state;
        std::size_t bytes;
    };
    // Decrypts from what was fed. What is to be sent in return is appended to `out`.
    Read read(char* into, std::size_t bytes, std::string& out);
    // What came from the network. Kept until it is read.
    void feed(std::string_view bytes) { m_fed.append(bytes); }
    bool has_unread() const;
    // Encrypts all of `parts`, one after the other, into as few records as will do. False if the
    // connection cannot go on. Precondition: is_established().
    bool write(std::span<const std::string_view> parts, std::string& out);
    // Says that no more comes.
    void close(std::string& out);
    bool is_established() const;

private:
    struct Handle;
    std::shared_ptr<const TlsContext> m_context; // outlives the handle
    std::string m_fed;
    std::size_t m_taken = 0;      // of m_fed
    std::string* m_out = nullptr; // during a call
    std::unique_ptr<Handle> m_handle;
};

} // namespace hotspots::service
