// One connection: reads requests one after another, has each answered, writes the answers in order.
// Everything of a session runs on its strand, so it needs no lock.
#pragma once

#include "service/http/compute_pool.hpp"
#include "service/http/header_scan.hpp"
#include "service/http/read_head.hpp"
#include "service/http/server.hpp"
#include "service/http/spooled_file.hpp"
#include "service/http/write_head.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <variant>

namespace hotspots::service {

// What the sessions of a server share; outlives them.
struct SessionContext {
    ServerOptions options;
    Handler handler;
    ComputePool* pool = nullptr;
    ComputePool* disk = nullptr; // writes uploads
    std::atomic<bool> stopping = false;
};

class Session : public std::enable_shared_from_this<Session> {
public:
    // `socket`'s executor is a strand of the session's own.
    Session(boost::asio::ip::tcp::socket socket, const SessionContext& context);

    // Serves until the client leaves, a request is refused, a deadline passes or the server stops.
    boost::asio::awaitable<void> run();

    // From any thread, once `stopping` is set: leaves at once if no request has begun, else after
    // it.
    void leave_when_idle();

    // Gives the connection up. Only while no thread runs the session.
    void abandon();

private:
    struct Gone {}; // the connection is of no more use
    using HeadOrEnd = std::variant<Head, Refusal, Gone>;
    using DoneOrEnd = std::variant<std::monostate, Refusal, Gone>;

    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<DoneOrEnd> receive_header(HeaderScan& scan);
    boost::asio::awaitable<HeadOrEnd> receive_head(Parser& parser);
    boost::asio::awaitable<DoneOrEnd> receive_body(Parser& parser, Head& head, Body body);
    boost::asio::awaitable<DoneOrEnd> receive_part(Parser& parser, std::size_t part_bytes);
    boost::asio::awaitable<DoneOrEnd> receive_file(Parser& parser, SpooledFile& file);
    boost::asio::awaitable<DoneOrEnd> invite_body(const Head& head);
    boost::asio::awaitable<DoneOrEnd> on_disk(std::function<void()> work);
    boost::asio::awaitable<DoneOrEnd> receive_some(const char* late_detail);
    boost::asio::awaitable<Response> respond(const Request& request);
    boost::asio::awaitable<Response> respond_now(const Request& request);
    boost::asio::awaitable<void> wait_for(Response& response);
    boost::asio::awaitable<void> pack_if_worth(const Request& request, Response& response);
    boost::asio::awaitable<bool> compute(ComputePool& pool, std::function<void()> work);
    boost::asio::awaitable<bool> deliver(const Head& head, Response response);
    boost::asio::awaitable<bool> write(std::string_view head, std::string_view body);
    boost::asio::awaitable<bool> write_stream(const Response& response, bool chunked);
    boost::asio::awaitable<void> refuse(const Response& response, Method method);
    boost::asio::awaitable<void> close_gently();

    Admission admit(Request& request) const;
    Response call_handler(const Request& request) const;
    bool client_left();
    std::string_view received() const;
    void set_deadline(std::chrono::milliseconds from_now);

    boost::asio::ip::tcp::socket m_socket;
    boost::asio::steady_timer m_deadline;
    boost::asio::steady_timer m_pause; // between two looks at a stream or a later answer
    bool m_late = false;               // the deadline has passed
    bool m_idle = false;               // waits for the first byte of a request
    boost::beast::flat_buffer m_buffer;
    const SessionContext& m_context;
};

} // namespace hotspots::service
