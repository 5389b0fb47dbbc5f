#include "service/http/server.hpp"

#include "service/http/compute_pool.hpp"
#include "service/http/worker.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace hotspots::service {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

asio::ip::address address_to_listen_on(const ServerOptions& options) {
    const auto& text = options.address;
    error_code error;
    const auto address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, error);
    if (error) {
        throw std::runtime_error("'" + text + "' is not an IP address; use 127.0.0.1 or ::1");
    }
    if (!address.is_loopback() && options.tls_certificate.empty() && options.proxies.empty()) {
        throw std::runtime_error(text + " cannot be listened on: passwords and records would be "
                                        "sent in the clear; give a certificate and its key, or the "
                                        "proxies that have one, or use 127.0.0.1 or ::1");
    }
    return address;
}

} // namespace

// Destroyed from below: the pools first (their tasks refer to sessions), then the workers.
struct Server::State {
    ServerShared shared;
    std::vector<std::unique_ptr<Worker>> workers;
    std::unique_ptr<asio::signal_set> signals; // on the first worker's thread, as the next
    std::unique_ptr<asio::signal_set> hangups;
    std::function<void()> on_hangup;
    ComputePool pool;
    ComputePool disk;

    State(const ServerOptions& options, Handler handler)
        : pool(options.compute_threads, options.compute_queue), disk(1, options.connection_limit) {
        shared.handler = std::move(handler);
        shared.pool = &pool;
        shared.disk = &disk;
    }

    void listen(const ServerOptions& options);
    void drain();
    void wait_for_hangup();
};

void Server::State::listen(const ServerOptions& options) {
    const auto settings = make_settings(options);
    Worker::tcp::endpoint endpoint(address_to_listen_on(options), options.port);
    for (int i = 0; i < std::max(1, options.io_threads); ++i) {
        workers.push_back(std::make_unique<Worker>(shared, settings));
        workers.back()->listen(endpoint, i == 0);
        endpoint.port(workers.front()->port());
    }
    auto& io = workers.front()->io();
    signals = std::make_unique<asio::signal_set>(io);
    hangups = std::make_unique<asio::signal_set>(io);
}

void Server::State::drain() {
    for (const auto& worker : workers) {
        worker->drain();
    }
}

void Server::State::wait_for_hangup() {
    hangups->async_wait([this](error_code error, int) {
        if (!error && !shared.stopping) {
            on_hangup();
            wait_for_hangup();
        }
    });
}

Server::Server(const ServerOptions& options, Handler handler)
    : m_state(std::make_unique<State>(options, std::move(handler))) {
    m_state->listen(options);
}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return m_state->workers.front()->port();
}

void Server::run() {
    const auto& workers = m_state->workers;
    std::vector<std::thread> threads;
    for (auto worker = workers.begin() + 1; worker != workers.end(); ++worker) {
        threads.emplace_back([&each = **worker] { each.run(); });
    }
    workers.front()->run();
    for (auto& thread : threads) {
        thread.join();
    }
}

void Server::stop() {
    m_state->drain();
}

void Server::stop_on_signals() {
    auto& signals = *m_state->signals;
    signals.add(SIGTERM);
    signals.add(SIGINT);
    signals.async_wait([state = m_state.get()](error_code error, int) {
        if (!error) {
            error_code ignored; // a second signal ends the process
            state->signals->clear(ignored);
            state->drain();
        }
    });
}

void Server::on_hangup(std::function<void()> reload) {
    m_state->on_hangup = std::move(reload);
    m_state->hangups->add(SIGHUP);
    m_state->wait_for_hangup();
}

void Server::reload(const ServerOptions& options) {
    const auto settings = make_settings(options);
    for (const auto& worker : m_state->workers) {
        worker->use(settings);
    }
}

Server::Figures Server::figures() const {
    return {m_state->shared.connections, m_state->pool.waiting()};
}

} // namespace hotspots::service
