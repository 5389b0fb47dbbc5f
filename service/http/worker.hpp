// One I/O thread of the server with all that is its own: event loop, acceptor, connections, the
// buffer that it reads into, its part of the access log and of the metrics. Threads share the port
// (SO_REUSEPORT) and the compute pools, and nothing else, so that a request needs no lock.
#pragma once

#include "service/http/access_log.hpp"
#include "service/http/compute_pool.hpp"
#include "service/http/server.hpp"
#include "service/http/tls.hpp"
#include "service/metrics/request_metrics.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

namespace hotspots::service {

class Session;

// What the threads share; outlives them.
struct ServerShared {
    Handler handler;
    ComputePool* pool = nullptr;
    ComputePool* disk = nullptr; // writes uploads
    std::atomic<bool> stopping = false;
    std::atomic<std::size_t> connections = 0;
    AddressCounts addresses; // of those connections
    TokenBuckets buckets;
};

// What a reload replaces. A request keeps the settings that it began under.
struct Settings {
    ServerOptions options;
    std::shared_ptr<const TlsContext> tls;
    std::shared_ptr<const LogFile> log;
};
// Opens and reads the files that the options name. Throws std::exception naming what is wrong.
std::shared_ptr<const Settings> make_settings(const ServerOptions& options);

class Worker {
public:
    using tcp = boost::asio::ip::tcp;

    Worker(ServerShared& shared, std::shared_ptr<const Settings> settings);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // The first of a server's binds alone, so that a port in use is refused; the others, and it
    // from then on, share the port. Throws std::runtime_error.
    void listen(const tcp::endpoint& endpoint, bool first);
    std::uint16_t port() const { return m_acceptor.local_endpoint().port(); }
    // Serves until it is drained or the drain deadline is over.
    void run();
    // From any thread: takes no more connections, lets those with a request finish.
    void drain();
    // From any thread.
    void use(std::shared_ptr<const Settings> settings);
    boost::asio::io_context& io() { return m_io; }

    // For this thread's sessions.
    ServerShared& shared() { return m_shared; }
    const std::shared_ptr<const Settings>& settings() const { return m_settings; }
    void ended(const std::shared_ptr<Session>& session);
    std::array<char, 64 * 1024>& scratch() { return m_scratch; }
    // Now, as IMF-fixdate.
    std::string_view date();
    void next_id(std::string& id);
    void note(const AccessEntry& entry, std::string_view route);

private:
    void accept();
    void begin(tcp::socket socket);
    bool enter(const std::string& address);
    bool is_welcome() const;
    void pause_accepting(std::chrono::milliseconds pause);
    void drain_here();
    void tick();

    ServerShared& m_shared;
    std::shared_ptr<const Settings> m_settings;
    // Its sockets are this thread's alone; other threads only post to it.
    boost::asio::io_context m_io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
    tcp::acceptor m_acceptor{m_io};
    tcp::endpoint m_peer; // of the connection that is accepted next
    boost::asio::steady_timer m_pause{m_io};
    boost::asio::steady_timer m_drain{m_io};
    boost::asio::steady_timer m_tick{m_io};
    std::unordered_set<std::shared_ptr<Session>> m_sessions;
    std::array<char, 64 * 1024> m_scratch{};
    std::chrono::sys_seconds m_date_of{};
    std::string m_date;
    std::string m_id_start;
    std::uint64_t m_next_id = 0;
    AccessLog m_log;
    RequestMetrics::Recorder* m_recorder = nullptr;
};

} // namespace hotspots::service
