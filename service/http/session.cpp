#include "service/http/session.hpp"

#include "service/http/compress.hpp"
#include "service/problem.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <cstdio>
#include <exception>
#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t write_bytes_per_deadline = 256 * 1024;
// Packing more than this takes longer than other connections of an I/O thread should wait.
constexpr std::size_t quick_compression_bytes = 64 * 1024;
constexpr std::chrono::milliseconds farewell{2000};

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Response busy() {
    Problem problem(503, "Busy", "every computing thread is busy and the queue is full; ask again");
    problem.headers.push_back({"retry-after", "1"});
    return to_response(problem);
}

void pack(const Request& request, Response& response) {
    try {
        compress_for(request, response);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: an answer goes out unpacked: %s\n", error.what());
    }
}

void advance(std::string_view& text, std::size_t& bytes) {
    const auto taken = std::min(bytes, text.size());
    text.remove_prefix(taken);
    bytes -= taken;
}

} // namespace

Session::Session(asio::ip::tcp::socket socket, const SessionContext& context)
    : m_socket(std::move(socket)), m_deadline(m_socket.get_executor()), m_context(context) {}

// Cancelling an operation tells it apart from closing: a late request can still be answered 408.
// The handler may find that the deadline was set anew while it was queued: then it is not late.
void Session::set_deadline(std::chrono::milliseconds from_now) {
    m_late = false;
    m_deadline.expires_after(from_now);
    m_deadline.async_wait([self = weak_from_this()](beast::error_code error) {
        const auto session = self.lock();
        if (error || !session || session->m_deadline.expiry() > std::chrono::steady_clock::now()) {
            return;
        }
        session->m_late = true;
        beast::error_code ignored; // there may be nothing to cancel; m_late is seen either way
        session->m_socket.cancel(ignored);
    });
}

void Session::leave_when_idle() {
    asio::post(m_socket.get_executor(), [self = shared_from_this()] {
        if (self->m_idle) {
            beast::error_code ignored; // closed already: run() is ending
            self->m_socket.cancel(ignored);
        }
    });
}

void Session::abandon() {
    m_deadline.cancel();
    beast::error_code ignored; // it is given up, whatever its state
    m_socket.close(ignored);
}

asio::awaitable<void> Session::run() {
    bool more = true; // g++ 12 miscompiles a co_await in a loop's condition
    while (more) {
        more = co_await serve_one();
    }
    abandon();
}

// True if the connection goes on to another request.
asio::awaitable<bool> Session::serve_one() {
    Parser parser;
    auto outcome = co_await receive_head(parser);
    if (std::holds_alternative<Head>(outcome)) {
        auto body = co_await receive_body(parser, std::get<Head>(outcome));
        if (auto* refusal = std::get_if<Refusal>(&body)) {
            outcome = std::move(*refusal);
        } else if (std::holds_alternative<Gone>(body)) {
            outcome = Gone{};
        }
    }
    if (auto* refusal = std::get_if<Refusal>(&outcome)) {
        co_await refuse(*refusal);
        co_return false;
    }
    auto* head = std::get_if<Head>(&outcome);
    if (!head) {
        co_return false;
    }
    head->request.body = std::move(parser.get().body());
    const Response response = co_await respond(head->request);
    const bool keep = head->keep_alive && !m_context.stopping;
    const auto connection = !keep              ? Connection::close
                            : head->old_client ? Connection::keep_old_client
                                               : Connection::keep;
    const auto header = write_head(response, connection, now());
    const bool bodiless = head->request.method == Method::head;
    const bool written = co_await write(header, bodiless ? "" : response.body_view());
    if (written && !keep) {
        co_await close_gently();
    }
    co_return written&& keep;
}

// Handlers do not throw; should one, the other connections must not suffer.
Response Session::call_handler(const Request& request) const {
    try {
        return m_context.handler.handle(request);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: a handler failed: %s\n", error.what());
    } catch (...) {
        std::fprintf(stderr, "llr-hotspots: a handler failed\n");
    }
    return to_response(Problem(500, "Internal error", "the service could not answer this request"));
}

asio::awaitable<Response> Session::respond(const Request& request) {
    Response response;
    if (!m_context.handler.is_quick(request)) {
        std::function<void()> work = [&] {
            response = call_handler(request);
            pack(request, response);
        };
        const bool done = co_await compute(std::move(work));
        co_return done ? std::move(response) : busy();
    }
    response = call_handler(request);
    if (response.body_view().size() <= quick_compression_bytes) {
        pack(request, response);
    } else if (is_worth_compressing(response)) {
        std::function<void()> work = [&] { pack(request, response); };
        co_await compute(std::move(work)); // a full pool: then it goes out as it is
    }
    co_return response;
}

// Runs `work` on the compute pool and comes back to this session's strand. False if the pool is
// full.
asio::awaitable<bool> Session::compute(std::function<void()> work) {
    // Named, not temporary: g++ 12 destroys temporaries of a co_await expression twice in places.
    auto submit = [this, &work](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto executor = m_socket.get_executor();
        const auto resume = [shared, executor](bool done) {
            asio::post(executor, [handler = std::move(*shared), done]() mutable {
                std::move(handler)(done);
            });
        };
        const bool accepted = m_context.pool->try_submit([&work, resume] {
            work();
            resume(true);
        });
        if (!accepted) {
            resume(false);
        }
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
        submit, asio::use_awaitable);
}

asio::awaitable<bool> Session::write(std::string_view head, std::string_view body) {
    std::size_t since_deadline = 0;
    set_deadline(m_context.options.write_deadline);
    while (!m_late && head.size() + body.size() > 0) {
        const std::array<asio::const_buffer, 2> parts{
            asio::buffer(head), asio::buffer(body.substr(0, write_bytes_per_deadline))};
        const auto [error, bytes] = co_await m_socket.async_write_some(parts, as_result);
        if (error) {
            co_return false;
        }
        since_deadline += bytes;
        std::size_t left = bytes;
        advance(head, left);
        advance(body, left);
        if (since_deadline >= write_bytes_per_deadline && !m_late) {
            since_deadline = 0;
            set_deadline(m_context.options.write_deadline);
        }
    }
    co_return head.empty() && body.empty();
}

asio::awaitable<void> Session::refuse(const Refusal& refusal) {
    const std::string reason(http::obsolete_reason(static_cast<http::status>(refusal.status)));
    const auto response = to_response(Problem(refusal.status, reason, refusal.detail));
    const auto head = write_head(response, Connection::close, now());
    const bool written = co_await write(head, response.body_view());
    if (written) {
        co_await close_gently();
    }
}

// Closing a socket with unread bytes resets the connection and may take the answer with it: so the
// client's remaining bytes are read and thrown away for a moment (RFC 9112, 9.6).
asio::awaitable<void> Session::close_gently() {
    beast::error_code error;
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    if (error) {
        co_return;
    }
    set_deadline(farewell);
    while (true) {
        m_buffer.clear();
        const auto more = co_await receive_some(nullptr);
        if (!std::holds_alternative<std::monostate>(more)) {
            co_return;
        }
    }
}

} // namespace hotspots::service
