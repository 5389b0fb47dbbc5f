// Threads that compute answers, behind a queue of bounded length: a full queue refuses instead of
// letting requests wait without end.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hotspots::service {

class ComputePool {
public:
    using Task = std::function<void()>; // does not throw

    // Precondition: threads >= 1.
    ComputePool(int threads, std::size_t queue_limit);
    // Waits for tasks that run; those still queued are dropped, not run.
    ~ComputePool();
    ComputePool(const ComputePool&) = delete;
    ComputePool& operator=(const ComputePool&) = delete;

    // False if every thread is busy and `queue_limit` tasks wait already. From any thread.
    bool try_submit(Task task);

    // Tasks that no thread has begun.
    std::size_t waiting() const;

private:
    void work();

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_queue;
    std::size_t m_queue_limit;
    std::size_t m_running = 0; // or about to: taken off the queue
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace hotspots::service
