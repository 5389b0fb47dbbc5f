#include "service/http/worker.hpp"

#include "service/http/session.hpp"
#include "service/http/write_head.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <sys/socket.h>

#include <charconv>
#include <cstdio>
#include <limits>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hotspots::service {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds full_pause{50};
constexpr std::chrono::milliseconds error_pause{200};
constexpr std::chrono::milliseconds tick_interval{1000};

std::runtime_error cannot_listen(const tcp::endpoint& endpoint, const error_code& error) {
    const auto place =
        "port " + std::to_string(endpoint.port()) + " of " + endpoint.address().to_string();
    if (error == asio::error::address_in_use) {
        return std::runtime_error(place + " is in use; stop the program that listens there, or "
                                          "choose another port");
    }
    if (error == asio::error::access_denied) {
        return std::runtime_error(place + " needs more rights; choose a port above 1023");
    }
    return std::runtime_error(place + " cannot be listened on: " + error.message());
}

// Eight hexadecimal digits that tell this thread's requests from all others'.
std::string random_start() {
    std::random_device random;
    std::array<char, 16> text{};
    const int length = std::snprintf(text.data(), text.size(), "%08x-", random());
    return std::string(text.data(), static_cast<std::size_t>(length));
}

error_code share_port(tcp::acceptor& acceptor) {
    const int on = 1;
    return ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)) == 0
               ? error_code()
               : error_code(errno, boost::system::system_category());
}

} // namespace

std::shared_ptr<const Settings> make_settings(const ServerOptions& options) {
    auto settings = std::make_shared<Settings>();
    settings->options = options;
    if (options.tls_certificate.empty() != options.tls_key.empty()) {
        throw std::runtime_error("TLS needs both a certificate and its key; one of them is given");
    }
    if (!options.tls_certificate.empty()) {
        settings->tls =
            std::make_shared<const TlsContext>(options.tls_certificate, options.tls_key);
    }
    if (!options.access_log.empty()) {
        settings->log = std::make_shared<const LogFile>(options.access_log);
    }
    return settings;
}

Worker::Worker(ServerShared& shared, std::shared_ptr<const Settings> settings)
    : m_shared(shared), m_settings(std::move(settings)), m_id_start(random_start()) {
    m_log.use(m_settings->log);
    if (m_settings->options.metrics) {
        m_recorder = &m_settings->options.metrics->add_recorder();
    }
}

Worker::~Worker() = default;

void Worker::listen(const tcp::endpoint& endpoint, bool first) {
    error_code error;
    m_acceptor.open(endpoint.protocol(), error);
    if (!error) {
        m_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error && endpoint.address().is_v6()) {
        m_acceptor.set_option(asio::ip::v6_only(true), error);
    }
    if (!error && !first) {
        error = share_port(m_acceptor);
    }
    if (!error) {
        m_acceptor.bind(endpoint, error);
    }
    if (!error && first) {
        error = share_port(m_acceptor);
    }
    if (!error) {
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        throw cannot_listen(endpoint, error);
    }
}

void Worker::run() {
    accept();
    tick();
    bool more = true;
    while (more) {
        try {
            m_io.run();
            more = false;
        } catch (const std::exception& error) { // e.g. no memory for one more operation
            std::fprintf(stderr, "llr-hotspots: a connection failed: %s\n", error.what());
        }
    }
    m_log.flush();
    for (const auto& session : m_sessions) { // the drain deadline was over
        session->abandon();
    }
}

void Worker::accept() {
    if (m_shared.stopping) {
        return;
    }
    if (m_shared.connections >= m_settings->options.connection_limit) {
        pause_accepting(full_pause);
        return;
    }
    m_acceptor.async_accept(m_peer, [this](error_code error, tcp::socket socket) {
        if (!error && !m_shared.stopping && is_welcome()) {
            begin(std::move(socket));
        } else if (error && error != asio::error::operation_aborted) {
            // E.g. out of file descriptors: others must close before it can go on.
            std::fprintf(stderr, "llr-hotspots: cannot accept a connection: %s\n",
                         error.message().c_str());
            pause_accepting(error_pause);
            return;
        }
        accept();
    });
}

// In the clear, only a proxy or who is on this machine.
bool Worker::is_welcome() const {
    const auto& options = m_settings->options;
    const auto address = m_peer.address();
    return !options.tls_certificate.empty() || address.is_loopback() ||
           options.proxies.trusts(address.to_string());
}

void Worker::pause_accepting(std::chrono::milliseconds pause) {
    m_pause.expires_after(pause);
    m_pause.async_wait([this](error_code error) {
        if (!error) {
            accept();
        }
    });
}

bool Worker::enter(const std::string& address) {
    const auto& options = m_settings->options;
    const bool limited = options.address_connection_limit > 0 && !options.proxies.trusts(address);
    return m_shared.addresses.enter(address, limited ? options.address_connection_limit
                                                     : std::numeric_limits<std::size_t>::max());
}

void Worker::begin(tcp::socket socket) {
    const auto address = m_peer.address().to_string();
    if (!enter(address)) {
        return; // closes it: one that holds so many does not wait for words
    }
    error_code ignored; // without it answers are slower, not wrong
    socket.set_option(tcp::no_delay(true), ignored);
    std::shared_ptr<Session> session;
    try {
        session = std::make_shared<Session>(std::move(socket), address, *this);
        m_sessions.insert(session);
    } catch (const std::exception& error) {
        m_shared.addresses.leave(address);
        std::fprintf(stderr, "llr-hotspots: a connection cannot begin: %s\n", error.what());
        return;
    }
    ++m_shared.connections;
    session->start();
}

void Worker::ended(const std::shared_ptr<Session>& session) {
    if (m_sessions.erase(session) > 0) {
        --m_shared.connections;
        m_shared.addresses.leave(session->peer());
    }
    if (m_shared.stopping && m_sessions.empty()) {
        m_io.stop();
    }
}

void Worker::drain() {
    m_shared.stopping = true;
    asio::post(m_io, [this] { drain_here(); });
}

void Worker::drain_here() {
    error_code ignored; // nothing is accepted from here on either way
    m_acceptor.close(ignored);
    m_pause.cancel();
    if (m_sessions.empty()) {
        m_io.stop();
        return;
    }
    const std::vector<std::shared_ptr<Session>> sessions(m_sessions.begin(), m_sessions.end());
    for (const auto& session : sessions) {
        session->leave_when_idle();
    }
    m_drain.expires_after(m_settings->options.drain_deadline);
    m_drain.async_wait([this](error_code error) {
        if (!error) {
            m_io.stop();
        }
    });
}

void Worker::use(std::shared_ptr<const Settings> settings) {
    asio::post(m_io, [this, settings = std::move(settings)] {
        m_log.use(settings->log);
        m_settings = settings;
    });
}

void Worker::tick() {
    m_tick.expires_after(tick_interval);
    m_tick.async_wait([this](error_code error) {
        if (!error) {
            m_log.flush();
            tick();
        }
    });
}

std::string_view Worker::date() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (now != m_date_of) {
        m_date = format_http_date(now);
        m_date_of = now;
    }
    return m_date;
}

void Worker::next_id(std::string& id) {
    std::array<char, 20> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), m_next_id++, 16).ptr;
    id.assign(m_id_start).append(text.data(), end);
}

void Worker::note(const AccessEntry& entry, std::string_view route) {
    m_log.add(entry);
    if (m_recorder) {
        m_recorder->record(route, entry.status, entry.taken);
    }
}

} // namespace hotspots::service
