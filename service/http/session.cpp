#include "service/http/session.hpp"

#include "service/http/compress.hpp"
#include "service/http/prepared_answer.hpp"
#include "service/http/ranges.hpp"
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

std::unique_ptr<TlsChannel> channel(const Settings& settings) {
    return settings.tls ? std::make_unique<TlsChannel>(settings.tls) : nullptr;
}

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

Session::Session(asio::ip::tcp::socket socket, std::string peer, Worker& worker)
    : m_socket(std::move(socket)), m_peer(std::move(peer)), m_worker(worker),
      m_settings(worker.settings()), m_wire(m_socket.native_handle(), channel(*m_settings)),
      m_deadline(m_socket.get_executor()), m_pause(m_socket.get_executor()) {}

// A deadline moves with each request; the timer is left where it is as long as it wakes in time to
// look.
void Session::set_deadline(std::chrono::milliseconds from_now) {
    m_late = false;
    m_due = std::chrono::steady_clock::now() + from_now;
    if (!m_is_armed || m_due < m_armed) {
        arm_deadline();
    }
}

// Cancelling an operation tells it apart from closing: a late request can still be answered 408.
void Session::arm_deadline() {
    m_armed = m_due;
    m_is_armed = true;
    m_deadline.expires_at(m_armed);
    m_deadline.async_wait([self = weak_from_this()](beast::error_code error) {
        const auto session = self.lock();
        if (error || !session || !session->m_socket.is_open()) {
            return;
        }
        session->m_is_armed = false;
        if (session->m_due > std::chrono::steady_clock::now()) {
            session->arm_deadline();
            return;
        }
        session->m_late = true;
        beast::error_code ignored; // there may be nothing to cancel; m_late is seen either way
        session->m_socket.cancel(ignored);
    });
}

void Session::leave_when_idle() {
    if (!m_submitted) {
        m_pause.cancel(); // a stream looks up and ends
    }
    if (m_idle) {
        beast::error_code ignored; // closed already: it is ending
        m_socket.cancel(ignored);
    }
}

void Session::abandon() {
    m_deadline.cancel();
    m_stop.request_stop();
    m_submitted.reset();       // with the coroutine, should the pool have dropped its part
    beast::error_code ignored; // it is given up, whatever its state
    m_socket.close(ignored);
}

// Serves what is in the buffer. True if the connection goes on to another request.
asio::awaitable<bool> Session::serve() {
    bool more = true;
    if (has_unsent()) {
        const auto text = std::exchange(m_unsent, {});
        more = co_await write(text, "");
    }
    while (more && !received().empty()) { // g++ 12 miscompiles a co_await in a loop's condition
        more = co_await serve_one();
    }
    m_buffer = {}; // an idle connection holds none
    co_return more;
}

// True if the connection goes on to another request.
asio::awaitable<bool> Session::serve_one() {
    m_began = std::chrono::steady_clock::now();
    Parser parser;
    auto outcome = co_await receive_head(parser);
    auto* head = std::get_if<Head>(&outcome);
    if (!head) {
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            const auto response = to_response(*refusal);
            co_await refuse(response, nullptr);
        }
        co_return false;
    }
    m_began = std::chrono::steady_clock::now();
    m_worker.next_id(head->request.id);
    take_forwarded(head->request, m_peer, options().proxies);
    const auto admission = admit(head->request);
    if (const auto* refused = std::get_if<Response>(&admission)) {
        if (parser.is_done()) {
            co_return co_await deliver(*head, *refused);
        }
        co_await refuse(*refused, &head->request);
        co_return false;
    }
    const auto end = co_await receive_body(parser, *head, std::get<Body>(admission));
    if (const auto* refusal = std::get_if<Refusal>(&end)) {
        const auto response = to_response(*refusal);
        co_await refuse(response, &head->request);
    }
    if (!std::holds_alternative<std::monostate>(end)) {
        co_return false;
    }
    auto response = co_await respond(head->request);
    if (m_client_left) {
        note(head->request.id, &head->request, client_gone, 0);
        co_return false;
    }
    co_return co_await deliver(*head, std::move(response));
}

Admission Session::admit(Request& request) {
    if (!shared().handler.admit) {
        return Body::memory(options().body_limit_bytes);
    }
    try {
        auto admission = shared().handler.admit(request);
        const auto wait = wait_of(request.caller, request.address);
        return wait.count() > 0 ? too_fast(wait) : std::move(admission);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: a request could not be admitted: %s\n", error.what());
    }
    return failed();
}

// Handlers do not throw; should one, the other connections must not suffer.
Response Session::call_handler(const Request& request) const {
    try {
        auto response = shared().handler.handle(request);
        apply_range(request, response);
        return response;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: a handler failed: %s\n", error.what());
    } catch (...) {
        std::fprintf(stderr, "llr-hotspots: a handler failed\n");
    }
    return failed();
}

std::optional<Response> Session::answer_at_once(const Request& request) const {
    const auto& at_once = shared().handler.answer_at_once;
    try {
        auto response = at_once ? at_once(request) : std::nullopt;
        if (response) {
            apply_range(request, *response);
        }
        return response;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: an answer goes its usual way: %s\n", error.what());
    }
    return std::nullopt;
}

asio::awaitable<Response> Session::respond(Request& request) {
    auto response = co_await respond_now(request);
    if (response.later) {
        co_await wait_for(response);
        co_await pack_if_worth(request, response);
    }
    co_return response;
}

std::shared_ptr<const PreparedAnswer> Session::find_prepared(const Request& request) const {
    const auto& find = shared().handler.find_prepared;
    const bool reads = request.method == Method::get || request.method == Method::head;
    return find && reads ? find(request.target, request.caller) : nullptr;
}

asio::awaitable<Response> Session::respond_now(Request& request) {
    Response response;
    if (auto prepared = find_prepared(request)) {
        if (shared().handler.noted && prepared->outline.rows) {
            shared().handler.noted(request, *prepared);
        }
        response.prepared = std::move(prepared);
        co_return response;
    }
    if (!shared().handler.is_quick(request)) {
        if (auto ready = answer_at_once(request)) {
            pack(request, *ready);
            // To the end of the queue: what has come on other connections is answered first, then
            // all is sent in a row, which wakes a client of several connections once and not for
            // each.
            co_await asio::post(asio::use_awaitable);
            co_return std::move(*ready);
        }
        std::function<void()> work = [&] {
            response = call_handler(request);
            if (!response.later) {
                pack(request, response);
            }
        };
        const bool done = co_await compute_if_wanted(request, std::move(work));
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
        co_await compute(*shared().pool,
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
        } else if (shared().stopping || m_wire.peer_left()) {
            m_client_left = !shared().stopping;
            response = busy();
            more = false;
        } else {
            m_pause.expires_after(options().later_interval);
            co_await m_pause.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }
}

} // namespace hotspots::service
