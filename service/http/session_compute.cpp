// What a session has computed on a pool, for as long as its client is there to have it.
#include "service/http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

// For which a client that has closed its sending side may still be there to read.
constexpr std::chrono::milliseconds patience{500};
constexpr std::chrono::milliseconds pause_of_full_pool{20};
constexpr auto pause_result = asio::as_tuple(asio::use_awaitable);

} // namespace

// Runs `work` on `pool` and comes back to this session's thread. False if the pool is full, or work
// that had to wait is not wanted any more, as the client has left.
asio::awaitable<bool> Session::compute(ComputePool& pool, std::function<void()> work) {
    bool dropped = false;
    // Named, not temporary: g++ 12 destroys temporaries of a co_await expression twice in places.
    auto submit = [this, &pool, &work, &dropped](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto executor = m_socket.get_executor();
        const auto resume = [shared, executor](bool done) {
            asio::post(executor, [handler = std::move(*shared), done]() mutable {
                std::move(handler)(done);
            });
        };
        const auto submitted = std::chrono::steady_clock::now();
        const auto ticket = pool.try_submit([this, &work, &dropped, resume, submitted] {
            const bool waited = std::chrono::steady_clock::now() - submitted > patience;
            dropped = waited && m_wire.peer_left();
            if (!dropped) {
                work();
            }
            resume(!dropped);
        });
        if (ticket) {
            m_submitted.emplace(Submitted{pool, *ticket, resume});
        } else {
            resume(false);
        }
    };
    const bool done = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
        submit, asio::use_awaitable);
    m_submitted.reset();
    m_client_left = m_client_left || dropped;
    co_return done;
}

// Runs `work` on the compute pool, also if that is full for a while. False if the client has left.
asio::awaitable<bool> Session::compute_in_the_end(const std::function<void()>& work) {
    bool done = false;
    bool wanted = true;
    while (wanted && !done) {
        set_deadline(options().write_deadline);
        done = co_await compute(*shared().pool, work);
        wanted = done || !m_wire.peer_left();
        if (wanted && !done) {
            m_pause.expires_after(pause_of_full_pool);
            co_await m_pause.async_wait(pause_result);
        }
    }
    co_return done;
}

// Runs `work` on the compute pool for `request`. Work that waits is taken back as soon as the
// client is seen to have left, work that runs asked to stop; unless it is a change: one that has
// begun is made.
asio::awaitable<bool> Session::compute_if_wanted(Request& request, std::function<void()> work) {
    if (request.method == Method::get || request.method == Method::head) {
        m_stop = std::stop_source();
        request.stop = m_stop.get_token();
    }
    watch_client();
    const bool done = co_await compute(*shared().pool, std::move(work));
    m_pause.cancel();
    m_stop = std::stop_source(std::nostopstate);
    co_return done;
}

// Looks now and then until the work is done: a socket does not tell by itself of a client that
// leaves behind bytes that it has sent.
void Session::watch_client() {
    m_pause.expires_after(patience);
    m_pause.async_wait([self = weak_from_this()](beast::error_code error) {
        const auto session = self.lock();
        if (error || !session || !session->m_submitted) {
            return;
        }
        if (session->m_wire.peer_left()) {
            session->client_left();
        } else {
            session->watch_client();
        }
    });
}

void Session::client_left() {
    if (m_submitted->pool.withdraw(m_submitted->ticket)) {
        m_client_left = true;
        m_submitted->resume(false);
    } else if (m_stop.stop_possible()) {
        m_client_left = true;
        m_stop.request_stop();
    }
}

} // namespace hotspots::service
