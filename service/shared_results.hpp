// A small cache of computed results with one computation a key, however many threads ask at once:
// the first computes, the others wait for what it finds. Results are immutable and shared. What
// nobody waits for any more stops (service/shared_computation.hpp), and is not kept.
#pragma once

#include "service/shared_computation.hpp"

#include <cstddef>
#include <exception>
#include <functional>
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
    // to all who wait for it and is not kept: the next to ask computes again. Throws geo::Stopped
    // where the caller's thread is asked to stop meanwhile.
    Pointer get(const std::string& key, const std::function<Pointer()>& compute) {
        const auto [computation, is_own] = claim(key);
        return is_own ? settle(key, computation, compute) : computation->wait();
    }

    // The result if it is there; null where nobody has asked for it, or it is still computed.
    Pointer find(const std::string& key) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(key);
        return found == m_entries.end() ? nullptr : found->second.computation->result();
    }

    // Entries kept or being computed.
    std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_entries.size();
    }

private:
    using Computation = std::shared_ptr<SharedComputation<Pointer>>;
    struct Entry {
        Computation computation;
        std::list<std::string>::iterator place;
    };

    // The computation that there is, or a new one for the caller to settle.
    std::pair<Computation, bool> claim(const std::string& key) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(key);
        if (found != m_entries.end()) {
            m_order.splice(m_order.begin(), m_order, found->second.place);
            if (found->second.computation->join()) {
                return {found->second.computation, false};
            }
            found->second.computation = std::make_shared<SharedComputation<Pointer>>();
            return {found->second.computation, true};
        }
        auto computation = std::make_shared<SharedComputation<Pointer>>();
        m_order.push_front(key);
        m_entries[key] = Entry{computation, m_order.begin()};
        // Whoever waits for a dropped entry still holds its computation.
        while (m_entries.size() > m_capacity) {
            m_entries.erase(m_order.back());
            m_order.pop_back();
        }
        return {computation, true};
    }

    Pointer settle(const std::string& key, const Computation& computation,
                   const std::function<Pointer()>& compute) {
        try {
            auto result = computation->run(compute);
            computation->tell(result);
            return result;
        } catch (...) {
            forget(key, computation);
            computation->fail(std::current_exception());
            throw;
        }
    }

    // Unless a later computation has taken its place.
    void forget(const std::string& key, const Computation& computation) {
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
