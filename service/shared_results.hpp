// A small cache of computed results with one computation a key, however many threads ask at once:
// the first computes, the others wait for what it finds. Results are immutable and shared.
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace hotspots::service {

template <class Result>
class SharedResults {
public:
    using Pointer = std::shared_ptr<const Result>;

    // Keeps the `capacity` results asked for last. Precondition: capacity > 0.
    explicit SharedResults(std::size_t capacity) : m_capacity(capacity) {}

    // The result under `key`, by `compute` if nobody has it or is at it. What `compute` throws goes
    // to all who wait for it and is not kept: the next to ask computes again.
    Pointer get(const std::string& key, const std::function<Pointer()>& compute) {
        std::promise<Pointer> promise;
        std::shared_future<Pointer> future;
        {
            const std::lock_guard lock(m_mutex);
            if (const auto found = m_entries.find(key); found != m_entries.end()) {
                m_order.splice(m_order.begin(), m_order, found->second.place);
                future = found->second.future;
            } else {
                add(key, promise.get_future().share(), &promise);
            }
        }
        return future.valid() ? future.get() : settle(key, promise, compute);
    }

    // The result if it is there; null where nobody has asked for it, or it is still computed.
    Pointer find(const std::string& key) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(key);
        if (found == m_entries.end() ||
            found->second.future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            return nullptr;
        }
        return found->second.future.get(); // what failed is forgotten before it is told
    }

    // Entries kept or being computed.
    std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_entries.size();
    }

private:
    struct Entry {
        std::shared_future<Pointer> future;
        std::list<std::string>::iterator place;
        const void* computation; // tells its own entry from a later one of the same key
    };

    void add(const std::string& key, std::shared_future<Pointer> future, const void* computation) {
        m_order.push_front(key);
        m_entries[key] = Entry{std::move(future), m_order.begin(), computation};
        // Whoever waits for a dropped entry still holds its future.
        while (m_entries.size() > m_capacity) {
            m_entries.erase(m_order.back());
            m_order.pop_back();
        }
    }

    Pointer settle(const std::string& key, std::promise<Pointer>& promise,
                   const std::function<Pointer()>& compute) {
        try {
            Pointer result = compute();
            promise.set_value(result);
            return result;
        } catch (...) {
            forget(key, &promise);
            promise.set_exception(std::current_exception());
            throw;
        }
    }

    void forget(const std::string& key, const void* computation) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(key);
        if (found != m_entries.end() && found->second.computation == computation) {
            m_order.erase(found->second.place);
            m_entries.erase(found);
        }
    }

    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::list<std::string> m_order; // last asked for first
    std::map<std::string, Entry> m_entries;
};

} // namespace hotspots::service
