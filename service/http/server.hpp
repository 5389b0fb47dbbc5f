// The HTTP/1.1 server: Beast and coroutines behind a plain function. Deadlines per request, limits
// on header and body, keep-alive and pipelining, graceful stop. Only service/http sees Beast and
// Asio.
#pragma once

#include "service/http/body.hpp"
#include "service/http/forwarded.hpp"
#include "service/http/message.hpp"
#include "service/http/rate_limit.hpp"
#include "service/http/sent_credentials.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace hotspots::service {

class RequestMetrics; // service/metrics/request_metrics.hpp

struct ServerOptions {
    // An IP address, or "localhost". Beyond loopback only with a certificate or proxies.
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; // 0: any free one
    int io_threads = 1;        // each with an acceptor and connections of its own
    int compute_threads = 2;
    std::size_t compute_queue = 64; // requests that wait; one more is answered 503 with Retry-After
    std::size_t connection_limit = 16'384;    // further ones wait to be accepted
    std::size_t address_connection_limit = 0; // of one address, proxies apart; 0: no limit
    RateLimit rate; // of a caller, or of an address where nobody is known: more is answered 429
    std::size_t header_limit_bytes = 16 * 1024; // more is answered 431
    std::size_t target_limit_bytes = 8 * 1024;  // more is answered 414
    // Of a body that its route does not read, or that no Handler::admit decides on: more is 413.
    std::size_t body_limit_bytes = 1024 * 1024;
    std::filesystem::path upload_folder; // for Body::file; made when the first upload comes
    std::chrono::milliseconds header_deadline{
        10'000}; // to receive a header, from its first byte: 408
    std::chrono::milliseconds body_deadline{
        30'000}; // to receive a body, from the header's end, or the next 256 KiB of a file: 408
    std::chrono::milliseconds idle_deadline{60'000};  // between requests of a connection
    std::chrono::milliseconds write_deadline{30'000}; // for the client to take the next 256 KiB
    std::chrono::milliseconds drain_deadline{20'000}; // on stop, for requests in flight
    std::chrono::milliseconds stream_interval{250};   // between two looks at Response::stream
    std::chrono::milliseconds later_interval{20};     // between two looks at Response::later
    std::chrono::milliseconds stream_silence{
        15'000}; // after which an event stream gets a comment line: proxies cut silent ones
    // Whose word is taken on who asks. Without a certificate nobody else is let in from beyond
    // loopback.
    TrustedProxies proxies;
    std::string public_host;     // with its port: one more that Host may name; empty: none
    std::string tls_certificate; // PEM files of the certificate chain and its key; empty: no TLS
    std::string tls_key;
    std::string access_log;                  // a file, "-" for standard error; empty: none
    std::shared_ptr<RequestMetrics> metrics; // counts what is answered; null: nobody does
};

// What the server asks for every request; all from several threads at once.
struct Handler {
    // On an I/O thread when `is_quick` says so, else on the compute pool. Does not throw.
    std::function<Response(const Request&)> handle;
    std::function<bool(const Request&)> is_quick;
    // On an I/O thread, of what is not quick: the answer where it costs next to nothing after all
    // (well below a millisecond); else empty, and `handle` gives it on the compute pool. Waits for
    // nobody; does not throw.
    std::function<std::optional<Response>(const Request&)> answer_at_once = nullptr;
    // On an I/O thread, when the header is there and none of the body: says who asks
    // (Request::caller) and whether the body is wanted. A refusal goes out before '100 Continue'
    // and, unless there is no body to read, ends the connection. Quick; does not throw. Without it
    // every body is taken into memory.
    std::function<Admission(Request&)> admit = nullptr;
    // On an I/O thread, of plain requests that name their caller: who that is; null if it cannot
    // be told at once, and the request goes its usual way, on which admit() refuses it if need be.
    // Quick; does not throw. Without it all requests that name a caller go their usual way.
    std::function<std::shared_ptr<const Caller>(const SentCredentials&)> identify = nullptr;
    // On an I/O thread, of GET and HEAD that the caller was admitted to, of those whose caller
    // identify() gave, and of requests that name none, who is then `anonymous`: the answer to the
    // target, as sent, if it is there already and for this caller; else null, and the request goes
    // its usual way. Quick; does not throw.
    std::function<std::shared_ptr<const PreparedAnswer>(std::string_view target, const Caller&)>
        find_prepared = nullptr;
    // On an I/O thread, after find_prepared() gave an answer that tells of records
    // (Response::rows), and before it is sent. The request is without header fields. Quick; does
    // not throw.
    std::function<void(const Request&, const PreparedAnswer&)> noted = nullptr;
    Caller anonymous{};
};

class Server {
public:
    // Binds and listens. Throws std::runtime_error naming the address and what is wrong: in use,
    // not an address, or beyond loopback without a certificate and proxies.
    Server(const ServerOptions& options, Handler handler);
    // Waits for handlers that still run.
    ~Server();

    std::uint16_t port() const;
    // Serves until stop(); returns when requests in flight are finished or the drain deadline is
    // over.
    void run();
    // From any thread, before or during run().
    void stop();
    // stop() on SIGTERM and SIGINT; a second one then ends the process as usual.
    void stop_on_signals();
    // Calls `reload`, which does not throw, on each SIGHUP until the server stops; before run().
    void on_hangup(std::function<void()> reload);
    // From any thread: reads the certificate and key anew and opens the access log anew, and takes
    // limits and deadlines over, for requests that begin from now on. Address, port, threads and
    // queue stay as they are. Throws std::exception naming what cannot be used; then nothing
    // changes.
    void reload(const ServerOptions& options);

    struct Figures {
        std::size_t connections = 0;
        std::size_t waiting = 0; // tasks that no compute thread has begun
    };
    Figures figures() const; // from any thread

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hotspots::service
