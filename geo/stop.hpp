// Asking what is computed to stop, where nobody waits for it any more. The request goes with the
// thread: the stages between who may ask and the loop that heeds it would only hand it on.
#pragma once

#include <stop_token>
#include <utility>

namespace hotspots::geo {

// Thrown by what was asked to stop. No std::exception: it is no failure to be reported.
struct Stopped {};

// What can ask the present thread to stop; nothing, outside of StopScope.
inline std::stop_token& thread_stop() {
    thread_local std::stop_token token;
    return token;
}

// Throws Stopped if the present thread's work is to stop. Cheap enough for every row of a grid.
inline void stop_if_asked() {
    if (thread_stop().stop_requested()) {
        throw Stopped();
    }
}

// As long as it lives, `stop` and nothing else can ask the thread that made it to stop.
class StopScope {
public:
    explicit StopScope(std::stop_token stop)
        : m_outer(std::exchange(thread_stop(), std::move(stop))) {}
    ~StopScope() { thread_stop() = std::move(m_outer); }
    StopScope(const StopScope&) = delete;
    StopScope& operator=(const StopScope&) = delete;

private:
    std::stop_token m_outer;
};

} // namespace hotspots::geo
