// What a session has done by the compute pool.
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

namespace {

// For which a client that has closed its sending side may still be there to read.
constexpr std::chrono::milliseconds patience{500};
constexpr std::chrono::milliseconds pause_of_full_pool{20};
constexpr auto pause_result = asio::as_tuple(asio::use_awaitable);

} // namespace

// Runs `work` on `pool` and comes back to this session's thread. False if the pool is full, or work
// that had to wait is not wanted any more, as the client has left.
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
        const auto submitted = std::chrono::steady_clock::now();
        const bool accepted = pool.try_submit([this, &work, resume, submitted] {
            const bool waited = std::chrono::steady_clock::now() - submitted > patience;
            const bool dropped = waited && m_wire.peer_left();
            if (!dropped) {
                work();
            }
            resume(!dropped);
        });
        if (!accepted) {
            resume(false);
        }
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
        submit, asio::use_awaitable);
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

} // namespace hotspots::service
