#include "service/http/compute_pool.hpp"

#include <algorithm>
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

std::optional<ComputePool::Ticket> ComputePool::try_submit(Task task) {
    Ticket ticket = 0;
    {
        const std::lock_guard lock(m_mutex);
        const auto idle = m_threads.size() - m_running;
        if (m_stopping || m_queue.size() >= m_queue_limit + idle) {
            return std::nullopt;
        }
        ticket = m_next_ticket++;
        m_queue.push_back({ticket, std::move(task)});
    }
    m_wake.notify_one();
    return ticket;
}

bool ComputePool::withdraw(Ticket ticket) {
    Task task; // what it holds is freed without the lock
    const std::lock_guard lock(m_mutex);
    const auto found = std::ranges::find(m_queue, ticket, &Waiting::ticket);
    if (found == m_queue.end()) {
        return false;
    }
    task = std::move(found->task);
    m_queue.erase(found);
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
        Task task = std::move(m_queue.front().task);
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
