#include "service/http/server.hpp"

#include "service/http/compute_pool.hpp"
#include "service/http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace hotspots::service {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds full_pause{50};
constexpr std::chrono::milliseconds error_pause{200};

asio::ip::address loopback_address(const std::string& text) {
    error_code error;
    const auto address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, error);
    if (error) {
        throw std::runtime_error("'" + text + "' is not an IP address; use 127.0.0.1 or ::1");
    }
    if (!address.is_loopback()) {
        throw std::runtime_error(text + " cannot be listened on: serving beyond loopback needs "
                                        "accounts, which this version does not have; use 127.0.0.1 "
                                        "or ::1");
    }
    return address;
}

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

} // namespace

// Sessions, acceptor and drain are touched on the control strand alone. Destroyed from below: the
// pools first (their tasks refer to sessions), the I/O context last.
struct Server::State {
    SessionContext context;
    asio::io_context io;
    asio::strand<asio::io_context::executor_type> control{asio::make_strand(io)};
    tcp::acceptor acceptor{control};
    asio::steady_timer pause{control};
    asio::steady_timer drain{control};
    asio::signal_set signals{control};
    std::set<std::shared_ptr<Session>> sessions;
    ComputePool pool;
    ComputePool disk;

    State(const ServerOptions& options, Handler handler)
        : context{options, std::move(handler), &pool, &disk, false}, io(options.io_threads),
          pool(options.compute_threads, options.compute_queue), disk(1, options.connection_limit) {}

    void listen();
    asio::awaitable<void> accept();
    void begin(tcp::socket socket);
    void ended(const std::shared_ptr<Session>& session);
    void begin_drain();
};

void Server::State::listen() {
    const tcp::endpoint endpoint(loopback_address(context.options.address), context.options.port);
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error && endpoint.address().is_v6()) {
        acceptor.set_option(asio::ip::v6_only(true), error);
    }
    if (!error) {
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        throw cannot_listen(endpoint, error);
    }
}

asio::awaitable<void> Server::State::accept() {
    while (!context.stopping) {
        if (sessions.size() >= context.options.connection_limit) {
            pause.expires_after(full_pause);
            co_await pause.async_wait(as_result);
            continue;
        }
        auto [error, socket] = co_await acceptor.async_accept(asio::make_strand(io), as_result);
        if (!error && !context.stopping) {
            begin(std::move(socket));
        } else if (error && error != asio::error::operation_aborted) {
            // E.g. out of file descriptors: others must close before it can go on.
            std::fprintf(stderr, "llr-hotspots: cannot accept a connection: %s\n",
                         error.message().c_str());
            pause.expires_after(error_pause);
            co_await pause.async_wait(as_result);
        }
    }
}

void Server::State::begin(tcp::socket socket) {
    error_code ignored; // without it answers are slower, not wrong
    socket.set_option(tcp::no_delay(true), ignored);
    const auto executor = socket.get_executor();
    const auto session = std::make_shared<Session>(std::move(socket), context);
    sessions.insert(session);
    asio::co_spawn(executor, session->run(), [this, session](const std::exception_ptr& failure) {
        if (failure) {
            std::fprintf(stderr, "llr-hotspots: a connection failed unexpectedly\n");
        }
        asio::post(control, [this, session] { ended(session); });
    });
}

void Server::State::ended(const std::shared_ptr<Session>& session) {
    sessions.erase(session);
    if (context.stopping && sessions.empty()) {
        io.stop();
    }
}

void Server::State::begin_drain() {
    if (context.stopping.exchange(true)) {
        return;
    }
    error_code ignored; // nothing is accepted from here on either way
    acceptor.close(ignored);
    pause.cancel();
    signals.clear(ignored); // a second signal ends the process
    signals.cancel(ignored);
    if (sessions.empty()) {
        io.stop();
        return;
    }
    for (const auto& session : sessions) {
        session->leave_when_idle();
    }
    drain.expires_after(context.options.drain_deadline);
    drain.async_wait([this](error_code error) {
        if (!error) {
            io.stop();
        }
    });
}

Server::Server(const ServerOptions& options, Handler handler)
    : m_state(std::make_unique<State>(options, std::move(handler))) {
    m_state->listen();
}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return m_state->acceptor.local_endpoint().port();
}

void Server::run() {
    asio::co_spawn(m_state->control, m_state->accept(), asio::detached);
    std::vector<std::thread> threads;
    for (int i = 1; i < m_state->context.options.io_threads; ++i) {
        threads.emplace_back([this] { m_state->io.run(); });
    }
    m_state->io.run();
    for (auto& thread : threads) {
        thread.join();
    }
    for (const auto& session : m_state->sessions) { // the drain deadline was over
        session->abandon();
    }
}

void Server::stop() {
    asio::post(m_state->control, [state = m_state.get()] { state->begin_drain(); });
}

void Server::stop_on_signals() {
    m_state->signals.add(SIGTERM);
    m_state->signals.add(SIGINT);
    m_state->signals.async_wait([state = m_state.get()](error_code error, int) {
        if (!error) {
            state->begin_drain();
        }
    });
}

} // namespace hotspots::service
