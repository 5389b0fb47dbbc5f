// A few jobs on a few threads, for the numeric loops of geo/.
#pragma once

#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace hotspots::geo {

// Calls work(0) ... work(jobs - 1), each once, on up to `threads` threads: the caller's and new
// ones that end before this returns. `work` must not throw. Where the system gives no more threads,
// those there are do all.
template <class Work>
void for_each_job(int jobs, int threads, const Work& work) {
    std::atomic<int> next = 0;
    const auto run = [&]() noexcept {
        for (int job = next++; job < jobs; job = next++) {
            work(job);
        }
    };
    std::vector<std::jthread> others;
    try {
        for (int i = 1; i < threads && i < jobs; ++i) {
            others.emplace_back(run);
        }
    } catch (const std::system_error&) { // fewer threads, the same jobs
    }
    run();
}

} // namespace hotspots::geo
