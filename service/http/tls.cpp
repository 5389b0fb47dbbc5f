#include "service/http/tls.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace hotspots::service {

namespace {

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeMethod {
    void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};
struct FreeConnection {
    void operator()(SSL* connection) const { SSL_free(connection); }
};

constexpr std::size_t record_bytes = 16 * 1024; // the most that one holds (RFC 8446, 5.1)

std::string last_error() {
    const auto code = ERR_get_error();
    ERR_clear_error();
    const char* reason = code ? ERR_reason_error_string(code) : nullptr;
    return reason ? reason : "it is not what it should be";
}

std::runtime_error unusable(const char* what, const std::filesystem::path& path) {
    return std::runtime_error(std::string("the TLS ") + what + " " + path.string() +
                              " cannot be used: " + last_error() + "; it must be a PEM file");
}

// HTTP/1.1 where the client offers a choice (RFC 7301).
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_bytes, void*) {
    static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* match = nullptr;
    const int found =
        SSL_select_next_proto(&match, length, ours.data(), ours.size(), offered, offered_bytes);
    *chosen = match;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

} // namespace

// What OpenSSL reads and writes through: the channel's own buffers.
struct TlsChannel::Handle {
    std::unique_ptr<SSL, FreeConnection> ssl;

    static TlsChannel& channel(BIO* bio) { return *static_cast<TlsChannel*>(BIO_get_data(bio)); }

    static int read(BIO* bio, char* into, int size) {
        BIO_clear_retry_flags(bio);
        auto& self = channel(bio);
        const auto bytes =
            std::min(static_cast<std::size_t>(size), self.m_fed.size() - self.m_taken);
        if (bytes == 0) {
            self.m_fed.clear();
            self.m_taken = 0;
            BIO_set_retry_read(bio);
            return -1;
        }
        std::memcpy(into, self.m_fed.data() + self.m_taken, bytes);
        self.m_taken += bytes;
        return static_cast<int>(bytes);
    }

    static int write(BIO* bio, const char* bytes, int size) {
        BIO_clear_retry_flags(bio);
        channel(bio).m_out->append(bytes, static_cast<std::size_t>(size));
        return size;
    }

    static long control(BIO*, int command, long, void*) {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static const BIO_METHOD* method() {
        static const std::unique_ptr<BIO_METHOD, FreeMethod> own = [] {
            std::unique_ptr<BIO_METHOD, FreeMethod> made(
                BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "buffers"));
            BIO_meth_set_read(made.get(), read);
            BIO_meth_set_write(made.get(), write);
            BIO_meth_set_ctrl(made.get(), control);
            return made;
        }();
        return own.get();
    }
};

struct TlsContext::State {
    std::unique_ptr<SSL_CTX, FreeContext> context{SSL_CTX_new(TLS_server_method())};
};

TlsContext::TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : m_state(std::make_unique<State>()) {
    auto* const context = m_state->context.get();
    if (!context) {
        throw std::runtime_error("TLS cannot start: " + last_error());
    }
    ERR_clear_error();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);         // idle connections hold none
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets do it, without memory
    static constexpr std::array<unsigned char, 12> name{"llr-hotspot"};
    SSL_CTX_set_session_id_context(context, name.data(), name.size());
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
        throw unusable("certificate", certificate);
    }
    if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        throw unusable("key", key);
    }
}

TlsContext::~TlsContext() = default;

TlsChannel::TlsChannel(std::shared_ptr<const TlsContext> context)
    : m_context(std::move(context)), m_handle(std::make_unique<Handle>()) {
    m_handle->ssl.reset(SSL_new(m_context->m_state->context.get()));
    BIO* const bio = BIO_new(Handle::method());
    if (!m_handle->ssl || !bio) {
        BIO_free(bio);
        throw std::runtime_error("a TLS connection cannot start: " + last_error());
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(m_handle->ssl.get(), bio, bio);
    SSL_set_accept_state(m_handle->ssl.get());
}

TlsChannel::~TlsChannel() = default;

TlsChannel::Read TlsChannel::read(char* into, std::size_t bytes, std::string& out) {
    m_out = &out;
    ERR_clear_error();
    std::size_t got = 0;
    const int result = SSL_read_ex(m_handle->ssl.get(), into, bytes, &got);
    if (result == 1) {
        return {State::ok, got};
    }
    const bool starved = SSL_get_error(m_handle->ssl.get(), result) == SSL_ERROR_WANT_READ;
    ERR_clear_error();
    return {starved ? State::starved : State::over, 0};
}

bool TlsChannel::has_unread() const {
    return m_taken < m_fed.size() || SSL_pending(m_handle->ssl.get()) > 0;
}

bool TlsChannel::write(std::span<const std::string_view> parts, std::string& out) {
    m_out = &out;
    std::array<char, record_bytes> record; // filled before it is read
    std::size_t filled = 0;
    const auto seal = [&] {
        std::size_t written = 0;
        ERR_clear_error();
        const bool done =
            filled == 0 || SSL_write_ex(m_handle->ssl.get(), record.data(), filled, &written) == 1;
        filled = 0;
        return done;
    };
    for (auto part : parts) {
        while (!part.empty()) {
            const auto taken = std::min(part.size(), record.size() - filled);
            std::memcpy(record.data() + filled, part.data(), taken);
            filled += taken;
            part.remove_prefix(taken);
            if (filled == record.size() && !seal()) {
                return false;
            }
        }
    }
    return seal();
}

void TlsChannel::close(std::string& out) {
    m_out = &out;
    if (is_established()) {
        ERR_clear_error();
        SSL_shutdown(m_handle->ssl.get());
    }
}

bool TlsChannel::is_established() const {
    return SSL_is_init_finished(m_handle->ssl.get()) == 1;
}

} // namespace hotspots::service
