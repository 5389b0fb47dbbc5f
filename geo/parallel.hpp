// A few jobs on a few threads, for the numeric loops of geo/.
#pragma once

#include "geo/stop.hpp"

#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace hotspots::geo {

// Calls work(0) ... work(jobs - 1), each once, on up to `threads` threads: the caller's and new
// ones that end before this returns. `work` must not throw anything but Stopped. Where the system
// gives no more threads, those there are do all. Once the caller's work is to stop no more jobs
// begin, and it throws Stopped.
template <class Work>
void for_each_job(int jobs, int threads, const Work& work) {
    std::atomic<int> next = 0;
    std::atomic<bool> stopped = false;
    const auto run = [&, stop = thread_stop()]() noexcept {
        const StopScope scope(stop);
        try {
            for (int job = next++; job < jobs && !stopped; job = next++) {
                stop_if_asked();
                work(job);
            }
        } catch (const Stopped&) {
            stopped = true;
        }
    };
    {
        std::vector<std::jthread> others;
        try {
            for (int i = 1; i < threads && i < jobs; ++i) {
                others.emplace_back(run);
            }
        } catch (const std::system_error&) { // fewer threads, the same jobs
        }
        run();
    }
    if (stopped) {
        throw Stopped();
    }
}

} // namespace hotspots::geo
