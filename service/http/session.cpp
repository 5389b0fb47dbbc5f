#include "service/http/session.hpp"

#include "service/http/compress.hpp"
#include "service/problem.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdio>
#include <exception>
#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

// Packing more than this takes longer than other connections of an I/O thread should wait.
constexpr std::size_t quick_compression_bytes = 64 * 1024;

Response failed() {
    return to_response(Problem(500, "Internal error", "the service could not answer this request"));
}

Response busy() {
    Problem problem(503, "Busy", "every computing thread is busy and the queue is full; ask again");
    problem.headers.push_back({"retry-after", "1"});
    return to_response(problem);
}

// Empty while there is no answer yet.
std::optional<Response> look_up(const std::function<std::optional<Response>()>& later) {
    try {
        return later();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: a later answer failed: %s\n", error.what());
    }
    return failed();
}

void pack(const Request& request, Response& response) {
    try {
        compress_for(request, response);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: an answer goes out unpacked: %s\n", error.what());
    }
}

} // namespace

Session::Session(asio::ip::tcp::socket socket, const SessionContext& context)
    : m_socket(std::move(socket)), m_deadline(m_socket.get_executor()),
      m_pause(m_socket.get_executor()), m_context(context) {}

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
        self->m_pause.cancel(); // a stream looks up and ends
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
    auto* head = std::get_if<Head>(&outcome);
    if (!head) {
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            const auto response = to_response(*refusal);
            co_await refuse(response, Method::other);
        }
        co_return false;
    }
    const auto admission = admit(head->request);
    if (const auto* refused = std::get_if<Response>(&admission)) {
        if (parser.is_done()) {
            co_return co_await deliver(*head, *refused);
        }
        co_await refuse(*refused, head->request.method);
        co_return false;
    }
    const auto end = co_await receive_body(parser, *head, std::get<Body>(admission));
    if (const auto* refusal = std::get_if<Refusal>(&end)) {
        const auto response = to_response(*refusal);
        co_await refuse(response, head->request.method);
    }
    if (!std::holds_alternative<std::monostate>(end)) {
        co_return false;
    }
    auto response = co_await respond(head->request);
    co_return co_await deliver(*head, std::move(response));
}

Admission Session::admit(Request& request) const {
    if (!m_context.handler.admit) {
        return Body::memory(m_context.options.body_limit_bytes);
    }
    try {
        return m_context.handler.admit(request);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: a request could not be admitted: %s\n", error.what());
    }
    return failed();
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
    return failed();
}

asio::awaitable<Response> Session::respond(const Request& request) {
    auto response = co_await respond_now(request);
    if (response.later) {
        co_await wait_for(response);
        co_await pack_if_worth(request, response);
    }
    co_return response;
}

asio::awaitable<Response> Session::respond_now(const Request& request) {
    Response response;
    if (!m_context.handler.is_quick(request)) {
        std::function<void()> work = [&] {
            response = call_handler(request);
            if (!response.later) {
                pack(request, response);
            }
        };
        const bool done = co_await compute(*m_context.pool, std::move(work));
        co_return done ? std::move(response) : busy();
    }
    response = call_handler(request);
    if (!response.later) {
        co_await pack_if_worth(request, response);
    }
    co_return response;
}

asio::awaitable<void> Session::pack_if_worth(const Request& request, Response& response) {
    if (response.body_view().size() <= quick_compression_bytes) {
        pack(request, response);
    } else if (is_worth_compressing(response)) {
        std::function<void()> work = [&] { pack(request, response); };
        co_await compute(*m_context.pool,
                         std::move(work)); // a full pool: then it goes out as it is
    }
}

// The request is read, so that the deadline, which was the body's, does not matter here.
asio::awaitable<void> Session::wait_for(Response& response) {
    const auto later = std::move(response.later);
    response = failed();
    bool more = true;
    while (more) {
        if (auto answer = look_up(later)) {
            response = std::move(*answer);
            more = false;
        } else if (m_context.stopping || client_left()) {
            response = busy();
            more = false;
        } else {
            m_pause.expires_after(m_context.options.later_interval);
            co_await m_pause.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }
}

// Runs `work` on `pool` and comes back to this session's strand. False if the pool is full.
asio::awaitable<bool> Session::compute(ComputePool& pool, std::function<void()> work) {
    // Named, not temporary: g++ 12 destroys temporaries of a co_await expression twice in places.
    auto submit = [this, &pool, &work](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto executor = m_socket.get_executor();
        const auto resume = [shared, executor](bool done) {
            asio::post(executor, [handler = std::move(*shared), done]() mutable {
                std::move(handler)(done);
            });
        };
        const bool accepted = pool.try_submit([&work, resume] {
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

} // namespace hotspots::service
