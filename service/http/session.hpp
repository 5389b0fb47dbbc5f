// One connection: reads requests one after another, has each answered, writes the answers in order.
// Everything of a session runs on its worker's thread, so it needs no lock. While it waits for a
// request, and for requests whose answers are there already, it is a few callbacks that hold no
// buffer; anything else is a coroutine that lives as long as the request.
#pragma once

#include "service/http/compute_pool.hpp"
#include "service/http/header_scan.hpp"
#include "service/http/read_head.hpp"
#include "service/http/server.hpp"
#include "service/http/spooled_file.hpp"
#include "service/http/wire.hpp"
#include "service/http/worker.hpp"
#include "service/http/write_head.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

namespace hotspots::service {

struct QuickHead; // service/http/quick_head.hpp

class Session : public std::enable_shared_from_this<Session> {
public:
    // `socket` is of the worker's event loop.
    Session(boost::asio::ip::tcp::socket socket, std::string peer, Worker& worker);

    // Serves until the client leaves, a request is refused, a deadline passes or the server stops;
    // then tells the worker.
    void start();

    // Once the server stops: leaves at once if no request has begun, else after it.
    void leave_when_idle();

    // Gives the connection up. Only on the worker's thread, or when that has ended.
    void abandon();
    const std::string& peer() const { return m_peer; }

private:
    struct Gone {}; // the connection is of no more use
    using HeadOrEnd = std::variant<Head, Refusal, Gone>;
    using DoneOrEnd = std::variant<std::monostate, Refusal, Gone>;
    struct QuickBatch;
    struct Submitted { // work that a pool has of this session
        ComputePool& pool;
        ComputePool::Ticket ticket;
        std::function<void(bool)> resume; // the coroutine that waits for it; false: not done
    };

    void wait_for_request();
    void wait_for_bytes();
    void read_bytes();
    bool answer_quickly(std::string_view& bytes);
    bool identify(const QuickHead& head, std::shared_ptr<const Caller>& known) const;
    const Caller& caller_of(const std::shared_ptr<const Caller>& known) const;
    bool is_in_time(const PreparedAnswer& answer, const Caller& caller);
    void tell_noted(const std::string& id, std::string_view target, const Caller& caller,
                    const PreparedAnswer& answer) const;
    bool send_batch(QuickBatch& batch, std::chrono::steady_clock::time_point began);
    void go_on(std::string_view bytes);
    void end();

    boost::asio::awaitable<bool> serve();
    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<DoneOrEnd> receive_header(HeaderScan& scan);
    boost::asio::awaitable<HeadOrEnd> receive_head(Parser& parser);
    boost::asio::awaitable<DoneOrEnd> receive_body(Parser& parser, Head& head, Body body);
    boost::asio::awaitable<DoneOrEnd> receive_part(Parser& parser, std::size_t part_bytes);
    boost::asio::awaitable<DoneOrEnd> receive_file(Parser& parser, SpooledFile& file);
    boost::asio::awaitable<DoneOrEnd> invite_body(const Head& head);
    boost::asio::awaitable<DoneOrEnd> on_disk(std::function<void()> work);
    boost::asio::awaitable<DoneOrEnd> receive_some(const char* late_detail);
    boost::asio::awaitable<bool> ready(boost::asio::ip::tcp::socket::wait_type what);
    boost::asio::awaitable<Response> respond(Request& request);
    boost::asio::awaitable<Response> respond_now(Request& request);
    boost::asio::awaitable<void> wait_for(Response& response);
    boost::asio::awaitable<void> pack_if_worth(const Request& request, Response& response);
    boost::asio::awaitable<bool> compute(ComputePool& pool, std::function<void()> work);
    boost::asio::awaitable<bool> compute_if_wanted(Request& request, std::function<void()> work);
    void watch_client();
    void client_left();
    boost::asio::awaitable<bool> deliver(const Head& head, Response response);
    boost::asio::awaitable<bool> write(std::string_view head, std::string_view body);
    boost::asio::awaitable<bool> write_stream(const Response& response, bool chunked);
    boost::asio::awaitable<bool> write_parts(const Response& response, bool chunked, bool packs,
                                             std::size_t& sent);
    boost::asio::awaitable<bool> compute_in_the_end(const std::function<void()>& work);
    boost::asio::awaitable<void> refuse(const Response& response, const Request* request);
    boost::asio::awaitable<void> close_gently();

    Admission admit(Request& request);
    std::chrono::nanoseconds wait_of(const Caller& caller, const std::string& address);
    Response call_handler(const Request& request) const;
    std::optional<Response> answer_at_once(const Request& request) const;
    std::shared_ptr<const PreparedAnswer> find_prepared(const Request& request) const;
    void note(const std::string& id, const Request* request, int status, std::size_t bytes);
    std::string_view received() const;
    void set_deadline(std::chrono::milliseconds from_now);
    void arm_deadline();
    bool has_unsent() const { return !m_unsent.empty() || m_wire.has_unsent(); }
    ServerShared& shared() const { return m_worker.shared(); }
    const ServerOptions& options() const { return m_settings->options; }

    boost::asio::ip::tcp::socket m_socket;
    std::string m_peer; // its address
    Worker& m_worker;
    std::shared_ptr<const Settings> m_settings; // while a request is served; the worker's else
    Wire m_wire;
    boost::asio::steady_timer m_deadline;
    // Between two looks at a stream, a later answer, or whether the client of one that is computed
    // is still there.
    boost::asio::steady_timer m_pause;
    std::chrono::steady_clock::time_point m_due;   // the deadline
    std::chrono::steady_clock::time_point m_armed; // when m_deadline wakes, to look at m_due
    std::chrono::steady_clock::time_point m_began; // the present request, its header being whole
    bool m_is_armed = false;
    bool m_late = false; // the deadline has passed
    bool m_idle = false; // waits for the first byte of a request
    bool m_established = false;
    bool m_client_left = false;                // before it had its answer
    std::optional<Submitted> m_submitted;      // while it is wanted
    std::stop_source m_stop{std::nostopstate}; // of what is computed
    std::shared_ptr<TokenBucket> m_bucket;     // of who asked last, so that all need not look it up
    std::string m_bucket_of;
    std::string m_unsent; // of quick answers that the client did not take at once
    boost::beast::flat_buffer m_buffer;
};

} // namespace hotspots::service
