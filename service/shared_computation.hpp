// One computation for all who want its result at the same time: the one who came first computes,
// the others wait. It is asked to stop (geo/stop.hpp) once all of them have left, that is, once
// each one's own thread has been asked to.
#pragma once

#include "geo/stop.hpp"

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>

namespace hotspots::service {

// `Pointer`: to a result; null by itself.
template <class Pointer>
class SharedComputation {
public:
    // One more wants the result. False if it stops, as nobody did any more: it is of no use then.
    bool join() {
        const std::lock_guard lock(m_mutex);
        const bool wanted = m_is_over || m_wanted_by > 0;
        m_wanted_by += wanted ? 1 : 0;
        return wanted;
    }

    // Of who came first: `compute` where all who want its result, and nobody else, can stop it.
    // Then tell() or fail(). Throws what `compute` throws, and Stopped also where that did not heed
    // the request.
    Pointer run(const std::function<Pointer()>& compute) {
        const std::stop_callback left(geo::thread_stop(), [this] { leave(); });
        const geo::StopScope scope(m_stop.get_token());
        auto result = compute();
        geo::stop_if_asked();
        return result;
    }

    void tell(Pointer result) { end(std::move(result), nullptr); }
    void fail(std::exception_ptr failure) { end(nullptr, std::move(failure)); }

    // Of those who have joined: what was told, once it is. Throws what it failed with, or Stopped
    // as soon as the caller's own thread is to stop.
    Pointer wait() {
        if (!is_over()) {
            const auto stop = geo::thread_stop();
            const std::stop_callback left(stop, [this] { leave(); });
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return m_is_over; })) {
                throw geo::Stopped();
            }
        }
        if (m_failure) {
            std::rethrow_exception(m_failure);
        }
        return m_result;
    }

    // Null unless it was told.
    Pointer result() const { return is_over() ? m_result : nullptr; }

private:
    bool is_over() const {
        const std::lock_guard lock(m_mutex);
        return m_is_over;
    }

    void leave() {
        {
            const std::lock_guard lock(m_mutex);
            if (--m_wanted_by > 0) {
                return;
            }
        }
        m_stop.request_stop(); // without the lock: others leave what it waits for in turn
    }

    void end(Pointer result, std::exception_ptr failure) {
        {
            const std::lock_guard lock(m_mutex);
            m_result = std::move(result);
            m_failure = std::move(failure);
            m_is_over = true;
        }
        m_changed.notify_all();
    }

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::stop_source m_stop;
    int m_wanted_by = 1;
    bool m_is_over = false;
    Pointer m_result; // this and the next: not changed once it is over
    std::exception_ptr m_failure;
};

} // namespace hotspots::service
