// Threads that compute answers, behind a queue of bounded length: a full queue refuses instead of
// letting requests wait without end.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
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

    using Ticket = std::uint64_t;
    // Empty if every thread is busy and `queue_limit` tasks wait already. From any thread.
    std::optional<Ticket> try_submit(Task task);
    // Takes a task back, which then makes room and is never run. False if it has begun, or is done.
    bool withdraw(Ticket ticket);

    // Tasks that no thread has begun.
    std::size_t waiting() const;

private:
    struct Waiting {
        Ticket ticket;
        Task task;
    };

    void work();

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Waiting> m_queue;
    Ticket m_next_ticket = 0;
    std::size_t m_queue_limit;
    std::size_t m_running = 0; // or about to: taken off the queue
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace hotspots::service
