#include "service/http/compute_pool.hpp"

#include <utility>

namespace hotspots::service {

ComputePool::ComputePool(int threads, std::size_t queue_limit) : m_queue_limit(queue_limit) {
    for (int i = 0; i < threads; ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

ComputePool::~ComputePool() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    for (auto& thread : m_threads) {
        thread.join();
    }
}

bool ComputePool::try_submit(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        const auto idle = m_threads.size() - m_running;
        if (m_stopping || m_queue.size() >= m_queue_limit + idle) {
            return false;
        }
        m_queue.push_back(std::move(task));
    }
    m_wake.notify_one();
    return true;
}

std::size_t ComputePool::waiting() const {
    const std::lock_guard lock(m_mutex);
    return m_queue.size();
}

void ComputePool::work() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
        if (m_stopping) {
            return;
        }
        Task task = std::move(m_queue.front());
        m_queue.pop_front();
        ++m_running;
        lock.unlock();
        task();
        task = nullptr; // what it holds is freed before the thread counts as idle
        lock.lock();
        --m_running;
    }
}

} // namespace hotspots::service
